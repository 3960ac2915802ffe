import type { Action, FileContent, FileStep, Plan, Step } from '../../model/plan.ts';
import { verbatim } from '../../model/text.ts';

/** An action of these steps, and nothing else to it; `change` replaces fields. */
export function actionOf(id: string, steps: readonly Step[], change: Partial<Action> = {}): Action {
  return {
    id,
    kind: 'daemon-json',
    answers: [{ control: 'host-x', subject: 'host/here' }],
    summary: { en: `Do ${id}`, zh: `执行 ${id}` },
    diff: '',
    disruption: 'none',
    affects: [],
    steps,
    ...change,
  };
}

export function planOf(...actions: readonly Action[]): Plan {
  return { actions, refused: [] };
}

const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

export function contentOf(text: string | Buffer, mode = 0o644): FileContent {
  return { bytes: Buffer.from(text).toString('base64'), access: { mode, ...owner } };
}

export function fileStep(path: string, before: string | null, after: string | Buffer | null, mode = 0o644): FileStep {
  return {
    kind: 'file',
    path,
    before: before === null ? null : contentOf(before, mode),
    after: after === null ? null : contentOf(after, mode),
  };
}

const daemonFile = '/etc/docker/daemon.json';
export const first = '{\n  "live-restore": true\n}\n';
export const second = '{\n  "live-restore": true,\n  "icc": false,\n  "log-opts": { "tag": "{{.Name}}" }\n}\n';

/** A bit of everything that has a way, and one that has none. */
export const wholePlan: Plan = planOf(
  actionOf(
    'kernel-parameter',
    [
      fileStep('/etc/sysctl.d/60-plimsoll.conf', null, 'kernel.kptr_restrict = 1\n'),
      { kind: 'parameter', name: 'kernel.kptr_restrict', before: '0', after: '1' },
    ],
    { kind: 'kernel-parameter' },
  ),
  actionOf(
    'audit-rule',
    [
      {
        ...fileStep('/etc/audit/rules.d/docker.rules', null, '-w /etc/docker -p wa -k plimsoll\n'),
        folders: ['/etc/audit'],
      },
      { kind: 'audit', path: '/etc/docker', permissions: 'wa' },
    ],
    { kind: 'audit-rule' },
  ),
  actionOf(
    'group-members',
    [
      fileStep('/etc/group', 'root:x:0:\ndocker:x:999:alice,bob\n', 'root:x:0:\ndocker:x:999:bob\n'),
      fileStep('/etc/gshadow', 'docker:!::alice,bob\n', 'docker:!::bob\n'),
    ],
    { kind: 'group-members' },
  ),
  actionOf('daemon-json/reload', [fileStep(daemonFile, null, first)], {
    disruption: 'reload',
    effect: { kind: 'reload-daemon' },
  }),
  actionOf('daemon-json/restart', [fileStep(daemonFile, first, second)], {
    disruption: 'daemon-restart',
    effect: { kind: 'restart-daemon', reloadUnits: true },
    affects: [{ container: 'web', effect: 'stops', why: verbatim('nothing starts it again') }],
  }),
  actionOf(
    'file-access',
    [
      {
        kind: 'access',
        path: '/etc/docker/ca.pem',
        before: { mode: 0o666, uid: 1, gid: 0 },
        after: { mode: 0o444, uid: 0, gid: 0 },
      },
    ],
    { kind: 'file-access' },
  ),
  actionOf(
    'container-update/web',
    [
      {
        kind: 'limits',
        container: 'web',
        before: {},
        after: { Memory: 1024, NanoCpus: 1_500_000_000, RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
      },
    ],
    { kind: 'container-update', pending: { en: 'Watch it.', zh: '观察它。' } },
  ),
  actionOf(
    'network-move/web',
    [
      { kind: 'existence', what: 'network', name: 'web-net', body: { Driver: 'bridge', Labels: { owner: 'shop' } } },
      { kind: 'membership', network: 'web-net', container: 'web', before: null, after: { Aliases: ['www'] } },
      { kind: 'membership', network: 'bridge', container: 'web', before: {}, after: null },
    ],
    { kind: 'network-move' },
  ),
  actionOf(
    'container-replacement/db',
    [
      { kind: 'running', container: 'db', before: true, after: false, patience: 0 },
      { kind: 'existence', what: 'container', name: 'db', body: { Env: ['PASSWORD=hunter2'] } },
    ],
    { kind: 'container-replacement', disruption: 'recreate' },
  ),
  actionOf('removal/old', [{ kind: 'removal', what: 'image', id: 'sha256:abc' }], { kind: 'removal', final: true }),
);
