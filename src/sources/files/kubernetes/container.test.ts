import { describe, expect, test } from 'vitest';
import type { ContainerSpec } from '../../../model/container-spec.ts';
import { podContainers } from '../../../model/kubernetes.ts';
import { writtenFile } from '../written-file.ts';
import { containerFromPod } from './container.ts';
import { readManifests } from './objects.ts';

function containersOf(text: string): ContainerSpec[] {
  const { set } = readManifests([writtenFile('web.yaml', text)]);
  return set.objects.flatMap((object) =>
    object.pod ? podContainers(object.pod).map((entry) => containerFromPod(object, entry)) : [],
  );
}

/** A container with these fields, in a pod with those. */
function container(own = '', pod = '', metadata = ''): ContainerSpec {
  const [first] = containersOf(`apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: prod, ${metadata}}
spec: {${pod === '' ? '' : `${pod}, `}containers: [{name: web, image: "web:1", ${own}}]}
`);
  if (!first) throw new Error('no container');
  return first;
}

test('a container that says nothing has what a kubelet gives it', () => {
  expect({ ...container(), locate: undefined }).toEqual({
    name: 'web',
    dialect: 'pod',
    state: 'declared',
    image: { reference: 'web:1' },
    entrypoint: [],
    command: [],
    groups: [],
    privileged: false,
    capabilities: { add: [], drop: [] },
    security: { seccomp: 'unconfined', seccompNotNamed: true, selinux: [] },
    readOnlyRoot: false,
    mounts: [],
    devices: [],
    deviceRules: [],
    deviceRequests: [],
    namespaces: {},
    sysctls: {},
    ulimits: [],
    resources: {},
    ports: [],
    exposedPorts: [],
    networks: [],
    environment: [],
    labels: {},
    restart: {},
    logging: { options: {} },
    owner: { kind: 'kubernetes', project: 'prod', service: 'shop', files: ['web.yaml'] },
    origin: { file: 'web.yaml', document: 0, path: ['spec', 'containers', 0], podPath: [] },
  });
});

test('the origin leads to the entry and to its pod, in lists of documents too', () => {
  const [, second] = containersOf(`---
apiVersion: v1
kind: Pod
spec: {containers: [{name: a, image: a}]}
---
apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    spec: {jobTemplate: {spec: {template: {spec: {initContainers: [{name: b, image: b}]}}}}}
`);
  const podPath = ['items', 0, 'spec', 'jobTemplate', 'spec', 'template'];
  expect(second?.origin).toEqual({
    file: 'web.yaml',
    document: 1,
    path: [...podPath, 'spec', 'initContainers', 0],
    podPath,
  });
});

describe('the user', () => {
  test.each([
    ['runAsUser: 1000', '', '1000', undefined],
    ['runAsUser: 1000, runAsGroup: 2000', '', '1000:2000', undefined],
    ['', 'runAsUser: 1000, runAsGroup: 2000', '1000:2000', undefined],
    ['runAsUser: 0', 'runAsUser: 1000', '0', undefined],
    ['runAsUser: 5', 'runAsGroup: 2000', '5:2000', undefined],
    ['runAsUser: null', 'runAsUser: 1000', '1000', undefined],
    ['runAsGroup: 5', '', undefined, undefined],
    ['runAsUser: "5"', '', undefined, undefined],
    ['runAsNonRoot: true', '', undefined, true],
    ['', 'runAsNonRoot: true', undefined, true],
    ['runAsNonRoot: false', 'runAsNonRoot: true', undefined, undefined],
  ])('{%s} in a pod with {%s}', (own, pod, user, demanded) => {
    const spec = container(`securityContext: {${own}}`, `securityContext: {${pod}}`);
    expect(spec.user).toBe(user);
    expect(spec.nonRootDemanded).toBe(demanded);
  });

  test('groups are those of the list, and that of the volumes', () => {
    expect(container('', 'securityContext: {supplementalGroups: [5, 6], fsGroup: 7}').groups).toEqual(['5', '6', '7']);
  });
});

