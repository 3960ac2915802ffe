import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { ContainerSpec } from '../../../model/container-spec.ts';
import { Secret } from '../../../model/secret.ts';
import { runArguments, runOptions } from '../../../remedy/dialects/docker-run.ts';
import { bareContainer, everyField } from '../../../remedy/every-field.fixture.ts';
import { shellWord } from '../../../remedy/shell.ts';
import { writtenFile } from '../written-file.ts';
import { runReading } from './reading.ts';

function read(text: string, files: Readonly<Record<string, string>> = {}) {
  const readFile = (path: string) => {
    const content = files[path];
    return content === undefined ? undefined : writtenFile(path, content);
  };
  return runReading(writtenFile('run.sh', text), { readFile });
}

function container(text: string, files?: Readonly<Record<string, string>>): ContainerSpec {
  const [subject] = read(text, files).subjects;
  if (subject?.kind !== 'container') throw new Error('no container in the text');
  return subject.value;
}

/** The container of these options, with `img` behind them. */
function made(options: string, program = 'docker'): ContainerSpec {
  return container(`${program} run ${options} img`);
}

function withoutSecrets(spec: ContainerSpec) {
  const environment = spec.environment.map(({ name, value }) => [name, value.reveal()]);
  return { ...spec, environment, locate: undefined, origin: undefined };
}

test('a bare command sets nothing', () => {
  expect(withoutSecrets(container('docker run bare:1'))).toEqual(withoutSecrets(bareContainer));
});

test.each<[string, Partial<ContainerSpec>]>([
  ['-u 1000:1000', { user: '1000:1000' }],
  ['--user=', {}],
  ['--user root --user web', { user: 'web' }],
  ['--group-add 1 --group-add audio', { groups: ['1', 'audio'] }],
  ['--privileged', { privileged: true }],
  ['--privileged=true', { privileged: true }],
  ['--privileged=0', { privileged: false }],
  ['--privileged --privileged=false', { privileged: false }],
  ['--cap-add A --cap-add=B --cap-drop all', { capabilities: { add: ['A', 'B'], drop: ['all'] } }],
  ['--cap-add A,B', { capabilities: { add: ['A', 'B'], drop: [] } }],
  ['--security-opt no-new-privileges', { security: { selinux: [], noNewPrivileges: true } }],
  ['--security-opt no-new-privileges:true', { security: { selinux: [], noNewPrivileges: true } }],
  ['--security-opt=no-new-privileges=false', { security: { selinux: [], noNewPrivileges: false } }],
  ['--security-opt seccomp=unconfined', { security: { selinux: [], seccomp: 'unconfined' } }],
  ['--security-opt seccomp:./my.json', { security: { selinux: [], seccomp: './my.json' } }],
  ['--security-opt apparmor=web', { security: { selinux: [], appArmor: 'web' } }],
  [
    '--security-opt label=type:web_t --security-opt label:disable',
    { security: { selinux: ['type:web_t', 'disable'] } },
  ],
  ['--security-opt systempaths=unconfined', { maskedPaths: [], readOnlyPaths: [] }],
  ['--security-opt unmask=ALL', { maskedPaths: [], readOnlyPaths: [] }],
  ['--security-opt unmask=/proc/acpi', {}],
  ['--read-only', { readOnlyRoot: true }],
  ['--entrypoint /bin/x', { entrypoint: ['/bin/x'] }],
  ["--entrypoint ''", { entrypoint: [] }],
  ['--device-cgroup-rule "c 1:3 r"', { deviceRules: ['c 1:3 r'] }],
  [
    '--pid host --ipc shareable --uts host --userns host --cgroupns host',
    {
      namespaces: { pid: 'host', ipc: 'shareable', uts: 'host', user: 'host', cgroup: 'host' },
    },
  ],
  ['--network host', { namespaces: { network: 'host' } }],
  ['--net container:db', { namespaces: { network: 'container:db' } }],
  ['--network shop', { namespaces: { network: 'shop' }, networks: ['shop'] }],
  ['--network shop --network logs', { namespaces: { network: 'shop' }, networks: ['shop', 'logs'] }],
  ['--network name=shop,alias=web', { namespaces: { network: 'shop' }, networks: ['shop'] }],
  ['--sysctl net.a=1 --sysctl net.b=', { sysctls: { 'net.a': '1', 'net.b': '' } }],
  ['--expose 80 --expose 53/udp --expose 7000-7010', { exposedPorts: ['80/tcp', '53/udp', '7000-7010/tcp'] }],
  ['-l a=b --label c --label=d=e=f', { labels: { a: 'b', c: '', d: 'e=f' } }],
  ['--restart always', { restart: { name: 'always' } }],
  ['--restart on-failure:3', { restart: { name: 'on-failure', maximumRetries: 3 } }],
  ["--health-cmd 'curl x || exit 1'", { healthCheck: { test: ['CMD-SHELL', 'curl x || exit 1'] } }],
  ['--no-healthcheck', { healthCheck: { test: ['NONE'] } }],
  ['--log-driver syslog --log-opt a=b', { logging: { driver: 'syslog', options: { a: 'b' } } }],
  ['--runtime runsc --cgroup-parent /x', { runtime: 'runsc', cgroupParent: '/x' }],
  ['--name web', { name: 'web' }],
  ['-it --rm -d --init -w /x -h web --pull always', {}],
  ['--add-host a:1.2.3.4 --add-host=b:host-gateway', { extraHosts: ['a:1.2.3.4', 'b:host-gateway'] }],
  ['--link db:database --link cache', { links: ['db:database', 'cache'] }],
  ['--oom-score-adj=-600', { resources: { oomScoreAdjust: -600 } }],
])('%s', (options, expected) => {
  const expectedWhole = { ...bareContainer, name: 'img', image: { reference: 'img' }, ...expected };
  expect(withoutSecrets(made(options))).toEqual(withoutSecrets(expectedWhole));
  expect(read(`docker run ${options} img`).problems).toEqual([]);
});

