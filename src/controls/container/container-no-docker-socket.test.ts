import { expect, test } from 'vitest';
import { container, engine, hidden, host, judge, machine } from '../../../test/subjects.ts';
import type { Mount } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { containerNoDockerSocket as control } from './container-no-docker-socket.ts';

const bind = (source: string, change: Partial<Mount> = {}): Mount => ({
  kind: 'bind',
  source,
  target: '/x',
  readOnly: true,
  options: {},
  ...change,
});
const mounted = (...mounts: Mount[]) => container({ mounts });

test.each([
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/user/1000/docker.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/containerd/containerd.sock.ttrpc',
  '/run/crio/crio.sock',
  '/run/podman//podman.sock',
])("%s is an engine's socket, read-only or not, on this machine or on paper", (path) => {
  expect(judge(control, mounted(bind(path))).status).toBe('fail');
  expect(judge(control, mounted(bind(path, { readOnly: false })), { machine: undefined }).status).toBe('fail');
});

test.each(['/run', '/var/run/', '/var', '/', '/run/containerd', '/var/run/podman'])('%s holds a socket', (path) => {
  const verdict = judge(control, mounted(bind(path)), { machine: undefined });
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('which holds');
});

test.each(['/srv/data', '/run/docker.sock.d', '/running', '/srv/docker.socket', '/run/app'])(
  '%s is no way to an engine',
  (path) => expect(judge(control, mounted(bind(path))).status).toBe('pass'),
);

test('the field is the mount at fault', () => {
  expect(judge(control, mounted(bind('/srv'), bind('/run/docker.sock'))).field).toBe('mounts[1]');
});

test('a link to the socket is followed, and a link that only looks like one is not', () => {
  expect(judge(control, mounted(bind('/srv/api', { hostPath: '/run/docker.sock' }))).status).toBe('fail');
  expect(judge(control, mounted(bind('/run/docker.sock', { hostPath: '/srv/harmless' }))).status).toBe('pass');
});

test('a volume that is a bind in disguise is seen through', () => {
  const options = { type: 'none', o: 'bind', device: '/var/run' };
  const volume: Mount = { kind: 'volume', source: 'cache', target: '/x', readOnly: false, driver: 'local', options };
  expect(judge(control, mounted(volume)).status).toBe('fail');
  expect(judge(control, mounted({ ...volume, options: {} })).status).toBe('pass');
});

test('a socket under another name is recognised by its inode', () => {
  const verdict = judge(control, mounted(bind('/srv/hard-link', { hostInode: '25:1234' })));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('/run/docker.sock');
  expect(judge(control, mounted(bind('/srv/other', { hostInode: '25:9999' }))).status).toBe('pass');
});

test('a socket that the daemon opened elsewhere is recognised by its path', () => {
  const there = bind('/opt/engine/api');
  expect(judge(control, mounted(there)).status).toBe('pass');
  const bySocket = engine({}, { sockets: known({ unix: ['/opt/engine/api'], tcp: [] }, 'kernel', '/proc/net/unix') });
  expect(judge(control, mounted(there), { machine: machine({ engine: bySocket }) }).status).toBe('fail');
  const byEndpoint = engine({}, { endpoint: 'unix:///opt/engine/api' });
  expect(judge(control, mounted(bind('/opt/engine')), { machine: machine({ engine: byEndpoint }) }).status).toBe(
    'fail',
  );
  const runtimeSockets = known([{ path: '/opt/engine/api', inode: '1:2' }], 'kernel', '/proc/net/unix');
  expect(judge(control, mounted(there), { machine: machine({ host: host({ runtimeSockets }) }) }).status).toBe('fail');
});

test("where the machine's sockets cannot be read, names still tell", () => {
  const blind = machine({ engine: engine({}, { sockets: hidden }), host: host({ runtimeSockets: hidden }) });
  expect(judge(control, mounted(bind('/run/docker.sock')), { machine: blind }).status).toBe('fail');
  expect(judge(control, mounted(bind('/srv/data')), { machine: blind }).status).toBe('pass');
});

test.each(['\\\\.\\pipe\\docker_engine', '//./pipe/docker_engine', '\\\\.\\pipe\\containerd-containerd'])(
  "the named pipe %s is an engine's",
  (source) => {
    const verdict = judge(control, mounted(bind(source, { kind: 'npipe' })));
    expect(verdict.status).toBe('fail');
    expect(verdict.field).toBe('mounts[0]');
  },
);

test('another named pipe is not', () => {
  expect(judge(control, mounted(bind('\\\\.\\pipe\\metrics', { kind: 'npipe' }))).status).toBe('pass');
});

test('the remedy takes away that mount and keeps the others', () => {
  const parameters = {};
  const subject = mounted(bind('/srv/data'), bind('/run/docker.sock'), bind('//./pipe/docker_engine'));
  const remedy = control.remedy(subject, { parameters, now: new Date(0), machine: machine() });
  expect(remedy).toMatchObject({ kind: 'spec', change: { mounts: [{ source: '/srv/data' }] } });
});