describe('security', () => {
  test.each([
    ['', '', 'unconfined'],
    ['{type: RuntimeDefault}', '', undefined],
    ['', '{type: RuntimeDefault}', undefined],
    ['{type: Unconfined}', '{type: RuntimeDefault}', 'unconfined'],
    ['{type: RuntimeDefault}', '{type: Unconfined}', undefined],
    ['{type: Localhost, localhostProfile: web.json}', '', 'web.json'],
    ['{}', '{type: RuntimeDefault}', 'unconfined'],
    ['null', '{type: RuntimeDefault}', undefined],
  ])('seccomp %s in a pod with %s is %s', (own, pod, expected) => {
    const spec = container(`securityContext: {seccompProfile: ${own}}`, `securityContext: {seccompProfile: ${pod}}`);
    expect(spec.security.seccomp).toBe(expected);
  });

  test('annotations for seccomp have no effect any more', () => {
    const annotations = 'annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}';
    expect(container('', '', annotations).security.seccomp).toBe('unconfined');
  });

  test.each([
    ['', '', '', undefined],
    ['{type: RuntimeDefault}', '', '', undefined],
    ['{type: Unconfined}', '', '', 'unconfined'],
    ['{type: Localhost, localhostProfile: web}', '', '', 'web'],
    ['', '{type: Unconfined}', '', 'unconfined'],
    ['{type: RuntimeDefault}', '{type: Unconfined}', '', undefined],
    ['', '', 'unconfined', 'unconfined'],
    ['', '', 'runtime/default', undefined],
    ['', '', 'localhost/web', 'web'],
    ['', '{type: Unconfined}', 'runtime/default', undefined],
    ['{type: RuntimeDefault}', '', 'unconfined', undefined],
  ])('AppArmor %s in a pod with %s and the annotation %j is %s', (own, pod, annotation, expected) => {
    const annotations =
      annotation === '' ? '' : `annotations: {container.apparmor.security.beta.kubernetes.io/web: ${annotation}}`;
    const spec = container(
      `securityContext: {appArmorProfile: ${own}}`,
      `securityContext: {appArmorProfile: ${pod}}`,
      annotations,
    );
    expect(spec.security.appArmor).toBe(expected);
  });

  test.each([
    ['', undefined],
    ['allowPrivilegeEscalation: true', false],
    ['allowPrivilegeEscalation: false', true],
  ])('{%s} makes no_new_privs %s', (own, expected) => {
    expect(container(`securityContext: {${own}}`).security.noNewPrivileges).toBe(expected);
  });

  test('only a container has these settings', () => {
    const settings =
      'securityContext: {privileged: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: {add: [SYS_ADMIN, 5], drop: [ALL]}, procMount: Unmasked}';
    const hardened = {
      privileged: true,
      readOnlyRoot: true,
      capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
      maskedPaths: [],
      readOnlyPaths: [],
    };
    expect(container(settings)).toMatchObject(hardened);
    expect(container('', settings)).toMatchObject({
      privileged: false,
      readOnlyRoot: false,
      capabilities: { add: [], drop: [] },
      security: { noNewPrivileges: undefined },
    });
    expect(container('', settings).maskedPaths).toBeUndefined();
  });

  test('SELinux options come all from one place', () => {
    const pod = 'securityContext: {seLinuxOptions: {type: web_t, level: s0}}';
    expect(container('', pod).security.selinux).toEqual(['type:web_t', 'level:s0']);
    expect(container('securityContext: {seLinuxOptions: {user: u}}', pod).security.selinux).toEqual(['user:u']);
  });
});

describe('the pod around it', () => {
  test.each([
    ['hostNetwork: true', { network: 'host' }],
    ['hostPID: true, shareProcessNamespace: true', { pid: 'host' }],
    ['shareProcessNamespace: true', { pid: 'pod' }],
    ['hostIPC: true', { ipc: 'host' }],
    ['hostUsers: false', { user: 'private' }],
    ['hostUsers: true', { user: 'host' }],
    ['hostPID: false, hostIPC: null, hostNetwork: "true"', {}],
  ])('{%s}', (pod, expected) => {
    expect(container('', pod).namespaces).toEqual(expected);
  });

  test('sysctls, runtime and labels', () => {
    const pod = 'runtimeClassName: gvisor, securityContext: {sysctls: [{name: net.core.somaxconn, value: "1024"}]}';
    expect(container('', pod, 'labels: {owner: shop-team, port: 80}')).toMatchObject({
      sysctls: { 'net.core.somaxconn': '1024' },
      runtime: 'gvisor',
      labels: { owner: 'shop-team', port: '80' },
    });
  });

  test('labels are those of the template', () => {
    const [spec] = containersOf(`apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {a: outer}}
spec: {template: {metadata: {labels: {a: inner}}, spec: {containers: [{name: web, image: a}]}}}
`);
    expect(spec?.labels).toEqual({ a: 'inner' });
  });

  test.each([
    ['', 'restartPolicy: Always', 'containers', 'always'],
    ['', 'restartPolicy: Never', 'containers', 'no'],
    ['', 'restartPolicy: OnFailure', 'initContainers', 'on-failure'],
    ['', 'restartPolicy: Always', 'initContainers', 'on-failure'],
    ['restartPolicy: Always', '', 'initContainers', 'always'],
    ['restartPolicy: Always', 'restartPolicy: Never', 'initContainers', 'always'],
    ['', '', 'containers', undefined],
  ])('{%s} in a pod with {%s}, of its %s', (own, pod, list, expected) => {
    const [spec] = containersOf(
      `{apiVersion: v1, kind: Pod, spec: {${pod === '' ? '' : `${pod}, `}${list}: [{name: a, image: b, ${own}}]}}`,
    );
    expect(spec?.restart.name).toBe(expected);
  });
});