test.each<[string, ContainerSpec['resources']]>([
  ['-m 512m', { memory: 512 * 1024 ** 2 }],
  ['--memory=1.5G', { memory: 1.5 * 1024 ** 3 }],
  ['--memory 64MiB', { memory: 64 * 1024 ** 2 }],
  ['--memory 1gb', { memory: 1024 ** 3 }],
  ['--memory 1024', { memory: 1024 }],
  ['--memory 0', {}],
  ['--memory 1g --memory-swap -1', { memory: 1024 ** 3, memorySwap: -1 }],
  ['--memory-reservation 1k', { memoryReservation: 1024 }],
  ['--oom-kill-disable', { oomKillDisable: true }],
  ['--cpus 1.5', { cpus: 1.5 }],
  ['--cpus .5', { cpus: 0.5 }],
  ['--cpu-quota 50000', { cpus: 0.5 }],
  ['--cpu-quota 50000 --cpu-period 25000', { cpus: 2 }],
  ['--cpu-period 25000', {}],
  ['--cpu-shares 512', { cpuShares: 512 }],
  ['-c 512', { cpuShares: 512 }],
  ['--cpuset-cpus 0-3 --cpuset-mems 0', { cpuset: '0-3', memoryNodes: '0' }],
  ['--pids-limit 100', { pids: 100 }],
  ['--pids-limit=-1', { pids: -1 }],
  ['--pids-limit 0', {}],
  ['--blkio-weight 300', { blockIoWeight: 300 }],
  ['--device-read-bps /dev/a:1mb --device-write-iops /dev/a:9 --blkio-weight-device /dev/a:9', { blockIoThrottles: 3 }],
])('the resources of %s', (options, resources) => {
  expect(made(options).resources).toEqual(resources);
});

test.each<[string, ContainerSpec['ulimits']]>([
  ['--ulimit nofile=1024:2048', [{ name: 'nofile', soft: 1024, hard: 2048 }]],
  [
    '--ulimit nproc=5 --ulimit core=-1',
    [
      { name: 'nproc', soft: 5, hard: 5 },
      { name: 'core', soft: -1, hard: -1 },
    ],
  ],
  ['--ulimit core=unlimited', [{ name: 'core', soft: -1, hard: -1 }]],
])('the limits of %s', (options, ulimits) => {
  expect(made(options).ulimits).toEqual(ulimits);
});

