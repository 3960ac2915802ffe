import type { Finding, Report, ReportSubject } from '../src/model/report.ts';
import type { Text } from '../src/model/text.ts';
import { type Draft, findingOf, reportOf } from './sample-report.ts';

/** A report on files: a Dockerfile, a Compose project of nine services, manifests and a script. */
export function sampleFilesReport(change: Partial<Report> = {}): Report {
  const language = change.language ?? 'en';
  const unknownFile = {
    en: 'it is not valid YAML: a mapping has two keys "image"',
    zh: '不是有效的 YAML：键“image”重复',
  };
  return {
    schema: 'plimsoll.report/1',
    tool: { name: 'plimsoll', version: '0.1.0' },
    language,
    baseline: 'default',
    started: '2026-07-01T08:00:00.250Z',
    finished: '2026-07-01T08:00:00.400Z',
    subjects,
    findings: drafts.map((draft) => findingOf(draft, language)),
    coverage: [
      ...subjects.map(
        ({ id, source }) => ({ subject: id, what: source, status: 'read', reason: null, need: null }) as const,
      ),
      {
        subject: 'deploy/broken.yaml',
        what: 'deploy/broken.yaml:7:3',
        status: 'unreadable',
        reason: unknownFile[language],
        need: { en: 'mend the file', zh: '请修正该文件' }[language],
      },
    ],
    waivers: [],
    score: { pass: 9, fail: 20, unknown: 3, notApplicable: 1, waived: 2, value: 38 },
    ...change,
  };
}

const dockerfile = 'dockerfile/web/Dockerfile';
const image = 'container/web/Dockerfile';
const project = 'compose-project/shop';
const services = ['web', 'worker', 'db', 'cache', 'mail', 'search', 'proxy', 'metrics', 'backup'];
const deployment = 'kubernetes-object/deploy/web.yaml:Deployment/web';
const pod = 'container/deploy/web.yaml:Deployment/web/app';
const script = 'container/scripts/deploy.sh:4';

const subjects: readonly ReportSubject[] = [
  {
    id: dockerfile,
    kind: 'dockerfile',
    name: 'web/Dockerfile',
    source: 'web/Dockerfile',
    details: { base: 'debian:13' },
  },
  {
    id: image,
    kind: 'container',
    name: 'web/Dockerfile',
    source: 'web/Dockerfile',
    details: { state: 'declared', image: 'debian:13' },
  },
  { id: project, kind: 'compose-project', name: 'shop', source: 'compose.yaml', details: { files: ['compose.yaml'] } },
  ...services.map((name): ReportSubject => ({
    id: `container/compose.yaml:${name}`,
    kind: 'container',
    name: `compose.yaml:${name}`,
    source: 'compose.yaml',
    details: { state: 'declared', image: `registry.example/shop/${name}:4.2`, owner: `compose/shop/${name}` },
  })),
  {
    id: deployment,
    kind: 'kubernetes-object',
    name: 'deploy/web.yaml:Deployment/web',
    source: 'deploy/web.yaml',
    details: { kind: 'Deployment', namespace: null },
  },
  {
    id: pod,
    kind: 'container',
    name: 'deploy/web.yaml:Deployment/web/app',
    source: 'deploy/web.yaml',
    details: { state: 'declared', image: 'registry.example/shop/web:4.2' },
  },
  {
    id: script,
    kind: 'container',
    name: 'scripts/deploy.sh:4',
    source: 'scripts/deploy.sh',
    details: { state: 'declared', image: 'busybox' },
  },
  {
    id: 'dockerfile/Dockerfile',
    kind: 'dockerfile',
    name: 'Dockerfile',
    source: 'Dockerfile',
    details: { base: null },
  },
];

function at(file: string, line: number, column: number, path: string): NonNullable<Finding['location']> {
  return { source: 'file', path, file, line, column };
}

function seen(path: string, value: string | boolean | null): Finding['evidence'] {
  return [{ source: 'file', path, value }];
}

const noApt = {
  control: 'dockerfile-no-apt',
  level: 'dockerfile',
  severity: 'low',
  title: { en: 'Scripts use apt-get, not apt', zh: '脚本使用 apt-get 而不是 apt' },
  message: { en: 'It calls apt.', zh: '调用了 apt。' },
  references: { aliases: ['DL3027'] },
} as const;

const noSecrets = {
  control: 'dockerfile-no-secrets',
  level: 'dockerfile',
  severity: 'critical',
  title: { en: 'No secret is written into an image', zh: '镜像中不写入密钥' },
} as const;