describe('resources', () => {
  test.each([
    ['limits: {memory: 256Mi, cpu: 500m}', { memory: 268_435_456, cpus: 0.5 }],
    ['limits: {memory: 128M, cpu: 2}', { memory: 128_000_000, cpus: 2 }],
    ['requests: {memory: 64Mi, cpu: 250m}', { memoryReservation: 67_108_864, cpuShares: 256 }],
    ['requests: {cpu: 1m}', { cpuShares: 2 }],
    ['requests: {cpu: 0}', {}],
    ['limits: {memory: 100m}', { memory: 1 }],
    ['limits: {memory: lots}', {}],
  ])('{%s}', (own, expected) => {
    expect(container(`resources: {${own}}`).resources).toEqual(expected);
  });

  test('the limit of the pod bounds a container without its own', () => {
    const pod = 'resources: {limits: {memory: 1Gi, cpu: 2}}';
    expect(container('', pod).resources).toEqual({ memory: 1024 ** 3, cpus: 2 });
    expect(container('resources: {limits: {memory: 1Mi}}', pod).resources).toEqual({ memory: 1024 ** 2, cpus: 2 });
  });

  test('devices are asked for by a vendor, or by a claim', () => {
    const own =
      'resources: {limits: {nvidia.com/gpu: 1, amd.com/gpu: 0, memory: 1Gi, hugepages-2Mi: 4Mi, attachable.kubernetes.io/x: 1}, requests: {nvidia.com/gpu: 1}, claims: [{name: card}]}';
    expect(container(own).deviceRequests).toEqual(['nvidia.com/gpu', 'card']);
  });
});

describe('what it runs', () => {
  test('command and arguments', () => {
    expect(container('command: [sh, -c], args: [exec web, 5]')).toMatchObject({
      entrypoint: ['sh', '-c'],
      command: ['exec web'],
    });
  });

  test('the environment has no value that comes from elsewhere', () => {
    const { environment } = container(
      'env: [{name: LEVEL, value: info}, {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: p}}}, {name: PIN, value: 1234}], envFrom: [{secretRef: {name: db}}]',
    );
    expect(environment.map(({ name, value }) => [name, value.reveal()])).toEqual([
      ['LEVEL', 'info'],
      ['DB_PASSWORD', ''],
      ['PIN', '1234'],
    ]);
    expect(JSON.stringify(environment)).not.toContain('info');
  });

  test('ports of the node are published, others declared', () => {
    const spec = container(
      'ports: [{containerPort: 80}, {containerPort: 53, hostPort: 5353, hostIP: 127.0.0.1, protocol: UDP}, {containerPort: 9, protocol: SCTP}, {name: none}]',
    );
    expect(spec.exposedPorts).toEqual(['80/tcp', '9/sctp']);
    expect(spec.ports).toEqual([{ hostAddress: '127.0.0.1', hostPort: 5353, containerPort: 53, protocol: 'udp' }]);
  });

  test.each([
    ['livenessProbe: {exec: {command: [check, "a b"]}}', ['CMD', 'check', 'a b']],
    [
      'livenessProbe: {httpGet: {port: 8080, path: /health}}',
      ['CMD-SHELL', 'wget -q -O /dev/null http://127.0.0.1:8080/health'],
    ],
    [
      'ports: [{name: web, containerPort: 443}], readinessProbe: {httpGet: {port: web, scheme: HTTPS, path: "x?a=1&b=\'"}}',
      ['CMD-SHELL', String.raw`wget -q -O /dev/null --no-check-certificate 'https://127.0.0.1:443/x?a=1&b='\'''`],
    ],
    ['livenessProbe: {tcpSocket: {port: 5432}}', ['CMD-SHELL', 'nc -z 127.0.0.1 5432']],
    [
      'livenessProbe: {grpc: {port: 50051, service: web}}',
      ['CMD', 'grpc_health_probe', '-addr=127.0.0.1:50051', '-service=web'],
    ],
    ['readinessProbe: {exec: {command: [b]}}, livenessProbe: {exec: {command: [a]}}', ['CMD', 'a']],
    ['startupProbe: {exec: {command: [a]}}', undefined],
    ['livenessProbe: {}', undefined],
    ['livenessProbe: {exec: {}}', undefined],
    ['', undefined],
  ])('the probe {%s} as a health check', (own, test_) => {
    expect(container(own).healthCheck?.test).toEqual(test_);
  });

  test('a header of a probe may hold a secret, and is examined with it', () => {
    const own =
      'livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: Authorization, value: Bearer abcdefgh12345678}]}}';
    expect(container(own).healthCheck?.test[1]).toContain("--header='Authorization: Bearer abcdefgh12345678'");
  });
});

