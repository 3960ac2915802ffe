import { expect, test } from 'vitest';
import type { ContainerSpec } from '../../../model/container-spec.ts';
import { composeService, composeVolumes } from '../../../remedy/dialects/compose.ts';
import { bareContainer, everyField, fieldPaths, withOnly } from '../../../remedy/every-field.fixture.ts';
import { yamlLines } from '../../../remedy/yaml.ts';
import { at, readTree, web } from './reading.fixture.ts';

test('a service that says nothing says nothing', () => {
  expect(web('')).toMatchObject({
    name: 'web',
    dialect: 'compose',
    state: 'declared',
    image: { reference: 'web:1' },
    entrypoint: [],
    command: [],
    privileged: false,
    capabilities: { add: [], drop: [] },
    security: { selinux: [] },
    readOnlyRoot: false,
    namespaces: {},
    resources: {},
    restart: {},
    owner: { kind: 'compose', service: 'web', files: ['compose.yaml'] },
    origin: { file: 'compose.yaml', document: 0, path: ['services', 'web'] },
  });
  for (const field of ['user', 'healthCheck', 'maskedPaths', 'runtime', 'unresolved']) {
    expect(web('')).not.toHaveProperty(field);
  }
});

test.each<[string, object]>([
  ['user: "1000:1000"', { user: '1000:1000' }],
  ['user: 0', { user: '0' }],
  ['user: ""', {}],
  ['privileged: true', { privileged: true }],
  ['privileged: "yes"', { privileged: true }],
  ['privileged: on', { privileged: true }],
  ['privileged: no', { privileged: false }],
  ['privileged: false', { privileged: false }],
  ['read_only: "true"', { readOnlyRoot: true }],
  ['cap_add: [ALL]\ncap_drop:\n- NET_RAW', { capabilities: { add: ['ALL'], drop: ['NET_RAW'] } }],
  ['security_opt: ["no-new-privileges:true"]', { security: { noNewPrivileges: true, selinux: [] } }],
  ['security_opt: [no-new-privileges]', { security: { noNewPrivileges: true, selinux: [] } }],
  ['security_opt: ["no-new-privileges=false"]', { security: { noNewPrivileges: false, selinux: [] } }],
  [
    'security_opt: ["seccomp:unconfined", "apparmor=x", "label:user:a", "label=disable"]',
    { security: { seccomp: 'unconfined', appArmor: 'x', selinux: ['user:a', 'disable'] } },
  ],
  ['security_opt: ["seccomp=./profiles/web.json"]', { security: { seccomp: './profiles/web.json', selinux: [] } }],
  ['security_opt: [systempaths=unconfined]', { maskedPaths: [], readOnlyPaths: [] }],
  ['command: npm run "start it"', { command: ['npm', 'run', 'start it'] }],
  ["command: sh -c 'a && b'", { command: ['sh', '-c', 'a && b'] }],
  [String.raw`command: a\ b "c\"d" "e\f" ''`, { command: ['a b', 'c"d', String.raw`e\f`, ''] }],
  ['command: open "quote', { command: ['open "quote'] }],
  ['command: [a, "b c"]\nentrypoint: ["/run"]', { command: ['a', 'b c'], entrypoint: ['/run'] }],
  ['command:', { command: [] }],
  [
    'network_mode: host\npid: host\nipc: "service:db"\nuts: host',
    { namespaces: { network: 'host', pid: 'host', ipc: 'service:db', uts: 'host' } },
  ],
  ['userns_mode: host\ncgroup: host', { namespaces: { user: 'host', cgroup: 'host' } }],
  ['group_add: [docker, 999]', { groups: ['docker', '999'] }],
  ['container_name: shop-web', { name: 'shop-web' }],
  ['sysctls: {net.core.somaxconn: 1024}', { sysctls: { 'net.core.somaxconn': '1024' } }],
  ['sysctls: [net.ipv4.ip_forward=1]', { sysctls: { 'net.ipv4.ip_forward': '1' } }],
  ['expose: ["80", 81, "53/udp", "90-95"]', { exposedPorts: ['80/tcp', '81/tcp', '53/udp', '90-95/tcp'] }],
  ['networks: [a, b]', { networks: ['a', 'b'] }],
  ['networks: {a: {aliases: [x]}, b: }', { networks: ['a', 'b'] }],
  ['labels: {a: 1, b: true, c: }', { labels: { a: '1', b: 'true', c: '' } }],
  ['labels: ["a=1=2", b]', { labels: { a: '1=2', b: '' } }],
  [
    'healthcheck: {test: curl -f http://localhost}',
    { healthCheck: { test: ['CMD-SHELL', 'curl -f http://localhost'] } },
  ],
  ['healthcheck: {test: [CMD, x]}', { healthCheck: { test: ['CMD', 'x'] } }],
  ['healthcheck: {test: ["NONE"]}', { healthCheck: { test: ['NONE'] } }],
  ['healthcheck: {disable: true, test: [CMD, x]}', { healthCheck: { test: ['NONE'] } }],
  [
    'logging: {driver: syslog, options: {max-file: 3}}',
    { logging: { driver: 'syslog', options: { 'max-file': '3' } } },
  ],
  ['runtime: runsc\ncgroup_parent: /x', { runtime: 'runsc', cgroupParent: '/x' }],
  ['device_cgroup_rules: ["c 1:3 mr"]', { deviceRules: ['c 1:3 mr'] }],
  ['links: ["db:database", cache]', { links: ['db:database', 'cache'] }],
  ['extra_hosts: ["a:1.1.1.1"]', { extraHosts: ['a:1.1.1.1'] }],
  ['extra_hosts: {a: 1.1.1.1, b: [host-gateway]}', { extraHosts: ['a:1.1.1.1', 'b:host-gateway'] }],
  ['volumes_from: [db, "container:old:ro"]', { volumesFrom: ['db', 'container:old:ro'] }],
  ['oom_score_adj: -600', { resources: { oomScoreAdjust: -600 } }],
])('%j', (keys, expected) => {
  expect(web(keys)).toMatchObject(expected);
});

