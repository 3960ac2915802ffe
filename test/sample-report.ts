import type { Finding, Report, ReportSubject, ReportVulnerabilityWaiver } from '../src/model/report.ts';
import { type Language, type Text, verbatim } from '../src/model/text.ts';

/** A name that tries every syntax a report is written in. */
export const hostileName = '=cmd|`id`"><script>alert(1)</script>[x](https://evil.example)';

/** Strings that break out of one syntax or another, or that a reader must not be fooled by. */
export const hostileTexts = [
  hostileName,
  '\'"><img src=x onerror=alert(1)>&amp;&#60;',
  ']]> --> <!-- <?xml?> <![CDATA[x]]>',
  '</script><style>*{display:none}</style></title></textarea>',
  'a | b || c \\| d \\',
  '`` ``` ```` ~~~\n```\n# heading',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '@everyone see #1, GH-2 and owner/repo#3 at https://evil.example/x_y or www.evil.example',
  '[text](javascript:alert(1)) ![image](https://evil.example/p.png) {0} {{1}} $x$',
  'nul \u0000 escape \u001B[31m bell \u0007 delete \u007F next \u0085 cr \r lf \n tab \t end',
  'right to left \u202E and isolate \u2066',
  'lone \uD800 surrogate \uDC00 and \uFFFE \uFFFF',
  '__proto__',
  '',
  '   ',
] as const;

/** A report with every status, every severity and a hostile name; `change` replaces top-level fields. */
export function sampleReport(change: Partial<Report> = {}): Report {
  const language = change.language ?? 'en';
  return {
    schema: 'plimsoll.report/1',
    tool: { name: 'plimsoll', version: '0.1.0' },
    language,
    baseline: 'default',
    started: '2026-07-01T08:00:00.250Z',
    finished: '2026-07-01T08:00:03.500Z',
    subjects,
    findings: drafts.map((draft) => findingOf(draft, language)),
    coverage: [
      { subject: engine, what: 'GET /info', status: 'read', reason: null, need: null },
      { subject: engine, what: 'GET /containers/json', status: 'read', reason: null, need: null },
      { subject: web, what: '/proc/412/status', status: 'read', reason: null, need: null },
      {
        subject: host,
        what: '/etc/audit/audit.rules',
        status: 'unreadable',
        reason: permissionDenied[language],
        need: runAsRoot[language],
      },
      {
        subject: engine,
        what: '/proc/733/cmdline',
        status: 'unreadable',
        reason: permissionDenied[language],
        need: runAsRoot[language],
      },
    ],
    waivers: [
      {
        control: 'container-docker-socket',
        subject: 'container/web',
        reason: '{"ticket": "OPS-412"}',
        owner: 'platform@example.com',
        until: '2027-01-31',
        state: 'used',
        findings: 1,
      },
      {
        control: 'container-memory-limit',
        subject: 'container/db',
        reason: { en: 'Load test until June', zh: '六月前进行压力测试' }[language],
        owner: 'dba',
        until: '2026-06-01',
        state: 'expired',
        findings: 1,
      },
      {
        control: 'daemon-tls',
        subject: 'engine/*',
        reason: { en: 'Lab only', zh: '仅限实验环境' }[language],
        owner: 'lab',
        until: '2026-12-31',
        state: 'unused',
        findings: 0,
      },
    ],
    score: { pass: 8, fail: 9, unknown: 3, notApplicable: 1, waived: 1, value: 41 },
    ...change,
  };
}