test.each<[string, ContainerSpec['mounts'][number]]>([
  ['-v /a:/b', { kind: 'bind', source: '/a', target: '/b', readOnly: false, options: {} }],
  ['-v /a:/b:ro', { kind: 'bind', source: '/a', target: '/b', readOnly: true, options: {} }],
  ['-v ./a:/b:rw', { kind: 'bind', source: './a', target: '/b', readOnly: false, options: {} }],
  ['-v ~/.ssh:/b', { kind: 'bind', source: '~/.ssh', target: '/b', readOnly: false, options: {} }],
  ['-v "$PWD:/b"', { kind: 'bind', source: '$PWD', target: '/b', readOnly: false, options: {} }],
  ['-v "$X/data:/b"', { kind: 'bind', source: '$X/data', target: '/b', readOnly: false, options: {} }],
  ['-v $(pwd):/b', { kind: 'bind', source: '$(pwd)', target: '/b', readOnly: false, options: {} }],
  ['-v ${X:-a:b}/c:/b', { kind: 'bind', source: '${X:-a:b}/c', target: '/b', readOnly: false, options: {} }],
  ['-v $VOLUME:/b', { kind: 'volume', source: '$VOLUME', target: '/b', readOnly: false, options: {} }],
  ['-v data:/b', { kind: 'volume', source: 'data', target: '/b', readOnly: false, options: {} }],
  ['-v data:/b:nocopy', { kind: 'volume', source: 'data', target: '/b', readOnly: false, options: { nocopy: '' } }],
  ['-v /b', { kind: 'volume', target: '/b', readOnly: false, options: {}, anonymous: true }],
  [
    '-v /a:/b:ro,Z,rslave',
    {
      kind: 'bind',
      source: '/a',
      target: '/b',
      readOnly: true,
      propagation: 'rslave',
      options: { Z: '' },
    },
  ],
  ['-v /a:/b:cached', { kind: 'bind', source: '/a', target: '/b', readOnly: false, options: {} }],
  [
    String.raw`-v 'C:\data:/b:ro'`,
    { kind: 'bind', source: String.raw`C:\data`, target: '/b', readOnly: true, options: {} },
  ],
  [
    String.raw`-v 'c:\data:c:\b'`,
    { kind: 'bind', source: String.raw`c:\data`, target: String.raw`c:\b`, readOnly: false, options: {} },
  ],
  ['-v c:/data:/b', { kind: 'bind', source: 'c:/data', target: '/b', readOnly: false, options: {} }],
  ['-v d:/b:ro', { kind: 'volume', source: 'd', target: '/b', readOnly: true, options: {} }],
  [
    '--volume-driver nfs -v data:/b',
    {
      kind: 'volume',
      source: 'data',
      target: '/b',
      readOnly: false,
      driver: 'nfs',
      options: {},
    },
  ],
  ['--tmpfs /t', { kind: 'tmpfs', target: '/t', readOnly: false, options: {} }],
  [
    '--tmpfs /t:ro,size=64m,noexec',
    {
      kind: 'tmpfs',
      target: '/t',
      readOnly: true,
      options: { size: '64m', noexec: '' },
    },
  ],
  ['--mount type=bind,src=/a,dst=/b,ro', { kind: 'bind', source: '/a', target: '/b', readOnly: true, options: {} }],
  [
    '--mount type=bind,source=/a,target=/b,readonly=false',
    {
      kind: 'bind',
      source: '/a',
      target: '/b',
      readOnly: false,
      options: {},
    },
  ],
  [
    '--mount type=bind,source=/a,destination=/b,readonly=1,bind-propagation=rshared,bind-recursive=writable',
    {
      kind: 'bind',
      source: '/a',
      target: '/b',
      readOnly: true,
      readOnlyNonRecursive: true,
      propagation: 'rshared',
      options: {},
    },
  ],
  [
    `--mount 'type=bind,"source=/a,b",target=/c'`,
    { kind: 'bind', source: '/a,b', target: '/c', readOnly: false, options: {} },
  ],
  ['--mount src=data,target=/b', { kind: 'volume', source: 'data', target: '/b', readOnly: false, options: {} }],
  ['--mount target=/b', { kind: 'volume', target: '/b', readOnly: false, options: {}, anonymous: true }],
  [
    '--mount src=d,dst=/b,volume-nocopy,volume-driver=local,volume-opt=type=nfs,volume-opt=o=addr=x',
    {
      kind: 'volume',
      source: 'd',
      target: '/b',
      readOnly: false,
      driver: 'local',
      options: { nocopy: '', type: 'nfs', o: 'addr=x' },
    },
  ],
  [
    '--mount type=tmpfs,target=/t,tmpfs-size=64m,tmpfs-mode=1770',
    {
      kind: 'tmpfs',
      target: '/t',
      readOnly: false,
      options: { size: '64m', mode: '1770' },
    },
  ],
  [
    '--mount type=bind,source=/a,target=/b,relabel=private',
    {
      kind: 'bind',
      source: '/a',
      target: '/b',
      readOnly: false,
      options: { Z: '' },
    },
  ],
  [
    '--use-api-socket',
    {
      kind: 'bind',
      source: '/var/run/docker.sock',
      target: '/var/run/docker.sock',
      readOnly: false,
      options: {},
    },
  ],
])('the mount of %s', (options, mount) => {
  expect(made(options).mounts).toEqual([mount]);
  expect(made(options).locate('mounts[0]').path).toMatch(/^-/);
});

