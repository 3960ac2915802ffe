import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bareContainer, everyField, secretValue, unspoken } from '../every-field.fixture.ts';
import { runArguments, runOptions } from './docker-run.ts';

const render = (container: typeof everyField) => [...runOptions(container), ...runArguments(container)];

test('every field has an option, but those that docker run cannot say', () => {
  expect(unspoken(render)).toEqual(['resources.blockIoThrottles']);
});

test('a bare container is only named', () => {
  expect(render(bareContainer)).toEqual(['--name=bare', 'bare:1']);
});

// Handed to the client of Docker 28.2, these very options gave a create request with every field as in the model.
test('the options are those that the client reads', () => {
  expect(runOptions(everyField)).toEqual([
    '--name=web',
    '--entrypoint=/bin/sh',
    '--user=10001:10002',
    '--group-add=100',
    '--group-add=audio',
    '--privileged',
    '--cap-drop=cap_net_raw',
    '--cap-add=NET_ADMIN',
    '--security-opt no-new-privileges=true',
    '--security-opt seccomp=unconfined',
    "--security-opt 'apparmor=my profile'",
    '--security-opt label=type:web_t',
    '--security-opt label=level:s0',
    '--security-opt systempaths=unconfined',
    '--read-only',
    '--volumes-from=backup:ro',
    `--mount 'type=bind,"source=/etc,x""y",target=/x,readonly,bind-propagation=rslave,bind-recursive=writable'`,
    '--volume /srv:/srv:rw,Z',
    '--tmpfs /tmp:ro,nosuid,size=64m',
    `--mount 'type=volume,source=share,target=/share,readonly,volume-nocopy,volume-driver=local,volume-opt=type=cifs,volume-opt=device=//nas/share,"volume-opt=o=username=web,password=[redacted]"'`,
    '--mount type=volume,target=/cache',
    '--mount type=image,source=tools:1,target=/tools,readonly,image-subpath=bin',
    '--device=/dev/fuse',
    '--device=/dev/ttyS0:/dev/modem:rw',
    '--device=vendor.example/class=one',
    "--device-cgroup-rule='c 13:* rwm'",
    '--gpus driver=nvidia,count=all',
    '--pid=host',
    '--ipc=host',
    '--uts=host',
    '--userns=host',
    '--cgroupns=host',
    '--sysctl net.core.somaxconn=1024',
    '--ulimit nofile=1024:-1',
    '--memory=256m',
    '--memory-swap=-1',
    '--memory-reservation=1000',
    '--oom-kill-disable',
    '--oom-score-adj=-600',
    '--cpus=1.5',
    '--cpu-shares=512',
    '--cpuset-cpus=0-3,6',
    '--cpuset-mems=0',
    '--pids-limit=200',
    '--blkio-weight=300',
    '--network=host',
    '--network=shop',
    '--network=logs',
    '--publish=127.0.0.1:8080:80',
    "--publish='[::1]:5353:53/udp'",
    '--publish=10.0.0.1::81',
    '--publish=82/sctp',
    '--expose=9000/tcp',
    '--link=db:database',
    '--add-host=host.docker.internal:host-gateway',
    '--env DATABASE',
    String.raw`--label 'owner=it'\''s $HOME'`,
    "--label 'db.password=[redacted]'",
    '--restart=on-failure:5',
    String.raw`--health-cmd='/bin/check '\''a b'\'''`,
    '--log-driver=splunk',
    "--log-opt 'splunk-token=[redacted]'",
    "--log-opt 'splunk-url=https://[redacted]@logs'",
    '--runtime=runsc',
    '--cgroup-parent=/shop.slice',
  ]);
  expect(runArguments(everyField)).toEqual([
    'registry.example/shop/web:1.4.2',
    '-c',
    `'exec web "$HOME"'`,
    '--password',
    "'[redacted]'",
  ]);
});

test('no secret is shown', () => {
  expect(render(everyField).join(' ')).not.toContain(secretValue);
});

test('hostile names reach the client as one word each', () => {
  const hostile = `x'; touch /tmp/pwned; $(id) \`id\` "\n--privileged`;
  const container = {
    ...bareContainer,
    name: hostile,
    image: { reference: hostile },
    user: hostile,
    labels: { [hostile]: hostile },
    command: [hostile],
  };
  const output = execFileSync('bash', ['-c', `printf '%s\\0' ${render(container).join(' ')}`], { encoding: 'utf8' });
  expect(output.split('\0').slice(0, -1)).toEqual([
    `--name=${hostile}`,
    `--user=${hostile}`,
    '--label',
    `${hostile}=${hostile}`,
    hostile,
    hostile,
  ]);
});

test('a profile that the engine keeps as text is named as a file', () => {
  const container = { ...bareContainer, security: { selinux: [], seccomp: '{"defaultAction":"SCMP_ACT_ERRNO"}' } };
  expect(runOptions(container)).toContain('--security-opt seccomp=profile.json');
});

test('what the engine does anyway is not said', () => {
  const namespaces = { network: 'default', pid: 'private', uts: '', user: '', ipc: 'private', cgroup: 'private' };
  expect(runOptions({ ...bareContainer, namespaces, networks: ['bridge'] })).toEqual([
    '--name=bare',
    '--ipc=private',
    '--cgroupns=private',
    '--network=bridge',
  ]);
});

test('a network is named once', () => {
  const container = { ...bareContainer, namespaces: { network: 'shop' }, networks: ['shop', 'logs'] };
  expect(runOptions(container)).toEqual(['--name=bare', '--network=shop', '--network=logs']);
});

test.each([
  [{ test: ['NONE'] }, ['--no-healthcheck']],
  [
    { test: ['CMD-SHELL', 'curl -f http://localhost || exit 1'] },
    ["--health-cmd='curl -f http://localhost || exit 1'"],
  ],
  [{ test: [] }, []],
])('the health check %j', (healthCheck, options) => {
  expect(runOptions({ ...bareContainer, healthCheck }).slice(1)).toEqual(options);
});

test.each([
  [{ name: 'no' }, ['--restart=no']],
  [{ name: 'always', maximumRetries: 0 }, ['--restart=always']],
  [{ name: 'on-failure' }, ['--restart=on-failure']],
  [{}, []],
] as const)('the restart policy %j', (restart, options) => {
  expect(runOptions({ ...bareContainer, restart }).slice(1)).toEqual(options);
});

test('one empty list of hidden paths is enough: they can only be given up together', () => {
  expect(runOptions({ ...bareContainer, maskedPaths: [] })).toContain('--security-opt systempaths=unconfined');
  expect(runOptions({ ...bareContainer, maskedPaths: ['/proc/kcore'] })).toEqual(['--name=bare']);
});