/** The same report with `text` in every place that data can reach. */
export function reportOf(text: string, language: Language = 'en'): Report {
  const before = sampleReport({ language });
  const id = (subject: string) => `${subject}/${text}`;
  return {
    ...before,
    tool: { name: text, version: text },
    baseline: text,
    subjects: before.subjects.map((subject) => ({
      ...subject,
      id: id(subject.id),
      name: text,
      source: text,
      details: { [text]: text, image: { nested: [text] } },
    })),
    findings: before.findings.map((finding) => ({
      ...finding,
      title: text,
      subject: id(finding.subject),
      message: text,
      evidence: [
        { source: 'file', path: text, value: text },
        { source: 'kernel', path: text, value: [text] },
      ],
      location: { source: 'file', path: text, file: text, line: 1, column: 1 },
      need: finding.status === 'unknown' ? text : null,
      remedy:
        finding.status === 'fail' ? { kind: 'spec', summary: text, disruption: 'none', commands: [text, text] } : null,
      references: { cisDocker: [text], aliases: [text], links: [text, `https://example.com/${text}`] },
      waiver:
        finding.waiver === null ? null : { reason: text, owner: text, until: text, expired: finding.waiver.expired },
    })),
    coverage: before.coverage.map((each) => ({
      ...each,
      subject: id(each.subject),
      what: text,
      reason: text,
      need: text,
    })),
    vulnerabilityWaivers: [
      vulnerabilityWaiver({ vulnerability: text, package: text, image: text, reason: text, owner: text, until: text }),
    ],
    waivers: before.waivers.map(({ state, findings }) => ({
      state,
      findings,
      control: text,
      subject: text,
      reason: text,
      owner: text,
      until: text,
    })),
  };
}

/** A waiver of a vulnerability as a report tells of it: one that is used. */
export function vulnerabilityWaiver(change: Partial<ReportVulnerabilityWaiver> = {}): ReportVulnerabilityWaiver {
  return {
    vulnerability: 'CVE-2024-3094',
    package: null,
    image: null,
    reason: 'only used while building',
    owner: 'shop-team',
    until: '2027-01-31',
    status: 'affected',
    justification: null,
    state: 'used',
    findings: 2,
    ...change,
  };
}

const host = 'host/prod-docker-07';
const engine = 'engine/prod-docker-07';
const web = 'container/web';
const database = 'container/db';
const hostile = `container/${hostileName}`;

const subjects: readonly ReportSubject[] = [
  {
    id: host,
    kind: 'host',
    name: 'prod-docker-07',
    source: '/proc',
    details: { kernel: '6.12.9-amd64' },
  },
  {
    id: engine,
    kind: 'engine',
    name: 'prod-docker-07',
    source: 'unix:///run/docker.sock',
    details: { version: '28.5.1' },
  },
  {
    id: web,
    kind: 'container',
    name: 'web',
    source: 'unix:///run/docker.sock',
    details: { state: 'running', image: 'registry.example/shop/web:4.2', owner: 'compose shop/web' },
  },
  {
    id: database,
    kind: 'container',
    name: 'db',
    source: 'unix:///run/docker.sock',
    details: { state: 'running', image: 'postgres:17.2', owner: null },
  },
  { id: hostile, kind: 'container', name: hostileName, source: 'compose.yaml', details: { image: hostileName } },
  {
    id: 'container/idle',
    kind: 'container',
    name: 'idle',
    source: 'unix:///run/docker.sock',
    details: { state: 'stopped', image: 'busybox:1.37' },
  },
];

const permissionDenied: Text = { en: 'permission denied', zh: '权限不足' };
const runAsRoot: Text = { en: 'run as root', zh: '以 root 运行' };

/** A finding with its texts in every language. */
export type Draft = Pick<Finding, 'control' | 'level' | 'status' | 'severity' | 'subject'> & {
  readonly title: Text;
  readonly message: Text;
  readonly need?: Text;
  readonly remedy?: Omit<NonNullable<Finding['remedy']>, 'summary'> & { readonly summary: Text };
} & Partial<Pick<Finding, 'evidence' | 'location' | 'references' | 'waiver'>>;

export function findingOf(draft: Draft, language: Language): Finding {
  const { control, level, status, severity, subject } = draft;
  return {
    control,
    title: draft.title[language],
    level,
    status,
    severity,
    subject,
    message: draft.message[language],
    evidence: draft.evidence ?? [],
    location: draft.location ?? null,
    need: draft.need?.[language] ?? null,
    remedy: draft.remedy ? { ...draft.remedy, summary: draft.remedy.summary[language] } : null,
    references: draft.references ?? {},
    waiver: draft.waiver ?? null,
  };
}