test('an API socket that is switched off is no mount', () => {
  expect(made('--use-api-socket=false').mounts).toEqual([]);
});

test.each<[string, Partial<ContainerSpec>]>([
  ['--device /dev/a', { devices: [{ source: '/dev/a', target: '/dev/a', permissions: 'rwm' }] }],
  ['--device /dev/a:/dev/b', { devices: [{ source: '/dev/a', target: '/dev/b', permissions: 'rwm' }] }],
  ['--device /dev/a:/dev/b:rw', { devices: [{ source: '/dev/a', target: '/dev/b', permissions: 'rw' }] }],
  ['--device /dev/a:r', { devices: [{ source: '/dev/a', target: '/dev/a', permissions: 'r' }] }],
  ['--device vendor.example/class=one', { deviceRequests: ['vendor.example/class=one'] }],
  ['--gpus all', { deviceRequests: ['gpu'] }],
  ['--gpus 2', { deviceRequests: ['gpu'] }],
  ['--gpus driver=nvidia,count=all', { deviceRequests: ['nvidia'] }],
  [`--gpus '"device=0,1"'`, { deviceRequests: ['0,1'] }],
  ['--gpus capabilities=utility', { deviceRequests: ['gpu,utility'] }],
])('the devices of %s', (options, expected) => {
  const { devices, deviceRequests } = made(options);
  expect({ devices, deviceRequests }).toEqual({ devices: [], deviceRequests: [], ...expected });
});