test('an image that only sets times for its check keeps its own check', () => {
  expect(web('healthcheck: {interval: 5s}')).not.toHaveProperty('healthCheck');
});

/** What stands in the text of one field, as the writer and the reader of Compose see it. */
function roundTrip(container: ContainerSpec) {
  const volumes = composeVolumes(container);
  const lines = yamlLines({
    services: { [container.name]: composeService(container) },
    ...(Object.keys(volumes).length > 0 ? { volumes } : {}),
  });
  const text = `${lines.join('\n')}\n`;
  const { containers, problems } = readTree({ 'compose.yaml': text });
  return { read: containers[container.name], problems };
}

/** What Compose cannot say, and what the writer conceals. */
function sayable(container: ContainerSpec): Partial<ContainerSpec> {
  const { memoryNodes: _nodes, blockIoThrottles: _throttles, ...resources } = container.resources;
  const byTarget = container.mounts.map((mount) => ({ ...mount, options: { ...mount.options, o: '' } }));
  return {
    ...container,
    resources,
    mounts: byTarget
      .map((mount) => (mount.anonymous ? { ...mount, source: undefined } : mount))
      .toSorted((left, right) => (left.target < right.target ? -1 : 1)),
    command: container.command.map((word) => (word === 'hunter2' ? '[redacted]' : word)),
    environment: container.environment.map(({ name }) => ({ name })) as never,
    labels: { ...container.labels, ...('db.password' in container.labels ? { 'db.password': '[redacted]' } : {}) },
    logging: {
      ...container.logging,
      options: Object.fromEntries(Object.keys(container.logging.options).map((key) => [key, ''])),
    },
  };
}

const spoken = (container: Partial<ContainerSpec>) =>
  Object.fromEntries(
    Object.entries(container).filter(([key]) => !['dialect', 'owner', 'origin', 'locate'].includes(key)),
  );

/** Together with another field only: a name is the service's key, retries are those of a policy. */
const notAlone = new Set(['name', 'networks', 'readOnlyPaths', 'restart.maximumRetries']);

test.each(fieldPaths.filter((path) => !notAlone.has(path)))('what the writer says of %s is read back', (path) => {
  const { read, problems } = roundTrip(withOnly(path));
  expect(problems).toEqual([]);
  const expected = sayable(path === 'maskedPaths' ? { ...withOnly(path), readOnlyPaths: [] } : withOnly(path));
  expect(spoken(sayable(read ?? bareContainer))).toEqual(spoken(expected));
});

test('a container with every field is read back', () => {
  const { read, problems } = roundTrip({ ...everyField, networks: [] });
  expect(problems).toEqual([]);
  expect(spoken(sayable(read ?? bareContainer))).toEqual(spoken(sayable({ ...everyField, networks: [] })));
  expect(roundTrip(withOnly('networks')).read?.networks).toEqual(['shop', 'logs']);
});

const located = `# a shop
services:
  web:
    image: web:1
    privileged: true
    user: root
    cap_add:
      - NET_ADMIN
      - SYS_ADMIN
    security_opt: [ "no-new-privileges:true", "seccomp:unconfined" ]
    volumes:
      - data:/data
      - type: bind
        source: /etc
        target: /x
    tmpfs: /run
    environment:
      A: 1
      DB_PASSWORD: x
    labels:
      - a.b=1
    sysctls:
      - net.core.somaxconn=1
    ulimits:
      nofile: 5
    ports:
      - 80-81:80-81
      - target: 90
    devices: [/dev/a]
    gpus: all
    pid: host
    mem_limit: 1g
    deploy:
      resources:
        limits: { pids: 5 }
      restart_policy:
        condition: any
    healthcheck:
      test: x
    logging:
      options: { tag: x }
`;

