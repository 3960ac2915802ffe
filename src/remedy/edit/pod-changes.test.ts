import { describe, expect, test } from 'vitest';
import { type Change, changedLines, edited } from '../../../test/edited.ts';

/** A pod with these lines in its one container, and these in its spec. */
function pod(inContainer: readonly string[], inSpec: readonly string[] = []): string {
  return [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    '  name: shop',
    'spec:',
    '  containers:',
    '  - name: web',
    '    image: web:1',
    ...inContainer.map((line) => `    ${line}`),
    ...inSpec.map((line) => `  ${line}`),
    '  # the end',
    '',
  ].join('\n');
}

function changes(text: string, change: Change, index = 0): string[] {
  return changedLines(text, edited('kubernetes', text, change, { index }));
}

describe('the security context', () => {
  test.each<[string, string, Change, string[]]>([
    [
      'a flag goes with its line, and what only said so with it',
      pod(['securityContext:', '  privileged: true # for now']),
      { privileged: false },
      ['-    securityContext:', '-      privileged: true # for now'],
    ],
    [
      'an empty one is filled line by line',
      pod(['securityContext: {}']),
      { readOnlyRoot: true },
      ['-    securityContext: {}', '+    securityContext:', '+      readOnlyRootFilesystem: true'],
    ],
    [
      'an empty one below its key too',
      pod(['securityContext:', '  {}']),
      { readOnlyRoot: true },
      ['-      {}', '+      readOnlyRootFilesystem: true'],
    ],
    [
      'one in braces stays in them',
      pod(['securityContext: {privileged: true, runAsUser: 0}']),
      { privileged: false, user: '10001' },
      [
        '-    securityContext: {privileged: true, runAsUser: 0}',
        '+    securityContext: {runAsUser: 10001, runAsNonRoot: true}',
      ],
    ],
    [
      'a user and a group are numbers',
      pod([]),
      { user: '10001:10002' },
      ['+    securityContext:', '+      runAsUser: 10001', '+      runAsGroup: 10002', '+      runAsNonRoot: true'],
    ],
    [
      'a profile that is off is switched on where it is',
      pod(['securityContext:', '  seccompProfile:', '    type: Unconfined # why']),
      { security: { seccomp: 'RuntimeDefault' } },
      ['-        type: Unconfined # why', '+        type: RuntimeDefault # why'],
    ],
    [
      'what the pod says is overruled by the container',
      pod([], ['securityContext:', '  seccompProfile: {type: Unconfined}']),
      { security: { seccomp: 'RuntimeDefault' } },
      ['+    securityContext:', '+      seccompProfile:', '+        type: RuntimeDefault'],
    ],
    [
      'words of a list go and come',
      pod([
        'securityContext:',
        '  capabilities:',
        '    add:',
        '    - SYS_ADMIN # bpf',
        '    - KILL',
        '    drop: ["NET_RAW"]',
      ]),
      { capabilities: { add: ['KILL'], drop: ['ALL'] } },
      ['-        - SYS_ADMIN # bpf', '-        drop: ["NET_RAW"]', '+        drop: ["ALL"]'],
    ],
    [
      'AppArmor that nobody switched off is not written down',
      pod([]),
      { security: { appArmor: null }, readOnlyRoot: true },
      ['+    securityContext:', '+      readOnlyRootFilesystem: true'],
    ],
    [
      'AppArmor that the pod switched off is switched on for the container',
      pod([], ['securityContext:', '  appArmorProfile:', '    type: Unconfined']),
      { security: { appArmor: null } },
      ['+    securityContext:', '+      appArmorProfile:', '+        type: RuntimeDefault'],
    ],
    [
      'the node is left to itself',
      pod([], ['hostPID: true', 'hostIPC: true # shm', 'hostNetwork: true']),
      { namespaces: { pid: null, ipc: null, network: null } },
      ['-  hostPID: true', '-  hostIPC: true # shm', '-  hostNetwork: true'],
    ],
    [
      'groups go, the one that owns the volumes too',
      pod([], ['securityContext:', '  supplementalGroups: [0, 5]', '  fsGroup: 0']),
      { groups: ['5'] },
      ['-    supplementalGroups: [0, 5]', '-    fsGroup: 0', '+    supplementalGroups: [5]'],
    ],
    [
      'a kernel parameter goes',
      pod(
        [],
        ['securityContext:', '  sysctls:', '  - name: kernel.msgmax', '    value: "1"', '  - {name: a, value: b}'],
      ),
      { sysctls: { 'kernel.msgmax': null } },
      ['-    - name: kernel.msgmax', '-      value: "1"'],
    ],
    [
      'a limit stands beside the others',
      pod(['resources:', '  limits:', '    memory: 1Gi']),
      { resources: { cpus: 1, memory: 256 * 1024 ** 2 } },
      ['-        memory: 1Gi', '+        memory: 256Mi', '+        cpu: "1"'],
    ],
  ])('%s', (_, text, change, expected) => {
    expect(changes(text, change)).toEqual(expected);
  });

  test('an older annotation is changed, and no field that must agree with it is added', () => {
    const text = pod([]).replace(
      '  name: shop',
      '  name: shop\n  annotations:\n    container.apparmor.security.beta.kubernetes.io/web: unconfined # bpf',
    );
    expect(changes(text, { security: { appArmor: null } })).toEqual([
      '-    container.apparmor.security.beta.kubernetes.io/web: unconfined # bpf',
      '+    container.apparmor.security.beta.kubernetes.io/web: runtime/default # bpf',
    ]);
  });
});

describe('wherever a pod stands', () => {
  const inList = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: c}
- apiVersion: batch/v1
  kind: CronJob
  metadata:
    name: job
  spec:
    jobTemplate:
      spec:
        template:
          spec:
            containers:
            - {name: job, image: "job:1"}
`;

  test('in a list, in braces', () => {
    expect(changes(inList, { readOnlyRoot: true })).toEqual([
      '-            - {name: job, image: "job:1"}',
      '+            - {name: job, image: "job:1", securityContext: {readOnlyRootFilesystem: true}}',
    ]);
  });

  test('in one of several documents, and the others stay as they are', () => {
    const text = `# first\n${pod([])}---\n\n# second\n${pod([])}---\n# none\n`;
    const after = edited('kubernetes', text, { readOnlyRoot: true }, { index: 1 }) ?? '';
    const parts = after.split('---\n');
    expect(parts).toEqual([
      `# first\n${pod([])}`,
      `\n# second\n${pod(['securityContext:', '  readOnlyRootFilesystem: true'])}`,
      '# none\n',
    ]);
  });

  test('in JSON, which stays JSON', () => {
    const text = JSON.stringify(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: { hostPID: true, containers: [{ name: 'a', image: 'a' }] },
      },
      null,
      '\t',
    );
    const after = edited('kubernetes', text, { readOnlyRoot: true, namespaces: { pid: null } }, { name: 'pod.json' });
    expect(after).toBe(
      JSON.stringify(
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'a' },
          spec: { containers: [{ name: 'a', image: 'a', securityContext: { readOnlyRootFilesystem: true } }] },
        },
        null,
        '\t',
      ),
    );
  });

  test('what a pod has no word for changes nothing', () => {
    expect(edited('kubernetes', pod([]), { resources: { pids: 100 } })).toBeUndefined();
  });
});