test.each<[string, ContainerSpec['ports']]>([
  ['-p 80', [{ containerPort: 80, protocol: 'tcp' }]],
  ['-p 8080:80', [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }]],
  ['-p8080:80/udp', [{ hostPort: 8080, containerPort: 80, protocol: 'udp' }]],
  ['-p 127.0.0.1:8080:80/sctp', [{ hostAddress: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'sctp' }]],
  ['-p 127.0.0.1::80', [{ hostAddress: '127.0.0.1', containerPort: 80, protocol: 'tcp' }]],
  ['-p "[::1]:8080:80"', [{ hostAddress: '::1', hostPort: 8080, containerPort: 80, protocol: 'tcp' }]],
  ['-p ::1:8080:80', [{ hostAddress: '::1', hostPort: 8080, containerPort: 80, protocol: 'tcp' }]],
  [
    '-p 8080-8081:80-81',
    [
      { hostPort: 8080, containerPort: 80, protocol: 'tcp' },
      { hostPort: 8081, containerPort: 81, protocol: 'tcp' },
    ],
  ],
  ['-p 8080-8090:80', [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }]],
  [
    '-p 80-81',
    [
      { containerPort: 80, protocol: 'tcp' },
      { containerPort: 81, protocol: 'tcp' },
    ],
  ],
  ['-p target=80,published=8080,protocol=udp', [{ hostPort: 8080, containerPort: 80, protocol: 'udp' }]],
  ['-p $PORT:80', [{ containerPort: 80, protocol: 'tcp' }]],
  [
    '-p ${ADDRESS:-127.0.0.1}:${PORT:-8080}:80',
    [{ hostAddress: '${ADDRESS:-127.0.0.1}', containerPort: 80, protocol: 'tcp' }],
  ],
  ['-p 127.0.0.1:8080:$PORT', [{ hostAddress: '127.0.0.1', hostPort: 8080, containerPort: 0, protocol: 'tcp' }]],
  [
    '-P --expose 80 --expose 81/udp',
    [
      { containerPort: 80, protocol: 'tcp' },
      { containerPort: 81, protocol: 'udp' },
    ],
  ],
  ['--expose 80', []],
])('the ports of %s', (options, ports) => {
  expect(made(options).ports).toEqual(ports);
});

test('other programs take several values at once', () => {
  const options = '--group-add a,b --network x,y -p 80:80,81:81 --device /dev/a,/dev/b --expose 1,2';
  const podman = made(options, 'podman');
  expect(podman.groups).toEqual(['a', 'b']);
  expect(podman.networks).toEqual(['x', 'y']);
  expect(podman.ports.map(({ containerPort }) => containerPort)).toEqual([80, 81]);
  expect(podman.devices.map(({ source }) => source)).toEqual(['/dev/a', '/dev/b']);
  expect(podman.exposedPorts).toEqual(['1/tcp', '2/tcp']);
  expect(made('--group-add a,b').groups).toEqual(['a,b']);
});

test('Podman takes lists of words, and a word for no health check', () => {
  expect(made(`--entrypoint '["sh","-c"]'`, 'podman').entrypoint).toEqual(['sh', '-c']);
  expect(made(`--entrypoint '["sh"'`, 'podman').entrypoint).toEqual(['["sh"']);
  expect(made(`--health-cmd '["CMD","x"]'`, 'podman').healthCheck).toEqual({ test: ['CMD', 'x'] });
  expect(made('--health-cmd none', 'podman').healthCheck).toEqual({ test: ['NONE'] });
});

test.each([
  ['registry.example/shop/web:1.4', 'web'],
  ['localhost:5000/web', 'web'],
  ['web@sha256:0123', 'web'],
  ['$IMAGE', '$IMAGE'],
])('the container of %s is named %s', (image, name) => {
  expect(container(`docker run ${image}`).name).toBe(name);
});

test('the rest is the command', () => {
  const { image, command, privileged } = container('docker run img sh -c "exec web" --privileged');
  expect(image.reference).toBe('img');
  expect(command).toEqual(['sh', '-c', 'exec web', '--privileged']);
  expect(privileged).toBe(false);
});

test('variables come from files first; a name alone takes a value that nobody knows here', () => {
  const files = { './web.env': '# all\n\nA=1\n  B="x y"\nC\n', 'more.env': 'D=2\r\n' };
  const web = container('docker run -e E=3 --env-file ./web.env --env-file more.env -e F img', files);
  expect(web.environment.map(({ name, value }) => [name, value.reveal()])).toEqual([
    ['A', '1'],
    ['B', '"x y"'],
    ['C', ''],
    ['D', '2'],
    ['E', '3'],
    ['F', ''],
  ]);
  expect(web.locate('environment[1].value')).toMatchObject({ file: './web.env', line: 4, column: 3 });
  expect(web.locate('environment[4]')).toMatchObject({ file: 'run.sh', line: 1, column: 12 });
});

test('labels come from files too, and options win', () => {
  const web = container('docker run --label-file l -l a=2 img', { l: 'a=1\nb=1\n' });
  expect(web.labels).toEqual({ a: '2', b: '1' });
  expect(web.locate('labels["b"]')).toMatchObject({ file: 'l', line: 2 });
  expect(web.locate('labels["a"]')).toMatchObject({ file: 'run.sh', line: 1 });
});