const pidsLimit = {
  control: 'container-pids-limit',
  level: 'container',
  severity: 'medium',
  title: { en: 'The number of processes is limited', zh: '限制容器内的进程数量' },
  message: { en: 'It may start any number of processes.', zh: '容器可以启动任意数量的进程。' },
  references: { cisDocker: ['5.29'] },
} as const;

const notPrivileged = {
  control: 'container-not-privileged',
  level: 'container',
  severity: 'critical',
  title: { en: 'The container does not run privileged', zh: '容器不以特权模式运行' },
  references: { cisDocker: ['5.5'], podSecurity: 'baseline' },
} as const;

const unsetTag: Text = { en: 'nothing gives the variable TAG a value', zh: '变量 TAG 没有值' };
const setIt: Text = { en: 'set it in .env or in the environment', zh: '请在 .env 或环境变量中设置' };

function aptAt(line: number, column: number): Draft {
  return {
    ...noApt,
    status: 'fail',
    subject: dockerfile,
    evidence: seen('RUN', 'apt'),
    location: at('web/Dockerfile', line, column, 'RUN'),
    remedy: {
      kind: 'text',
      summary: { en: 'Write apt-get.', zh: '改用 apt-get。' },
      disruption: 'rebuild',
      commands: ['RUN apt-get update && apt-get install -y --no-install-recommends curl'],
    },
  };
}