const notPrivileged = {
  control: 'container-not-privileged',
  level: 'container',
  severity: 'critical',
  title: { en: 'The container does not run privileged', zh: '容器不以特权模式运行' },
  references: {
    cisDocker: ['5.5'],
    cisKubernetes: ['5.2.2'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    links: ['https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities'],
  },
} as const;

const pidsLimit = {
  control: 'container-pids-limit',
  level: 'container',
  severity: 'medium',
  title: { en: 'The number of processes is limited', zh: '限制容器内的进程数量' },
  references: { cisDocker: ['5.29'], nist800190: ['4.4.3'] },
} as const;

const limited: Text = { en: 'Its processes are limited.', zh: '进程数量已受限制。' };
const unlimited: Text = { en: 'It may start any number of processes.', zh: '容器可以启动任意数量的进程。' };
const unprivileged: Text = { en: 'It is not privileged.', zh: '容器未以特权模式运行。' };

const drafts: readonly Draft[] = [
  {
    control: 'host-audit-docker-files',
    level: 'host',
    status: 'unknown',
    severity: 'medium',
    subject: host,
    title: { en: 'Changes to the engine’s files are audited', zh: '审计引擎文件的变更' },
    message: permissionDenied,
    need: runAsRoot,
    evidence: [{ source: 'file', path: '/etc/audit/audit.rules', value: null }],
    references: { cisDocker: ['1.1.3'] },
  },
  {
    control: 'kernel-yama-ptrace-scope',
    level: 'kernel',
    status: 'fail',
    severity: 'low',
    subject: host,
    title: { en: 'Processes cannot trace each other freely', zh: '进程不能随意相互跟踪' },
    message: {
      en: 'Any process may trace every other of the same user.',
      zh: '任何进程都可以跟踪同一用户的其他进程。',
    },
    evidence: [{ source: 'kernel', path: '/proc/sys/kernel/yama/ptrace_scope', value: '0' }],
    remedy: {
      kind: 'manual',
      summary: { en: 'Set it to 1, now and at every start.', zh: '立即设为 1，并在每次启动时生效。' },
      disruption: 'none',
      commands: [
        'sysctl -w kernel.yama.ptrace_scope=1',
        "echo 'kernel.yama.ptrace_scope = 1' > /etc/sysctl.d/60-ptrace.conf",
      ],
    },
  },
  {
    control: 'daemon-icc-disabled',
    level: 'daemon',
    status: 'fail',
    severity: 'medium',
    subject: engine,
    title: {
      en: 'Containers on the default bridge cannot reach each other',
      zh: '默认网桥上的容器不能互相访问',
    },
    message: {
      en: 'Every container on the default bridge can reach every port of the others.',
      zh: '默认网桥上的每个容器都能访问其他容器的所有端口。',
    },
    evidence: [
      { source: 'engine-api', path: 'GET /networks/bridge com.docker.network.bridge.enable_icc', value: 'true' },
      { source: 'command-line', path: '/proc/733/cmdline --icc', value: null },
    ],
    location: { source: 'file', path: 'icc', file: '/etc/docker/daemon.json', line: 3, column: 3 },
    remedy: {
      kind: 'daemon',
      summary: { en: 'Switch communication between containers off.', zh: '关闭容器间通信。' },
      disruption: 'daemon-restart',
      commands: ['{ "icc": false }', 'systemctl restart docker'],
    },
    references: { cisDocker: ['2.2'], nist800190: ['4.4.2'] },
  },
  {
    control: 'daemon-tcp-authenticated',
    level: 'daemon',
    status: 'fail',
    severity: 'critical',
    subject: engine,
    title: {
      en: 'The engine does not listen on TCP without client certificates',
      zh: '引擎不在未启用客户端证书的 TCP 端口上监听',
    },
    message: {
      en: 'It listens on 0.0.0.0:2375 without TLS: whoever reaches the port is root on this host.',
      zh: '引擎在 0.0.0.0:2375 上监听且未启用 TLS：任何能访问该端口的人都等同于本机 root。',
    },
    evidence: [
      { source: 'kernel', path: '/proc/733/net/tcp', value: ['0.0.0.0:2375'] },
      { source: 'command-line', path: '/proc/733/cmdline -H', value: ['fd://', 'tcp://0.0.0.0:2375'] },
    ],
    remedy: {
      kind: 'daemon',
      summary: {
        en: 'Remove the TCP address, or demand client certificates with tlsverify.',
        zh: '移除 TCP 监听地址，或通过 tlsverify 要求客户端证书。',
      },
      disruption: 'daemon-restart',
      commands: ['{ "hosts": ["fd://"] }', 'systemctl restart docker'],
    },
    references: { cisDocker: ['2.7'], nist800190: ['4.4.1'] },
  },
  {
    control: 'daemon-userns-remap',
    level: 'daemon',
    status: 'unknown',
    severity: 'high',
    subject: engine,
    title: { en: 'Root in a container is not root on the host', zh: '容器内的 root 不是主机的 root' },
    message: permissionDenied,
    need: runAsRoot,
    evidence: [{ source: 'kernel', path: '/proc/733/cmdline', value: null }],
    references: { cisDocker: ['2.9'] },
  },
  {
    control: 'daemon-live-restore',
    level: 'daemon',
    status: 'not-applicable',
    severity: 'low',
    subject: engine,
    title: { en: 'Containers survive a restart of the engine', zh: '引擎重启时容器保持运行' },
    message: { en: 'Live restore does not work on a Swarm node.', zh: 'Swarm 节点不支持 live restore。' },
    evidence: [{ source: 'engine-api', path: 'GET /info Swarm.LocalNodeState', value: 'active' }],
    references: { cisDocker: ['2.15'] },
  },
  {
    control: 'daemon-log-level',
    level: 'daemon',
    status: 'pass',
    severity: 'low',
    subject: engine,
    title: { en: 'The engine logs what it does', zh: '引擎记录其操作' },
    message: { en: 'The level is info.', zh: '日志级别为 info。' },
    evidence: [{ source: 'command-line', path: '/proc/733/cmdline --log-level', value: 'info' }],
  },
  {
    ...notPrivileged,
    status: 'fail',
    subject: web,
    message: { en: 'It is started with --privileged.', zh: '容器以 --privileged 启动。' },
    evidence: [{ source: 'engine-api', path: 'HostConfig.Privileged', value: true }],
    location: {
      source: 'file',
      path: 'services.web.privileged',
      file: '/srv/shop/compose.yaml',
      line: 14,
      column: 5,
    },
    remedy: {
      kind: 'spec',
      summary: {
        en: 'Run it without --privileged and give it only the capabilities and devices that it uses.',
        zh: '去掉 --privileged，仅授予它实际使用的 capability 和设备。',
      },
      disruption: 'recreate',
      commands: ['# services.web in compose.yaml\nprivileged: false', 'docker compose up -d web'],
    },
  },
  {
    control: 'container-capabilities-dangerous',
    level: 'container',
    status: 'fail',
    severity: 'high',
    subject: web,
    title: { en: 'No capability that opens the host is added', zh: '未添加可危及主机的 capability' },
    message: {
      en: 'It holds SYS_ADMIN, SYS_MODULE and NET_ADMIN.',
      zh: '容器拥有 SYS_ADMIN、SYS_MODULE 和 NET_ADMIN。',
    },
    evidence: [
      {
        source: 'kernel',
        path: '/proc/412/status CapEff',
        value: ['CAP_CHOWN', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_SYS_ADMIN', 'CAP_SYS_MODULE', 'CAP_SYS_PTRACE'],
      },
    ],
    remedy: {
      kind: 'spec',
      summary: { en: 'Drop all of them and add what it uses.', zh: '移除全部 capability，再添加实际使用的。' },
      disruption: 'recreate',
      commands: ['docker run --cap-drop ALL --cap-add NET_BIND_SERVICE registry.example/shop/web:4.2'],
    },
    references: { cisDocker: ['5.4'], podSecurity: 'baseline' },
  },
  {
    ...pidsLimit,
    status: 'fail',
    subject: web,
    message: unlimited,
    evidence: [{ source: 'kernel', path: '/sys/fs/cgroup/system.slice/docker-f0.scope/pids.max', value: null }],
    remedy: {
      kind: 'spec',
      summary: {
        en: 'Limit it to 200 processes, or to twice the most that it has been seen to use.',
        zh: '将进程数限制为 200，或观测到的峰值的两倍。',
      },
      disruption: 'none',
      commands: ['docker update --pids-limit 200 web'],
    },
  },
  {
    control: 'container-docker-socket',
    level: 'container',
    status: 'waived',
    severity: 'critical',
    subject: web,
    title: { en: 'The engine’s socket is not mounted', zh: '未挂载引擎的套接字' },
    message: { en: 'It mounts /run/docker.sock.', zh: '容器挂载了 /run/docker.sock。' },
    evidence: [{ source: 'engine-api', path: 'Mounts[0].Source', value: '/run/docker.sock' }],
    waiver: { reason: '{"ticket": "OPS-412"}', owner: 'platform@example.com', until: '2027-01-31', expired: false },
    references: { cisDocker: ['5.32'] },
  },
  {
    control: 'container-memory-limit',
    level: 'container',
    status: 'fail',
    severity: 'medium',
    subject: database,
    title: { en: 'Its memory is limited', zh: '限制容器的内存' },
    message: { en: 'It may use all memory of the host.', zh: '容器可以用尽主机的全部内存。' },
    evidence: [{ source: 'engine-api', path: 'HostConfig.Memory', value: 0 }],
    waiver: { reason: 'Load test', owner: 'dba', until: '2026-06-01', expired: true },
    remedy: {
      kind: 'spec',
      summary: { en: 'Limit it to 2 GiB.', zh: '将内存限制为 2 GiB。' },
      disruption: 'none',
      commands: ['docker update --memory 2g --memory-swap 2g db'],
    },
    references: { cisDocker: ['5.11'] },
  },
  {
    control: 'container-restart-limit',
    level: 'container',
    status: 'fail',
    severity: 'info',
    subject: database,
    title: { en: 'Restarts after failures are limited', zh: '限制失败后的重启次数' },
    message: { en: 'It restarts without end.', zh: '容器会无限次重启。' },
    evidence: [{ source: 'engine-api', path: 'HostConfig.RestartPolicy', value: { Name: 'always' } }],
    remedy: {
      kind: 'manual',
      summary: { en: 'Nothing to do if a supervisor watches it.', zh: '若有监控程序管理则无需处理。' },
      disruption: 'manual',
      commands: [],
    },
  },
  {
    control: 'container-image-user',
    level: 'container',
    status: 'unknown',
    severity: 'medium',
    subject: database,
    title: { en: 'It does not run as root', zh: '容器不以 root 运行' },
    message: { en: 'no such process', zh: '进程不存在' },
    need: { en: 'audit again while it runs', zh: '在容器运行期间重新审计' },
  },
  { ...notPrivileged, status: 'pass', subject: database, message: unprivileged },
  {
    ...pidsLimit,
    status: 'pass',
    subject: database,
    message: limited,
    evidence: [{ source: 'kernel', path: '/sys/fs/cgroup/system.slice/docker-d8.scope/pids.max', value: 400 }],
  },
  {
    ...notPrivileged,
    status: 'fail',
    severity: 'high',
    subject: hostile,
    message: verbatim(`image ${hostileName}`),
    evidence: [{ source: 'file', path: `services["${hostileName}"].privileged`, value: hostileName }],
    location: { source: 'file', path: 'services.x', file: './a b/=x|`.yaml', line: 7 },
    remedy: {
      kind: 'spec',
      summary: verbatim(hostileName),
      disruption: 'rebuild',
      commands: [`docker run ${hostileName}`],
    },
  },
  { ...pidsLimit, status: 'pass', subject: hostile, message: limited },
  { ...notPrivileged, status: 'pass', subject: 'container/idle', message: unprivileged },
  { ...pidsLimit, status: 'pass', subject: 'container/idle', message: limited },
  {
    control: 'container-read-only-root',
    level: 'container',
    status: 'pass',
    severity: 'medium',
    subject: 'container/idle',
    title: { en: 'Its root file system is read-only', zh: '根文件系统为只读' },
    message: { en: 'It is mounted read-only.', zh: '根文件系统以只读方式挂载。' },
    evidence: [{ source: 'engine-api', path: 'HostConfig.ReadonlyRootfs', value: true }],
  },
  {
    control: 'container-logging',
    level: 'container',
    status: 'pass',
    severity: 'low',
    subject: 'container/idle',
    title: { en: 'Its output is kept', zh: '保留容器的输出' },
    message: { en: 'The driver is journald.', zh: '日志驱动为 journald。' },
  },
];
