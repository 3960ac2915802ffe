import { expect, test } from 'vitest';
import { container, exemplarEffective, hidden, judge, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { containerNoSshd as control } from './container-no-sshd.ts';

const processes = (...names: string[]) =>
  known(
    names.map((name, index) => ({ pid: 412 + index, parent: 411 + index, name, hostUid: 0 })),
    'kernel',
    '/sys/fs/cgroup/f0/cgroup.procs',
  );
const listeners = (port: number, protocol: 'tcp' | 'tcp6' | 'udp' = 'tcp') =>
  known([{ protocol, address: '::', port }], 'kernel', '/proc/412/net/tcp6');
const remote = (change: SpecChange) => ({ ...container(change), state: 'running' as const });
const paper = (change: SpecChange) => judge(control, container(change));

test.each(['sshd', 'dropbear'])('a process named %s fails', (name) => {
  const verdict = judge(control, running({ processes: processes('web', name) }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]).toMatchObject({ source: 'kernel', value: [`${name} (413)`] });
});

// docker-bench 5.7 takes any line of `ps` that contains "sshd", its own grep and, with pid=host, the host's server.
test("only the exact name in its own cgroup counts, with the host's PID namespace too", () => {
  const subject = running(
    { processes: processes('web', 'sshd-exporter', 'grep', 'ssh') },
    { namespaces: { pid: 'host' } },
  );
  expect(judge(control, subject).status).toBe('pass');
});

test('something that listens on port 22 in its own network namespace fails', () => {
  expect(judge(control, running({ listeners: listeners(22, 'tcp6') })).status).toBe('fail');
  expect(judge(control, running({ listeners: listeners(2222) })).status).toBe('pass');
  expect(judge(control, running({ listeners: listeners(22, 'udp') })).status).toBe('pass');
  expect(judge(control, running({ processes: hidden, listeners: listeners(22) })).status).toBe('fail');
});

test('port 22 of the host, or of the container whose network it joins, is not its own', () => {
  const host = { link: 'net:[4026531840]', host: true };
  const namespaces = { ...exemplarEffective.namespaces, network: known(host, 'kernel', '/proc/412/ns/net') };
  expect(judge(control, running({ namespaces, listeners: listeners(22) })).status).toBe('pass');
  const joined = running({ listeners: listeners(22) }, { namespaces: { network: 'container:ab12' } });
  expect(judge(control, joined).status).toBe('pass');
});

test('the processes outrank the command, both ways', () => {
  expect(judge(control, running({}, { command: ['/usr/sbin/sshd'] })).status).toBe('pass');
  expect(judge(control, running({ processes: processes('sshd') })).status).toBe('fail');
});

test('processes that cannot be read are unknown, unless the paper already says it', () => {
  expect(judge(control, running({ processes: hidden })).status).toBe('unknown');
  expect(judge(control, remote({})).status).toBe('unknown');
  expect(judge(control, remote({ command: ['sshd', '-D'] })).status).toBe('fail');
});

test.each<[string[], string[]]>([
  [[], ['/usr/sbin/sshd', '-D']],
  [['/usr/sbin/dropbear'], ['-F']],
  [['/docker-entrypoint.sh'], ['sshd', '-De']],
  [['tini', '-g', '--'], ['/usr/sbin/sshd']],
  [['/sbin/tini', '-s', '/usr/sbin/sshd'], []],
  [[], ['/bin/sh', '-c', 'ssh-keygen -A && exec /usr/sbin/sshd -D']],
  [['/bin/bash', '-lc'], ['service ssh start; nginx']],
  [[], ['sh', '-ec', 'LANG=C /etc/init.d/ssh start']],
])('%j %j starts an SSH server', (entrypoint, command) => {
  expect(paper({ entrypoint, command }).status).toBe('fail');
});

test.each<[string[], string[]]>([
  [[], ['ssh', '-N', 'bastion']],
  [[], ['sh', '-c', 'cat /etc/ssh/sshd_config']],
  [[], ['sh', '-c', 'exec ssh-agent -D']],
  [['/usr/bin/fail2ban'], ['--jail', 'sshd']],
  [['sh'], []],
])('%j %j starts none', (entrypoint, command) => {
  expect(paper({ entrypoint, command }).status).toBe('pass');
});

test('a declared port 22 counts on paper alone', () => {
  const port = { containerPort: 22, hostPort: 2222, protocol: 'tcp' } as const;
  expect(paper({ ports: [port] })).toMatchObject({ status: 'fail', field: 'ports[0]' });
  expect(paper({ exposedPorts: ['80/tcp', '22/tcp'] })).toMatchObject({ status: 'fail', field: 'exposedPorts[1]' });
  expect(paper({ exposedPorts: ['22/udp', '2222/tcp'] }).status).toBe('pass');
  expect(judge(control, running({}, { ports: [port] })).status).toBe('pass');
});

test('a command that the image chooses is not judged here', () => {
  expect(paper({ entrypoint: [], command: [] }).status).toBe('not-applicable');
});

test('a site can name other servers', () => {
  const subject = running({ processes: processes('tinysshd') });
  expect(judge(control, subject).status).toBe('pass');
  expect(judge(control, subject, { parameters: { names: ['tinysshd'] } }).status).toBe('fail');
});

test('no argument of the command appears in the verdict', () => {
  const words = { entrypoint: ['/usr/bin/login'], command: ['hunter2', '--password=hunter3'] };
  const script = { entrypoint: [], command: ['sh', '-c', 'PASSWORD="hunter2 hunter3" app'] };
  for (const change of [words, script]) expect(JSON.stringify(paper(change))).not.toMatch(/hunter/);
});
