import { expect, test } from 'vitest';
import { engine, host, running } from '../../../test/subjects.ts';
import { hostFileDockerSockMode } from '../../controls/host/host-file-docker-sock-mode.ts';
import { mapFact, known } from '../../model/fact.ts';
import type { FileStatus, HostFileRole } from '../../model/host-file.ts';
import type { FileAccess } from '../../model/plan.ts';
import { type AccessSight, planFileAccess } from './file-access.ts';
import { failureOf, type Files, hostFailure, namesOf, planContext, type Scene } from './host-plan.fixture.ts';

const json = '/etc/docker/daemon.json';
const socket = '/run/docker.sock';
const unit = '/usr/lib/systemd/system/docker.socket';
const mode = (path: string, bits: number) => ({ kind: 'mode' as const, path, mode: bits });
const owner = (path: string, uid: number, gid: number) => ({ kind: 'owner' as const, path, uid, gid });

/** The exemplary host with these files in a role. */
function withFiles(role: HostFileRole, ...files: readonly Partial<FileStatus>[]) {
  const all = files.map((file) => ({
    path: json,
    realPath: file.path ?? json,
    kind: 'file' as const,
    uid: 0,
    gid: 0,
    mode: 0o666,
    ...file,
  }));
  return { files: { ...host().files, [role]: known(all, 'file' as const, json) } };
}

const open = withFiles('engine-configuration', { uid: 1000, gid: 1000 });
const rootsOwn: FileAccess = { mode: 0o755, uid: 0, gid: 0 };

function plan(failures: Parameters<typeof planFileAccess>[0], scene: Scene, sight: Partial<AccessSight> = {}) {
  const files: Files = { [json]: '', [socket]: '', ...scene.files };
  const context = planContext({ facts: open, ...scene, files });
  return planFileAccess(failures, context, { names: namesOf(files), access: () => rootsOwn, uid: 0, ...sight });
}

test('mode and owner of one path are one action', () => {
  const failures = [hostFailure('host-mode', [mode(json, 0o644)]), hostFailure('host-owner', [owner(json, 0, 0)])];
  expect(plan(failures, {})).toMatchObject({
    actions: [
      {
        id: 'file-access/etc/docker/daemon.json',
        answers: [{ control: 'host-mode' }, { control: 'host-owner' }],
        diff: `- ${json} 0666 1000:1000\n+ ${json} 0644 0:0\n`,
        disruption: 'none',
        steps: [{ path: json, before: { mode: 0o666, uid: 1000, gid: 1000 }, after: { mode: 0o644, uid: 0, gid: 0 } }],
      },
    ],
    refused: [],
  });
});

test('paths that one finding names are proven together, others apart', () => {
  const facts = withFiles(
    'registry-certificate',
    { path: '/etc/docker/a' },
    { path: '/etc/docker/b' },
    { path: '/etc/docker/c' },
  );
  const files = { '/etc/docker/a': '', '/etc/docker/b': '', '/etc/docker/c': '' };
  const failures = [
    hostFailure('host-a', [mode('/etc/docker/b', 0o444), mode('/etc/docker/a', 0o444)]),
    hostFailure('host-c', [mode('/etc/docker/c', 0o444)]),
  ];
  const { actions } = plan(failures, { facts, files });
  expect(actions.map(({ id, steps }) => [id, steps.length])).toEqual([
    ['file-access/etc/docker/a', 2],
    ['file-access/etc/docker/c', 1],
  ]);
});

test('a path that is gone or has become a link is refused, and what it belonged to is not said to pass', () => {
  const facts = withFiles('registry-certificate', { path: '/etc/docker/a' }, { path: '/etc/docker/b' });
  const both = hostFailure('host-a', [mode('/etc/docker/a', 0o444), mode('/etc/docker/b', 0o444)]);
  const { actions, refused } = plan([both], {
    facts,
    files: { '/etc/docker/a': '', '/etc/docker/b': '->/etc/shadow', '/etc/shadow': '' },
  });
  expect(actions).toMatchObject([{ answers: [], steps: [{ path: '/etc/docker/a' }] }]);
  expect(refused).toMatchObject([{ reason: { en: '/etc/docker/b now is a link to /etc/shadow' } }]);
  const gone = plan([both], { facts, files: { '/etc/docker/a': '' } });
  expect(gone.refused).toMatchObject([{ reason: { en: '/etc/docker/b now is not there' } }]);
});

test('a link that leads to what others use is refused, one on the way is followed', () => {
  const target = '/etc/ssl/certs/ca.pem';
  const link = '/etc/docker/certs.d/registry.example/ca.crt';
  const failure = hostFailure('host-a', [mode(target, 0o444)]);
  const facts = withFiles('registry-certificate', { path: link, realPath: target });
  expect(plan([failure], { facts, files: { [link]: `->${target}`, [target]: '' } })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: `${link} is a link to ${target}, which others may use too` } }],
  });
  const moved = withFiles('registry-certificate', { path: '/var/run/x/y', realPath: '/run/x/y' });
  const inside = hostFailure('host-a', [mode('/run/x/y', 0o444)]);
  const files = { '/var/run': '->/run', '/run/x/y': '' };
  expect(plan([inside], { facts: moved, files })).toMatchObject({ actions: [{}], refused: [] });
});