test.each([
  'docker run --env-file gone img',
  'docker run --env-file "$FILE" img',
  'docker run --label-file gone img',
  'docker run --volumes-from db img',
  'docker run --memory lots img',
  'docker run --privileged=maybe img',
  'docker run --restart allways img',
  'docker run --ulimit nofile img',
  'docker run --ulimit nofile=1:x img',
  'docker run --mount type=bind,source=/a img',
  'docker run --mount type=disk,target=/a img',
  'docker run -p 80:x img',
  'docker run -p 99999 img',
  'docker run -p 127.0.0.1:80 img',
  'docker run -v "" img',
  'docker run --unheard-of img',
  'docker run $OPTS img',
])('%s has one notice, at its option', (text) => {
  expect(read(text).problems).toEqual([
    { file: 'run.sh', kind: 'notice', line: 1, column: 12, reason: expect.anything(), need: expect.anything() },
  ]);
});

test('what options a variable holds is not said in words that may be secret', () => {
  const [problem] = read('docker run ${PASSWORD:+-e PASSWORD=hunter2} img').problems;
  expect(problem?.reason.en).toContain('$PASSWORD');
  expect(JSON.stringify(problem)).not.toContain('hunter2');
});

test.each([
  ['--memory "$LIMIT"', ['resources.memory']],
  ['--cpus=$CPUS --pids-limit ${PIDS:-100}', ['resources.cpus', 'resources.pids']],
  ['--privileged=$P', ['privileged']],
  ['--restart $POLICY', ['restart']],
  ['--ulimit nofile=$N', ['ulimits']],
  ['--security-opt no-new-privileges=$X', ['security.noNewPrivileges']],
  ['--mount $MOUNT', ['mounts']],
])('%s is set, but not known', (options, unresolved) => {
  expect(made(options).unresolved).toEqual(unresolved);
  expect(read(`docker run ${options} img`).problems).toEqual([]);
});

test('a variable stays as it is written where the model has a word for it', () => {
  const web = container('docker run -u $UID --name $NAME -e A=$B --network $NET --pid "$PID" $IMAGE $CMD');
  expect(web).toMatchObject({
    name: '$NAME',
    user: '$UID',
    namespaces: { network: '$NET', pid: '$PID' },
    image: { reference: '$IMAGE' },
    command: ['$CMD'],
  });
  expect(web.environment[0]?.value.reveal()).toBe('$B');
  expect(web.unresolved).toBeUndefined();
});

const placed = `docker run -d --name web \\
  --cap-add A \\
  --cap-add=B \\
  -itp 80:80 -p 81-82:81-82 \\
  -v /a:/b --tmpfs /c --mount target=/d \\
  -e A=b --env C=d -l e.f=g \\
  --security-opt seccomp=unconfined --security-opt label=disable \\
  -m 1g --cpu-quota 5000 --ulimit nofile=1 --sysctl a.b=c \\
  --network x --network y --device /dev/a --gpus all \\
  --user root --user web --log-opt a=b --restart always --health-cmd x \\
  registry.example/img:1 sh -c
`;

