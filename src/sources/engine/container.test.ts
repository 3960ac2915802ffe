import { describe, expect, test } from 'vitest';
import { inspected, inspectedByDocker29, inspectedByPodman, idOf } from '../../../test/recorded-engines.ts';
import type { JsonObject } from '../../model/json.ts';
import { containerFromCreateRequest, containerFromInspect } from './container.ts';

const withHost = (HostConfig: JsonObject) => containerFromInspect(inspected('web', { HostConfig }));
const securityOf = (...SecurityOpt: string[]) => withHost({ SecurityOpt }).security;
const applied = (HostConfig: JsonObject) =>
  containerFromInspect(inspected('web', { HostConfig, others: { AppArmorProfile: 'docker-default' } }));
const withConfig = (Config: JsonObject) => containerFromInspect(inspected('web', { Config }));

describe('an inspected container', () => {
  test('of Docker 20.10, with nothing set', () => {
    expect(containerFromInspect(inspected('web'))).toEqual({
      locate: expect.any(Function),
      id: idOf('web'),
      name: 'web',
      dialect: 'engine-api',
      state: 'stopped',
      image: {
        reference: 'busybox:1',
        id: 'sha256:50c0df69e795525cb83b5cd04cf010e45a14cf5852b2ade8d1187be3d49be208',
      },
      entrypoint: [],
      command: ['/bin/busybox', 'sleep', '1000'],
      groups: [],
      privileged: false,
      capabilities: { add: [], drop: [] },
      security: { selinux: [] },
      readOnlyRoot: false,
      mounts: [],
      devices: [],
      deviceRules: [],
      deviceRequests: [],
      namespaces: { network: 'default', ipc: 'private', cgroup: 'host' },
      maskedPaths: ['/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/sys/firmware'],
      readOnlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
      sysctls: {},
      ulimits: [],
      resources: { oomKillDisable: false },
      ports: [],
      exposedPorts: [],
      networks: [],
      environment: [],
      labels: {},
      restart: { name: 'no', maximumRetries: 0 },
      logging: { driver: 'json-file', options: {} },
      runtime: 'runc',
      owner: { kind: 'none' },
    });
  });

  test('of Docker 29, which leaves empty fields out, says the same', () => {
    const spec = containerFromInspect(inspectedByDocker29('web'));
    expect(spec).toMatchObject({
      name: 'web',
      image: { reference: 'busybox:1' },
      entrypoint: [],
      environment: [],
      labels: {},
      capabilities: { add: [], drop: [] },
      security: { selinux: [] },
      resources: {},
      mounts: [],
      restart: { name: 'no' },
    });
    expect(spec.user).toBeUndefined();
    expect(spec.maskedPaths).toBeUndefined();
  });

  test('of Podman has its label, its profile and its limit', () => {
    expect(containerFromInspect(inspectedByPodman('web'))).toMatchObject({
      security: {
        appArmor: 'containers-default-0.57.4',
        processLabel: 'system_u:system_r:container_t:s0:c198,c746',
      },
      capabilities: { add: [], drop: ['CAP_AUDIT_WRITE', 'CAP_MKNOD', 'CAP_NET_RAW'] },
      resources: { pids: 2048 },
      runtime: 'oci',
    });
  });

  test.each([
    ['running', 'running'],
    ['exited', 'stopped'],
    ['created', 'stopped'],
  ] as const)('that is %s is %s', (state, expected) => {
    expect(containerFromInspect(inspected('web', { state })).state).toBe(expected);
  });

  test('its user, groups, command and entrypoint', () => {
    const spec = withConfig({ User: '1000:1000', Entrypoint: '/init', Cmd: null });
    expect(spec).toMatchObject({ user: '1000:1000', entrypoint: ['/init'], command: [] });
    expect(withConfig({ User: '' }).user).toBeUndefined();
    expect(withHost({ GroupAdd: ['docker', '999'] }).groups).toEqual(['docker', '999']);
  });

  test('capabilities are as written', () => {
    const spec = withHost({ CapAdd: ['CAP_NET_ADMIN', 'sys_admin', 'ALL'], CapDrop: ['ALL'] });
    expect(spec.capabilities).toEqual({ add: ['CAP_NET_ADMIN', 'sys_admin', 'ALL'], drop: ['ALL'] });
  });

  test('devices, their rules and requests', () => {
    const spec = withHost({
      Devices: [{ PathOnHost: '/dev/sda', PathInContainer: '/dev/xvda', CgroupPermissions: 'r' }],
      DeviceCgroupRules: ['c 13:* rwm'],
      DeviceRequests: [
        { Driver: 'nvidia', Count: -1, Capabilities: [['gpu']] },
        { Driver: '', DeviceIDs: ['0', '1'], Capabilities: [['gpu']] },
        { Driver: '', DeviceIDs: null, Capabilities: [['gpu', 'utility'], ['compute']] },
      ],
    });
    expect(spec.devices).toEqual([{ source: '/dev/sda', target: '/dev/xvda', permissions: 'r' }]);
    expect(spec.deviceRules).toEqual(['c 13:* rwm']);
    expect(spec.deviceRequests).toEqual(['nvidia', '0,1', 'gpu,utility,compute']);
  });

  test('an empty list of masked paths masks nothing, null is the default', () => {
    expect(withHost({ MaskedPaths: [], ReadonlyPaths: [] })).toMatchObject({ maskedPaths: [], readOnlyPaths: [] });
    const unset = withHost({ MaskedPaths: null, ReadonlyPaths: null });
    expect(unset.maskedPaths).toBeUndefined();
    expect(unset.readOnlyPaths).toBeUndefined();
  });

  test('published ports, with and without address and port', () => {
    const spec = withHost({
      PortBindings: {
        '80/tcp': [
          { HostIp: '', HostPort: '8080' },
          { HostIp: '127.0.0.1', HostPort: '' },
        ],
        '53/udp': [{ HostIp: '::', HostPort: '53' }],
        '9000': [{}],
        '443/tcp': null,
      },
    });
    expect(spec.ports).toEqual([
      { containerPort: 9000, protocol: 'tcp' },
      { hostPort: 8080, containerPort: 80, protocol: 'tcp' },
      { hostAddress: '127.0.0.1', containerPort: 80, protocol: 'tcp' },
      { hostAddress: '::', hostPort: 53, containerPort: 53, protocol: 'udp' },
    ]);
  });

  test('values of the environment are kept out of everything that is printed', () => {
    const spec = withConfig({ Env: ['TOKEN=s3cr3t=x', 'EMPTY=', 'BARE'] });
    expect(spec.environment.map(({ name, value }) => [name, value.reveal()])).toEqual([
      ['TOKEN', 's3cr3t=x'],
      ['EMPTY', ''],
      ['BARE', ''],
    ]);
    expect(JSON.stringify(spec)).not.toContain('s3cr3t');
  });

  test('the health check, its result, and none', () => {
    const Healthcheck = { Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 30 };
    const checked = inspected('web', {
      Config: { Healthcheck },
      others: { State: { Health: { Status: 'unhealthy' } } },
    });
    expect(containerFromInspect(checked).healthCheck).toEqual({
      test: ['CMD-SHELL', 'curl -f localhost'],
      status: 'unhealthy',
    });
    expect(withConfig({ Healthcheck: { Test: ['NONE'] } }).healthCheck).toEqual({ test: ['NONE'] });
    expect(withConfig({ Healthcheck: { Interval: 30 } }).healthCheck).toBeUndefined();
  });

  test('logging, ulimits, sysctls, restart and the parent cgroup', () => {
    expect(
      withHost({
        LogConfig: { Type: 'syslog', Config: { 'syslog-address': 'udp://192.0.2.1', odd: null } },
        Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: -1 }],
        Sysctls: { 'net.core.somaxconn': '1024' },
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
        CgroupParent: '/custom',
      }),
    ).toMatchObject({
      logging: { driver: 'syslog', options: { 'syslog-address': 'udp://192.0.2.1' } },
      ulimits: [{ name: 'nofile', soft: 1024, hard: -1 }],
      sysctls: { 'net.core.somaxconn': '1024' },
      restart: { name: 'on-failure', maximumRetries: 5 },
      cgroupParent: '/custom',
    });
  });

  test.each<[string, object, object]>([
    [
      'Compose',
      {
        'com.docker.compose.project': 'shop',
        'com.docker.compose.service': 'web',
        'com.docker.compose.project.config_files': '/srv/a.yaml,/srv/b.yaml',
      },
      { kind: 'compose', project: 'shop', service: 'web', files: ['/srv/a.yaml', '/srv/b.yaml'] },
    ],
    ['Swarm', { 'com.docker.swarm.service.name': 'shop_web' }, { kind: 'swarm', service: 'shop_web' }],
    [
      'Kubernetes',
      { 'io.kubernetes.pod.name': 'web-0', 'io.kubernetes.pod.namespace': 'shop' },
      { kind: 'kubernetes', project: 'shop', service: 'web-0' },
    ],
    ['nobody', { maintainer: 'shop' }, { kind: 'none' }],
  ])('that belongs to %s', (_, Labels, owner) => {
    expect(withConfig({ Labels: { ...Labels } }).owner).toEqual(owner);
  });

  test('an answer without anything, or with everything odd, is still a container', () => {
    expect(containerFromInspect({})).toMatchObject({ id: '', name: '', state: 'stopped', privileged: false });
    const odd = { Name: 7, State: 'up', HostConfig: [], Config: 'x', Mounts: {}, Image: null };
    expect(containerFromInspect(odd)).toMatchObject({ name: '', mounts: [], image: { reference: '' } });
    const hollow = withHost({ Devices: [null], Ulimits: ['x'], PortBindings: { '80/tcp': ['x'] }, CapAdd: [1, 'ALL'] });
    expect(hollow.capabilities.add).toEqual(['ALL']);
    expect(hollow.devices).toEqual([{ source: '', target: '', permissions: '' }]);
  });

  test.each([
    ['8080', [], 8080],
    ['', [{ HostIp: '0.0.0.0', HostPort: '32768' }], undefined],
    ['80-90', [], 80],
    ['80-90', [{ HostIp: '0.0.0.0', HostPort: '83' }], 83],
    ['80-90', [{ HostPort: '32768' }, { HostPort: '90' }], 90],
    ['90-80', [{ HostPort: '85' }], 90],
    ['odd', [], undefined],
    ['x-y', null, undefined],
  ])('the host’s port %j, of which %j is taken, is %s', (HostPort, taken, port) => {
    const answer = {
      HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort }] } },
      NetworkSettings: { Ports: { '80/tcp': taken } },
    };
    expect(containerFromInspect(answer as never).ports.map(({ hostPort }) => hostPort)).toEqual([port]);
  });

  test('a container that Podman has paused runs still', () => {
    expect(containerFromInspect({ State: { Running: false, Paused: true } }).state).toBe('running');
    expect(containerFromInspect({ State: { Running: false, Paused: false } }).state).toBe('stopped');
  });

  test('a label called __proto__ is a label', () => {
    const Labels = JSON.parse('{"__proto__": "x", "constructor": "y"}') as JsonObject;
    expect(Object.entries(withConfig({ Labels }).labels)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('security options', () => {
  test.each(['=', ':'])('are read with %j as separator', (separator) => {
    const options = [
      `seccomp${separator}unconfined`,
      `apparmor${separator}unconfined`,
      `label${separator}type:container_t`,
      `label${separator}disable`,
      `no-new-privileges${separator}true`,
    ];
    expect(securityOf(...options)).toEqual({
      seccomp: 'unconfined',
      appArmor: 'unconfined',
      selinux: ['type:container_t', 'disable'],
      noNewPrivileges: true,
    });
  });

  test.each([
    ['no-new-privileges', true],
    ['no-new-privileges=true', true],
    ['no-new-privileges=True', true],
    ['no-new-privileges:1', true],
    ['no-new-privileges:t', true],
    ['no-new-privileges=false', false],
    ['no-new-privileges:0', false],
  ])('%s is %j', (option, expected) => {
    expect(securityOf(option).noNewPrivileges).toBe(expected);
  });

  test('the old spelling of label=disable', () => {
    expect(securityOf('disable').selinux).toEqual(['disable']);
  });

  test('a seccomp profile is its whole text', () => {
    const profile = '{"defaultAction": "SCMP_ACT_ERRNO",\n "syscalls": [{"names": ["a=b"]}]}';
    expect(securityOf(`seccomp=${profile}`).seccomp).toBe(profile);
  });

  test('unknown options, and those that are absent, change nothing', () => {
    expect(securityOf('systempaths=unconfined', 'future=1')).toEqual({ selinux: [] });
    expect(withHost({ SecurityOpt: null }).security).toEqual({ selinux: [] });
  });

  test('the profile that the engine applied stands in for none asked for, and only then', () => {
    const byDefault = applied({});
    expect(byDefault.security.appArmor).toBe('docker-default');
    expect(byDefault.locate('security.appArmor').path).toBe('AppArmorProfile');
    const asked = applied({ SecurityOpt: ['apparmor=unconfined'] });
    expect(asked.security.appArmor).toBe('unconfined');
    expect(asked.locate('security.appArmor').path).toBe('HostConfig.SecurityOpt');
  });
});

describe('a create request', () => {
  const request = {
    Image: 'nginx:1.27',
    User: 'nginx',
    Cmd: ['nginx'],
    Env: ['A=1'],
    Labels: { owner: 'shop' },
    ExposedPorts: { '80/tcp': {} },
    Volumes: { '/cache': {}, '/data': {} },
    HostConfig: { Privileged: true, CapAdd: ['ALL'], Binds: ['/srv:/data'], NetworkMode: 'host' },
    NetworkingConfig: { EndpointsConfig: { front: {}, back: {} } },
  };

  test('is a declared container with the name of its query', () => {
    expect(containerFromCreateRequest(request, 'web')).toMatchObject({
      name: 'web',
      state: 'declared',
      dialect: 'engine-api',
      image: { reference: 'nginx:1.27' },
      user: 'nginx',
      privileged: true,
      capabilities: { add: ['ALL'] },
      namespaces: { network: 'host' },
      networks: ['front', 'back'],
      exposedPorts: ['80/tcp'],
    });
  });

  test('without a name or a HostConfig it is one too', () => {
    const spec = containerFromCreateRequest({ Image: 'nginx' });
    expect(spec).toMatchObject({ name: '', privileged: false, mounts: [], resources: {} });
    expect(spec.id).toBeUndefined();
    expect(containerFromCreateRequest(null).image.reference).toBe('');
  });

  test('its fields are where the request has them', () => {
    const spec = containerFromCreateRequest(request, 'web');
    expect(spec.locate('user').path).toBe('User');
    expect(spec.locate('environment[0]').path).toBe('Env[0]');
    expect(spec.locate('privileged').path).toBe('HostConfig.Privileged');
    expect(spec.locate('networks[1]').path).toBe('NetworkingConfig.EndpointsConfig[1]');
    expect(spec.locate('mounts[0]').path).toBe('HostConfig.Binds[0]');
    expect(spec.locate('mounts[1]').path).toBe('Volumes["/cache"]');
    expect(spec.locate('exposedPorts[0]').path).toBe('ExposedPorts["80/tcp"]');
  });
});