test.each([
  ['privileged', 5, 5],
  ['user', 6, 5],
  ['capabilities.add', 7, 5],
  ['capabilities.add[0]', 8, 9],
  ['capabilities.add[1]', 9, 9],
  ['capabilities', 7, 5],
  ['security', 10, 5],
  ['security.noNewPrivileges', 10, 21],
  ['security.seccomp', 10, 47],
  ['security.appArmor', 10, 5],
  ['mounts', 11, 5],
  ['mounts[0]', 12, 9],
  ['mounts[0].readOnly', 12, 9],
  ['mounts[1]', 13, 9],
  ['mounts[2]', 16, 5],
  ['environment', 17, 5],
  ['environment[1]', 19, 7],
  ['labels["a.b"]', 21, 9],
  ['labels["absent"]', 20, 5],
  ['sysctls["net.core.somaxconn"]', 23, 9],
  ['ulimits[0]', 25, 7],
  ['ports[0]', 27, 9],
  ['ports[1]', 27, 9],
  ['ports[2]', 28, 9],
  ['devices[0]', 29, 15],
  ['deviceRequests[0]', 30, 5],
  ['namespaces.pid', 31, 5],
  ['resources.memory', 32, 5],
  ['resources.pids', 35, 19],
  ['restart.name', 37, 9],
  ['restart.maximumRetries', 36, 7],
  ['healthCheck.test', 39, 7],
  ['healthCheck', 38, 5],
  ['logging.options', 41, 7],
  ['logging.driver', 40, 5],
  ['image.reference', 4, 5],
  ['readOnlyRoot', 3, 3],
  ['namespaces.ipc', 3, 3],
  ['resources.cpus', 3, 3],
  ['nonsense', 3, 3],
])('%s is at line %i, column %i', (field, line, column) => {
  const { containers } = readTree({ 'compose.yaml': located });
  expect(at(containers['web'], field)).toBe(`compose.yaml:${line}:${column}`);
});

test('a field is called by its own key, one that is absent by its usual one', () => {
  const { containers } = readTree({ 'compose.yaml': located });
  const path = (field: string) => containers['web']?.locate(field).path;
  expect(path('capabilities.add[1]')).toBe('services.web.cap_add[1]');
  expect(path('resources.pids')).toBe('services.web.deploy.resources.limits.pids');
  expect(path('resources.cpus')).toBe('services.web.cpus');
  expect(path('readOnlyRoot')).toBe('services.web.read_only');
  expect(path('environment[1]')).toBe('services.web.environment.DB_PASSWORD');
});

test('a variable without a value is no answer: the field is unresolved, and the text stays', () => {
  const container = web(
    [
      'privileged: ${P}',
      'read_only: ${R}',
      'mem_limit: ${M}',
      'pids_limit: ${N:-100}',
      'user: ${U}',
      'pid: ${H}',
      'cap_add: ["${C}"]',
      'ports: ["${X}:${Y}", "${Z}:80"]',
      'healthcheck: {disable: "${D}"}',
      'command: run ${A}',
    ].join('\n'),
  );
  expect(container.unresolved).toEqual([
    'user',
    'privileged',
    'readOnlyRoot',
    'namespaces.pid',
    'resources.memory',
    'healthCheck',
    'ports',
  ]);
  expect(container).toMatchObject({
    privileged: false,
    user: '${U}',
    capabilities: { add: ['${C}'] },
    command: ['run', '${A}'],
    resources: { pids: 100 },
    ports: [{ containerPort: 80, protocol: 'tcp' }],
  });
  expect(container.resources).not.toHaveProperty('memory');
});

test.each([
  ['privileged: maybe', 'privileged'],
  ['privileged: "${P:-}"', 'privileged'],
  ['read_only: "2"', 'readOnlyRoot'],
  ['healthcheck: {disable: perhaps}', 'healthCheck'],
  ['mem_limit: plenty', 'resources.memory'],
  ['deploy: {resources: {limits: {memory: 5x}}}', 'resources.memory'],
  ['cpus: half', 'resources.cpus'],
  ['pids_limit: "100 or so"', 'resources.pids'],
  ['ports: ["http"]', 'ports'],
  ['ports: [{target: http}]', 'ports'],
])('%s means nothing: an error, and unresolved', (keys, field) => {
  const text = `services:\n  web:\n    image: a\n    ${keys}\n`;
  const { containers, problems } = readTree({ 'a.yaml': text });
  expect(problems).toMatchObject([{ kind: 'error', file: 'a.yaml', line: 4 }]);
  expect(containers['web']?.unresolved).toEqual([field]);
});

test.each([
  'mem_limit: "${M:-}"',
  'pids_limit: "${N:-}"',
  'privileged: "${P:-false}"',
  'memswap_limit: -1',
  'ports: [80, {target: "80"}]',
])('%s means something', (keys) => {
  const { containers, problems } = readTree({ 'a.yaml': `services:\n  web:\n    image: a\n    ${keys}\n` });
  expect(problems).toEqual([]);
  expect(containers['web']).not.toHaveProperty('unresolved');
});