test.each([
  [{ mode: 0o755, uid: 1000, gid: 0 }, 0, false],
  [{ mode: 0o777, uid: 0, gid: 0 }, 0, false],
  [{ mode: 0o775, uid: 0, gid: 50 }, 0, false],
  [{ mode: 0o775, uid: 0, gid: 0 }, 0, true],
  [{ mode: 0o1777, uid: 0, gid: 0 }, 0, true],
  // Its owner may rename it there.
  [{ mode: 0o1777, uid: 0, gid: 0 }, 1000, false],
])('below a folder with %j, a file of %i: %s', (folder, uid, isPlanned) => {
  const facts = withFiles('engine-configuration', { uid });
  const access = (path: string) => (path === '/etc' ? folder : rootsOwn);
  const { actions, refused } = plan([hostFailure('host-a', [mode(json, 0o644)])], { facts }, { access });
  expect([actions.length, refused.length]).toEqual(isPlanned ? [1, 0] : [0, 1]);
});

const sockets = withFiles('engine-socket', { path: socket, kind: 'socket', gid: 999 });
const closes = failureOf(hostFileDockerSockMode, host(sockets));
const activated = engine(
  {},
  {
    process: mapFact(engine().process, (process) => ({ ...process, arguments: ['dockerd', '-H', 'fd://'] })),
  },
);

test('a socket that systemd would open again is refused, with the drop-in that mends it', () => {
  const files = {
    [unit]: '[Socket]\nSocketMode=0660\nSocketGroup=docker\n',
    '/etc/systemd/system/docker.socket.d/open.conf': '[Socket]\nSocketMode=0666\n',
  };
  const change = { engine: activated };
  expect(plan([closes], { facts: sockets, files, change })).toMatchObject({
    actions: [],
    refused: [
      { reason: { en: expect.stringContaining('0666') }, commands: expect.arrayContaining(['# SocketMode=0660']) },
    ],
  });
  const mended = { ...files, '/etc/systemd/system/docker.socket.d/z.conf': '[Socket]\nSocketMode=0660\n' };
  const { actions } = plan([closes], { facts: sockets, files: mended, change });
  expect(actions[0]?.summary.en).toContain('is made anew at each start');
});

test('a socket that the engine makes itself is narrow again at each start', () => {
  const { actions, refused } = plan([closes], {
    facts: sockets,
    files: { [unit]: '[Socket]\n' },
    change: { engine: engine() },
  });
  expect(refused).toEqual([]);
  expect(actions).toMatchObject([{ steps: [{ path: socket, after: { mode: 0o660, uid: 0, gid: 999 } }] }]);
  // Without a word systemd opens it to everybody.
  expect(
    plan([closes], { facts: sockets, files: { [unit]: '[Socket]\n' }, change: { engine: activated } }).actions,
  ).toEqual([]);
});

test("containerd's socket gets its owner from containerd's configuration", () => {
  const path = '/run/containerd/containerd.sock';
  const facts = withFiles('containerd-socket', { path, kind: 'socket', mode: 0o660, gid: 50 });
  const failure = hostFailure('host-a', [owner(path, 0, 0)]);
  const toml = (text: string) => ({ [path]: '', '/etc/containerd/config.toml': text });
  const elsewhere = toml('[grpc]\n  address = "x"\n  gid = 0\n[debug]\n  gid = 50\n');
  expect(plan([failure], { facts, files: elsewhere })).toMatchObject({ actions: [{}], refused: [] });
  expect(plan([failure], { facts, files: toml('[grpc]\n  uid = 0\n  gid = 50\n') })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: expect.stringContaining('gid 50') } }],
  });
});

const mount = (hostPath: string) => ({
  kind: 'bind' as const,
  source: hostPath,
  hostPath,
  target: '/x',
  readOnly: true,
  options: {},
});

test('containers that run and are given the file notice', () => {
  const containers = [
    { ...running({}, { name: 'given' }), mounts: [mount('/etc/docker')] },
    { ...running({}, { name: 'beside' }), mounts: [mount('/etc/docker2')] },
    { ...running({}, { name: 'idle' }), mounts: [mount(json)], state: 'stopped' as const },
  ];
  const { actions } = plan([hostFailure('host-a', [mode(json, 0o644)])], { change: { containers } });
  expect(actions[0]?.affects).toMatchObject([{ container: 'given', effect: 'may-break' }]);
});

test('two owners for one path, and a path that was not looked at, are refused', () => {
  const two = [hostFailure('host-a', [owner(json, 0, 0)]), hostFailure('host-b', [owner(json, 5, 5)])];
  expect(plan(two, {})).toMatchObject({ actions: [], refused: [{ control: 'host-a' }, { control: 'host-b' }] });
  expect(plan([hostFailure('host-a', [mode('/srv/x', 0)])], {}).refused).toMatchObject([
    { reason: { en: '/srv/x was not looked at' } },
  ]);
});