test.each([
  ['name', 1, 15, '--name'],
  ['capabilities.add', 2, 3, '--cap-add'],
  ['capabilities.add[0]', 2, 3, '--cap-add'],
  ['capabilities.add[1]', 3, 3, '--cap-add'],
  ['ports[0]', 4, 3, '-p'],
  ['ports[0].hostAddress', 4, 3, '-p'],
  ['ports[2]', 4, 14, '-p'],
  ['mounts[0].source', 5, 3, '-v'],
  ['mounts[1]', 5, 12, '--tmpfs'],
  ['mounts[2]', 5, 23, '--mount'],
  ['environment[1]', 6, 10, '--env'],
  ['labels["e.f"]', 6, 20, '-l'],
  ['labels', 6, 20, '-l'],
  ['security.seccomp', 7, 3, '--security-opt'],
  ['security.selinux[0]', 7, 37, '--security-opt'],
  ['resources.memory', 8, 3, '-m'],
  ['resources.cpus', 8, 9, '--cpu-quota'],
  ['ulimits[0]', 8, 26, '--ulimit'],
  ['sysctls["a.b"]', 8, 44, '--sysctl'],
  ['namespaces.network', 9, 3, '--network'],
  ['networks[1]', 9, 15, '--network'],
  ['devices[0]', 9, 27, '--device'],
  ['deviceRequests[0]', 9, 43, '--gpus'],
  ['user', 10, 15, '--user'],
  ['logging.options["a"]', 10, 26, '--log-opt'],
  ['restart.name', 10, 40, '--restart'],
  ['healthCheck.test', 10, 57, '--health-cmd'],
  ['image.reference', 11, 3, 'IMAGE'],
  ['command[1]', 11, 29, 'COMMAND'],
  ['privileged', 1, 8, '--privileged'],
  ['security.noNewPrivileges', 1, 8, '--security-opt'],
  ['resources.pids', 1, 8, '--pids-limit'],
  ['capabilities.drop', 1, 8, '--cap-drop'],
  ['namespaces.pid', 1, 8, '--pid'],
  ['readOnlyRoot', 1, 8, '--read-only'],
  ['owner', 1, 8, 'run'],
])('%s is at %i:%i', (field, line, column, path) => {
  expect(container(placed).locate(field)).toEqual({ source: 'file', file: 'run.sh', line, column, path });
});

test('a container knows the command that it comes from', () => {
  const { origin } = container(`sudo ${placed}`);
  expect(origin?.file).toBe('run.sh');
  expect(`${placed.slice((origin?.span?.start ?? 0) - 5, (origin?.span?.end ?? 0) - 5)}\n`).toBe(placed);
});

test('what the writer writes is read back', () => {
  const text = `docker run ${[...runOptions(everyField), ...runArguments(everyField)].join(' ')}`;
  const back = container(text);
  const [, , , share, cache] = everyField.mounts;
  expect(withoutSecrets(back)).toEqual(
    withoutSecrets({
      ...everyField,
      // The writer keeps secrets to itself, and docker run has no word for these.
      command: ['-c', 'exec web "$HOME"', '--password', '[redacted]'],
      entrypoint: ['/bin/sh'],
      mounts: everyField.mounts.map((mount) => {
        if (mount === share) return { ...mount, options: { ...mount.options, o: 'username=web,password=[redacted]' } };
        if (mount !== cache) return mount;
        const { source: _source, ...nameless } = mount;
        return nameless;
      }),
      deviceRequests: ['vendor.example/class=one', 'nvidia'],
      environment: [{ name: 'DATABASE', value: new Secret('') }],
      labels: { owner: "it's $HOME", 'db.password': '[redacted]' },
      healthCheck: { test: ['CMD-SHELL', "/bin/check 'a b'"] },
      logging: {
        driver: 'splunk',
        options: { 'splunk-token': '[redacted]', 'splunk-url': 'https://[redacted]@logs' },
      },
      resources: { ...everyField.resources, blockIoThrottles: undefined },
    }),
  );
  expect([...runOptions(back), ...runArguments(back)].toSorted()).toEqual(
    [...runOptions(everyField), ...runArguments(everyField)]
      .map((option) => option.replace(/^--health-cmd=.*/s, `--health-cmd=${shellWord("/bin/check 'a b'")}`))
      .toSorted(),
  );
});

test('no words make it throw', () => {
  const piece = oneof(
    string(),
    constantFrom('-v', '--mount', '-p', '--ulimit', '--gpus', '--device', '--network', '-m', '--security-opt', '-e'),
    constantFrom(':', '::', '=', ',', '"', '$X', '${X:-', '[::]:', '-', '99999999999', 'type=bind', '{{ x }}'),
  );
  assert(
    property(array(piece), constantFrom('docker', 'podman', 'nerdctl'), (words, program) => {
      const { subjects } = read(`${program} run ${words.map(shellWord).join(' ')} img`);
      for (const { value } of subjects) (value as ContainerSpec).locate('mounts[0]');
    }),
  );
});
