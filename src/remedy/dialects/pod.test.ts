import { expect, test } from 'vitest';
import { bareContainer, everyField, secretValue, unspoken } from '../every-field.fixture.ts';
import { podContainer } from './pod.ts';

test('every field has a place, but those that a pod cannot say', () => {
  expect(unspoken(podContainer)).toEqual([
    'devices',
    'deviceRules',
    'namespaces.uts',
    'namespaces.cgroup',
    'ulimits',
    'resources.memorySwap',
    'resources.oomKillDisable',
    'resources.oomScoreAdjust',
    'resources.cpuset',
    'resources.memoryNodes',
    'resources.pids',
    'resources.blockIoWeight',
    'resources.blockIoThrottles',
    'networks',
    'restart.maximumRetries',
    'logging.driver',
    'logging.options',
    'volumesFrom',
    'links',
    'extraHosts',
    'cgroupParent',
  ]);
});

test('a bare container is only a name and an image', () => {
  expect(podContainer(bareContainer)).toEqual({ container: { name: 'bare', image: 'bare:1' }, pod: {}, metadata: {} });
});

test('the fields are those of a pod', () => {
  const { container, pod, metadata } = podContainer({ ...everyField, privileged: false });
  expect(container).toMatchObject({
    command: ['/bin/sh', '-c'],
    args: ['exec web "$HOME"', '--password', '[redacted]'],
    env: [{ name: 'DATABASE' }],
    resources: {
      limits: { memory: '256Mi', cpu: '1500m', 'nvidia.com/gpu': 1 },
      requests: { memory: '1000', cpu: '500m' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      runAsUser: 10001,
      runAsGroup: 10002,
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      capabilities: { add: ['NET_ADMIN'], drop: ['NET_RAW'] },
      seccompProfile: { type: 'Unconfined' },
      appArmorProfile: { type: 'Localhost', localhostProfile: 'my profile' },
      seLinuxOptions: { type: 'web_t', level: 's0' },
      procMount: 'Unmasked',
    },
    livenessProbe: { exec: { command: ['/bin/check', 'a b'] } },
    volumeMounts: [
      {
        name: 'x',
        mountPath: '/x',
        readOnly: true,
        recursiveReadOnly: 'Disabled',
        mountPropagation: 'HostToContainer',
      },
      { name: 'srv', mountPath: '/srv' },
      { name: 'tmp', mountPath: '/tmp', readOnly: true },
      { name: 'share', mountPath: '/share', readOnly: true },
      { name: 'cache', mountPath: '/cache' },
      { name: 'tools', mountPath: '/tools', subPath: 'bin', readOnly: true },
    ],
    ports: [
      { containerPort: 80, hostPort: 8080, hostIP: '127.0.0.1', protocol: 'TCP' },
      { containerPort: 53, hostPort: 5353, hostIP: '::1', protocol: 'UDP' },
      { containerPort: 81, hostIP: '10.0.0.1', protocol: 'TCP' },
      { containerPort: 82, protocol: 'SCTP' },
      { containerPort: 9000, protocol: 'TCP' },
    ],
  });
  expect(pod).toEqual({
    hostNetwork: true,
    hostPID: true,
    hostIPC: true,
    hostUsers: true,
    restartPolicy: 'OnFailure',
    runtimeClassName: 'runsc',
    securityContext: { supplementalGroups: [100], sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] },
    volumes: [
      { name: 'x', hostPath: { path: '/etc,x"y' } },
      { name: 'srv', hostPath: { path: '/srv' } },
      { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
      { name: 'share', persistentVolumeClaim: { claimName: 'share' } },
      { name: 'cache', emptyDir: {} },
      { name: 'tools', image: { reference: 'tools:1' } },
    ],
  });
  expect(metadata).toEqual({ labels: { 'db.password': '[redacted]' }, annotations: { owner: "it's $HOME" } });
});

test('no secret is shown', () => {
  expect(JSON.stringify(podContainer(everyField))).not.toContain(secretValue);
});

test('escalation is not forbidden where the API server would refuse it', () => {
  const security = { selinux: [], noNewPrivileges: true };
  expect(podContainer({ ...bareContainer, security }).container).toHaveProperty(
    'securityContext.allowPrivilegeEscalation',
    false,
  );
  for (const change of [{ privileged: true }, { capabilities: { add: ['cap_sys_admin'], drop: [] } }]) {
    expect(podContainer({ ...bareContainer, security, ...change }).container).not.toHaveProperty(
      'securityContext.allowPrivilegeEscalation',
    );
  }
});

test.each(['web', 'web:web', ''])('the user %j has no number that a pod could take', (user) => {
  expect(podContainer({ ...bareContainer, user }).container).not.toHaveProperty('securityContext');
});

test('root is not promised to be anybody else', () => {
  expect(podContainer({ ...bareContainer, user: '0' }).container).toHaveProperty('securityContext', { runAsUser: 0 });
});

test.each([
  ['docker-default', { type: 'RuntimeDefault' }],
  ['RuntimeDefault', { type: 'RuntimeDefault' }],
  ['unconfined', { type: 'Unconfined' }],
  ['localhost/web', { type: 'Localhost', localhostProfile: 'web' }],
])('the profile %s', (appArmor, profile) => {
  expect(podContainer({ ...bareContainer, security: { selinux: [], appArmor } }).container).toHaveProperty(
    'securityContext.appArmorProfile',
    profile,
  );
});

test('an unconfined SELinux label is the type that says so', () => {
  expect(podContainer({ ...bareContainer, security: { selinux: ['disable'] } }).container).toHaveProperty(
    'securityContext.seLinuxOptions',
    { type: 'spc_t' },
  );
});

test('every volume has a name of its own that a pod accepts', () => {
  const targets = ['/a', '/A', '/', '/../', `/${'x'.repeat(200)}`, '/中文'];
  const mounts = targets.map((target) => ({ kind: 'tmpfs', target, readOnly: false, options: {} }) as const);
  const { volumes } = podContainer({ ...bareContainer, mounts }).pod as { volumes: { name: string }[] };
  const names = volumes.map(({ name }) => name);
  expect(new Set(names).size).toBe(targets.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
});