const drafts: readonly Draft[] = [
  aptAt(12, 22),
  aptAt(3, 5),
  aptAt(12, 5),
  {
    ...noSecrets,
    status: 'fail',
    subject: dockerfile,
    message: { en: 'ENV gives API_TOKEN a value.', zh: 'ENV 为 API_TOKEN 赋了值。' },
    evidence: seen('ENV', 'API_TOKEN'),
    location: at('web/Dockerfile', 9, 5, 'ENV API_TOKEN'),
    remedy: {
      kind: 'manual',
      summary: {
        en: 'Mount it while the command that needs it runs, and revoke the one that was written down.',
        zh: '仅在需要它的命令运行时挂载，并吊销已写入的密钥。',
      },
      disruption: 'manual',
      commands: ['RUN --mount=type=secret,id=api-token curl --header @/run/secrets/api-token https://shop.example/'],
    },
  },
  {
    ...noSecrets,
    status: 'fail',
    subject: dockerfile,
    message: { en: 'ARG gives DB_PASSWORD a default.', zh: 'ARG 为 DB_PASSWORD 设置了默认值。' },
    evidence: seen('ARG', 'DB_PASSWORD'),
    location: at('web/Dockerfile', 10, 5, 'ARG DB_PASSWORD'),
    remedy: {
      kind: 'manual',
      summary: {
        en: 'Mount it while the command that needs it runs, and revoke the one that was written down.',
        zh: '仅在需要它的命令运行时挂载，并吊销已写入的密钥。',
      },
      disruption: 'manual',
      commands: [],
    },
  },
  {
    control: 'dockerfile-pinned-versions',
    level: 'dockerfile',
    status: 'waived',
    severity: 'info',
    subject: dockerfile,
    title: { en: 'Packages have a version', zh: '软件包指定了版本' },
    message: { en: 'curl has no version.', zh: 'curl 未指定版本。' },
    evidence: seen('RUN', 'curl'),
    location: at('web/Dockerfile', 12, 40, 'RUN'),
    waiver: { reason: 'the base image pins its mirror', owner: null, until: null, expired: false },
  },
  {
    control: 'container-nonroot',
    level: 'container',
    status: 'fail',
    severity: 'high',
    subject: image,
    title: { en: 'It does not run as root', zh: '容器不以 root 运行' },
    message: { en: 'No USER is set, and debian:13 starts as root.', zh: '未设置 USER，且 debian:13 以 root 启动。' },
    evidence: seen('USER', null),
    location: at('web/Dockerfile', 1, 1, 'USER'),
    remedy: {
      kind: 'spec',
      summary: { en: 'Name a user with a number.', zh: '以数字指定用户。' },
      disruption: 'rebuild',
      commands: ['USER 10001:10001'],
    },
  },
  {
    control: 'compose-no-version',
    level: 'compose',
    status: 'fail',
    severity: 'info',
    subject: project,
    title: { en: 'The file has no version key', zh: '文件不含 version 键' },
    message: { en: 'Compose ignores the key.', zh: 'Compose 会忽略该键。' },
    evidence: seen('version', '3.8'),
    location: at('compose.yaml', 1, 1, 'version'),
  },
  {
    ...notPrivileged,
    status: 'fail',
    subject: 'container/compose.yaml:web',
    message: { en: 'privileged is true.', zh: 'privileged 为 true。' },
    evidence: seen('services.web.privileged', true),
    location: at('compose.yaml', 14, 5, 'services.web.privileged'),
    remedy: {
      kind: 'spec',
      summary: {
        en: 'Run it without privileged and give it only the capabilities and devices that it uses.',
        zh: '去掉 privileged，仅授予它实际使用的 capability 和设备。',
      },
      disruption: 'recreate',
      commands: ['services:', '  web:', '    privileged: false', 'docker compose --file=compose.yaml up -d web'],
    },
  },
  ...services.map((name, index): Draft => ({
    ...pidsLimit,
    status: 'fail',
    subject: `container/compose.yaml:${name}`,
    evidence: seen(`services.${name}.pids_limit`, null),
    location: at('compose.yaml', 9 + 11 * index, 3, `services.${name}`),
    remedy: {
      kind: 'spec',
      summary: { en: 'Limit it to 200 processes.', zh: '将进程数限制为 200。' },
      disruption: 'recreate',
      commands: ['services:', `  ${name}:`, '    pids_limit: 200'],
    },
  })),
  {
    control: 'container-image-latest',
    level: 'container',
    status: 'unknown',
    severity: 'medium',
    subject: 'container/compose.yaml:worker',
    title: { en: 'The image has a version', zh: '镜像指定了版本' },
    message: unsetTag,
    need: setIt,
    location: at('compose.yaml', 21, 12, 'services.worker.image'),
  },
  {
    control: 'container-known-image',
    level: 'container',
    status: 'unknown',
    severity: 'medium',
    subject: 'container/compose.yaml:worker',
    title: { en: 'The image comes from a known place', zh: '镜像来自已知来源' },
    message: unsetTag,
    need: setIt,
    location: at('compose.yaml', 21, 12, 'services.worker.image'),
  },
  {
    control: 'container-image-latest',
    level: 'container',
    status: 'unknown',
    severity: 'medium',
    subject: script,
    title: { en: 'The image has a version', zh: '镜像指定了版本' },
    message: { en: 'the line is a template', zh: '该行是模板' },
    need: { en: 'render it first', zh: '请先渲染' },
  },
  {
    control: 'kubernetes-pss-privileged',
    level: 'kubernetes',
    status: 'fail',
    severity: 'critical',
    subject: deployment,
    title: { en: 'Pod Security Standards: no container is privileged', zh: 'Pod 安全标准：容器不得为特权容器' },
    message: { en: 'The container app is privileged.', zh: '容器 app 是特权容器。' },
    evidence: seen('spec.template.spec.containers[0].securityContext.privileged', true),
    location: at('deploy/web.yaml', 24, 13, 'spec.template.spec.containers[0].securityContext.privileged'),
    remedy: {
      kind: 'object',
      summary: { en: 'Take privileged away.', zh: '去掉 privileged。' },
      disruption: 'recreate',
      commands: ['# without: spec.template.spec.containers[0].securityContext.privileged'],
    },
    references: { podSecurity: 'baseline', cisKubernetes: ['5.2.2'] },
  },
  {
    ...pidsLimit,
    status: 'waived',
    subject: pod,
    location: at('deploy/web.yaml', 19, 9, 'containers[0]'),
    waiver: { reason: 'the node limits pods', owner: 'platform@example.com', until: '2027-01-31', expired: false },
  },
  {
    ...notPrivileged,
    status: 'fail',
    subject: script,
    message: { en: '--privileged is given.', zh: '指定了 --privileged。' },
    evidence: seen('--privileged', true),
    location: at('scripts/deploy.sh', 4, 12, '--privileged'),
    waiver: { reason: 'until the move', owner: 'ops', until: '2026-06-01', expired: true },
  },
  {
    control: 'container-healthcheck',
    level: 'container',
    status: 'fail',
    severity: 'low',
    subject: script,
    title: { en: 'Its health is checked', zh: '检查容器健康状态' },
    message: { en: 'No health check is given.', zh: '未指定健康检查。' },
  },
  ...services.map((name): Draft => ({
    ...notPrivileged,
    status: name === 'web' ? 'not-applicable' : 'pass',
    subject: `container/compose.yaml:${name}`,
    control: name === 'web' ? 'container-selinux-label' : notPrivileged.control,
    message: { en: 'It is not privileged.', zh: '容器未以特权模式运行。' },
  })),
  { ...noApt, status: 'pass', subject: 'dockerfile/Dockerfile', message: { en: 'None does.', zh: '没有。' } },
];

/** The report of a machine with `text` everywhere, made one of files: names of files are as hostile as any other. */
export function filesReportOf(text: string): Report {
  const report = reportOf(text);
  return { ...report, subjects: report.subjects.filter(({ kind }) => kind !== 'host') };
}