describe('mounts', () => {
  test.each([
    [
      'hostPath: {path: /etc}',
      'readOnly: true, mountPropagation: HostToContainer',
      { kind: 'bind', source: '/etc', hostPath: '/etc', readOnly: true, propagation: 'rslave', options: {} },
    ],
    [
      'hostPath: {path: /var}',
      'subPath: run/docker.sock',
      { kind: 'bind', source: '/var/run/docker.sock', hostPath: '/var/run/docker.sock', readOnly: false, options: {} },
    ],
    [
      'hostPath: {path: /}',
      'readOnly: true, recursiveReadOnly: Disabled',
      { kind: 'bind', source: '/', hostPath: '/', readOnly: true, readOnlyNonRecursive: true, options: {} },
    ],
    [
      'hostPath: {path: /}',
      'readOnly: true, recursiveReadOnly: Enabled',
      { kind: 'bind', source: '/', hostPath: '/', readOnly: true, options: {} },
    ],
    ['emptyDir: {}', '', { kind: 'volume', source: 'data', driver: 'emptyDir', readOnly: false, options: {} }],
    ['', '', { kind: 'volume', source: 'data', driver: 'emptyDir', readOnly: false, options: {} }],
    ['emptyDir: {medium: Memory, sizeLimit: 64Mi}', '', { kind: 'tmpfs', readOnly: false, options: { size: '64m' } }],
    ['emptyDir: {medium: Memory}', '', { kind: 'tmpfs', readOnly: false, options: {} }],
    [
      'persistentVolumeClaim: {claimName: db}',
      'subPath: a, mountPropagation: None',
      {
        kind: 'volume',
        source: 'db',
        driver: 'persistentVolumeClaim',
        readOnly: false,
        propagation: 'rprivate',
        options: { subpath: 'a' },
      },
    ],
    [
      'persistentVolumeClaim: {claimName: db, readOnly: true}',
      '',
      { kind: 'volume', source: 'db', driver: 'persistentVolumeClaim', readOnly: true, options: {} },
    ],
    ['configMap: {name: c}', '', { kind: 'volume', source: 'c', driver: 'configMap', readOnly: true, options: {} }],
    ['secret: {secretName: s}', '', { kind: 'volume', source: 's', driver: 'secret', readOnly: true, options: {} }],
    [
      'projected: {sources: []}',
      '',
      { kind: 'volume', source: 'data', driver: 'projected', readOnly: true, options: {} },
    ],
    [
      'csi: {driver: x, readOnly: true}',
      'mountPropagation: Bidirectional',
      { kind: 'volume', source: 'data', driver: 'csi', readOnly: true, propagation: 'rshared', options: {} },
    ],
    ['image: {reference: "tools:1"}', '', { kind: 'image', source: 'tools:1', readOnly: true, options: {} }],
  ])('{%s} mounted {%s}', (volume, own, expected) => {
    const written = container(
      `volumeMounts: [{name: data, mountPath: /data, ${own}}]`,
      `volumes: [{name: data, ${volume}}]`,
    );
    expect(written.mounts).toEqual([{ target: '/data', ...expected }]);
  });

  test('claims of a StatefulSet, and volumes that are nowhere', () => {
    const [spec] = containersOf(`apiVersion: apps/v1
kind: StatefulSet
spec:
  volumeClaimTemplates: [{metadata: {name: data}}]
  template: {spec: {containers: [{name: db, image: db, volumeMounts: [{name: data, mountPath: /a}, {name: gone, mountPath: /b}]}]}}
`);
    expect(spec?.mounts).toMatchObject([
      { kind: 'volume', source: 'data', driver: 'persistentVolumeClaim' },
      { kind: 'volume', source: 'gone', driver: 'unknown' },
    ]);
  });

  test('block devices of volumes', () => {
    const spec = container(
      'volumeDevices: [{name: disk, devicePath: /dev/xvda}]',
      'volumes: [{name: disk, persistentVolumeClaim: {claimName: raw}}]',
    );
    expect(spec.devices).toEqual([{ source: 'raw', target: '/dev/xvda', permissions: 'rwm' }]);
  });
});
