import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Answers, hangUpHalfWay, inTurn, raw, status } from '../../../test/answers.ts';
import { startFakeEngine } from '../../../test/fake-engine.ts';
import { containerAnswers, idOf, inspected } from '../../../test/recorded-engines.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { openEngineClient } from './client.ts';
import { type ContainerQuery, readContainers } from './containers.ts';

async function read(answers: Answers, options: Partial<ContainerQuery> = {}) {
  const engine = await startFakeEngine(answers);
  onTestFinished(() => engine.close());
  const client = await openEngineClient(engine.address);
  const view = { processes: [], cgroups: undefined, hostNamespaces: {} };
  const reading = await readContainers({ client, prefix: '/v1.41', view, local: false, ...options });
  client.close();
  return { ...reading, requests: engine.requests };
}

test('every container is read, running or not, in the order of their names', async () => {
  const { containers, gaps, requests } = await read(
    containerAnswers(inspected('web', { state: 'running' }), inspected('db'), inspected('cache', { state: 'created' })),
  );
  expect(containers.map(({ name, state }) => [name, state])).toEqual([
    ['cache', 'stopped'],
    ['db', 'stopped'],
    ['web', 'running'],
  ]);
  expect(gaps).toEqual([]);
  expect(requests).toContain('GET /v1.41/containers/json?all=1');
});

test('an engine without containers has none, and no gap', async () => {
  expect(await read({})).toMatchObject({ containers: [], gaps: [] });
});

test('a container that is removed between list and inspect is left out, and is no gap', async () => {
  const gone = `/containers/${idOf('gone')}/json`;
  const { containers, gaps } = await read({
    ...containerAnswers(inspected('stays'), inspected('gone')),
    [gone]: status(404, { message: `No such container: ${idOf('gone')}` }),
  });
  expect(containers.map(({ name }) => name)).toEqual(['stays']);
  expect(gaps).toEqual([]);
});

test('a container that cannot be inspected is a gap that names it, and costs no other', async () => {
  const { containers, gaps } = await read({
    ...containerAnswers(inspected('good'), inspected('bad')),
    [`/containers/${idOf('bad')}/json`]: status(500, { message: 'layer not known' }),
  });
  expect(containers.map(({ name }) => name)).toEqual(['good']);
  expect(gaps).toHaveLength(1);
  expect(gaps[0]).toMatchObject({ known: false, path: `GET /containers/${idOf('bad')}/json` });
  expect(gaps[0]?.reason.en).toContain('layer not known');
});

test('an engine that goes away half way leaves gaps', async () => {
  const [first, second] = [`/containers/${idOf('a')}/json`, `/containers/${idOf('b')}/json`];
  const { containers, gaps } = await read({
    ...containerAnswers(inspected('a'), inspected('b')),
    [first]: hangUpHalfWay,
    [second]: hangUpHalfWay,
  });
  expect(containers).toEqual([]);
  expect(gaps.map(({ path }) => path).toSorted()).toEqual([`GET ${first}`, `GET ${second}`].toSorted());
  expect(gaps[0]?.reason.en).toContain('went away');
});

test.each<[string, Answers]>([
  ['is refused', { '/containers/json': status(403, { message: 'denied' }) }],
  ['is not there', { '/containers/json': status(404) }],
  ['is no list', { '/containers/json': { message: 'hello' } }],
  ['is null', { '/containers/json': null }],
  ['names no ids', { '/containers/json': [{ Names: ['/web'] }] }],
  ['is no JSON', { '/containers/json': raw('<html></html>') }],
])('a list of containers that %s is a gap, not an engine without containers', async (_, answers) => {
  const { containers, gaps } = await read(answers);
  expect(containers).toEqual([]);
  expect(gaps.map(({ path }) => path)).toEqual(['GET /containers/json?all=1']);
});

test.each<[string, Answers[string]]>([
  ['a list', []],
  ['a text', 'web'],
  ['an object without an id', { message: 'hello' }],
])('an inspected container that is %s is a gap, not a container', async (_, answer) => {
  const path = `/containers/${idOf('web')}/json`;
  const { containers, gaps } = await read({ ...containerAnswers(inspected('web')), [path]: answer });
  expect(containers).toEqual([]);
  expect(gaps.map((gap) => gap.path)).toEqual([`GET ${path}`]);
});

test('volumes that cannot be listed are a gap, and containers are there without their options', async () => {
  const { containers, gaps } = await read({ ...containerAnswers(inspected('web')), '/volumes': 'odd' });
  expect(containers).toHaveLength(1);
  expect(gaps.map(({ path }) => path)).toEqual(['GET /volumes']);
});

test('a volume has the options of its driver; a volume that is a bind in disguise has its host path', async () => {
  using folder = temporaryFolder();
  const real = join(folder.path, 'real');
  mkdirSync(real);
  symlinkSync(real, join(folder.path, 'link'));
  const Options = { type: 'none', o: 'bind,ro', device: join(folder.path, 'link') };
  const Mounts = [
    { Type: 'volume', Name: 'data', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data', RW: true },
    { Type: 'bind', Source: join(folder.path, 'link'), Destination: '/bind', RW: true },
    { Type: 'bind', Source: join(folder.path, 'gone/../missing'), Destination: '/gone', RW: true },
  ];
  const answers = {
    ...containerAnswers(inspected('web', { Mounts })),
    '/volumes': {
      Volumes: [
        { Name: 'data', Driver: 'local', Options },
        { Name: 'other', Options: null },
      ],
    },
  };
  const here = await read(answers, { local: true });
  expect(here.containers[0]?.mounts).toMatchObject([
    { kind: 'volume', options: Options, hostPath: real, hostInode: expect.stringMatching(/^\d+:\d+$/) },
    { kind: 'bind', hostPath: real, hostInode: expect.stringMatching(/^\d+:\d+$/) },
    { kind: 'bind', hostPath: join(folder.path, 'missing') },
  ]);
  expect(here.containers[0]?.mounts[2]?.hostInode).toBeUndefined();
  const elsewhere = await read(answers, { local: false });
  expect(elsewhere.containers[0]?.mounts.map(({ hostPath }) => hostPath)).toEqual([undefined, undefined, undefined]);
});

test('networks come from where the container is attached', async () => {
  const NetworkSettings = { Networks: { front: {}, back: {} } };
  const { containers } = await read(containerAnswers(inspected('web', { others: { NetworkSettings } })));
  expect(containers[0]?.networks).toEqual(['front', 'back']);
});

test('changes are asked for, but not where the root cannot be written', async () => {
  const { containers, requests } = await read({
    ...containerAnswers(inspected('web'), inspected('sealed', { HostConfig: { ReadonlyRootfs: true } })),
    [`/containers/${idOf('web')}/changes`]: [{ Path: '/run', Kind: 1 }, { Path: '/etc/passwd', Kind: 0 }, 'odd'],
  });
  const changed = Object.fromEntries(containers.map((each) => [each.name, each.changedPaths]));
  expect(changed.web).toMatchObject({ known: true, value: expect.arrayContaining(['/run', '/etc/passwd']) });
  expect(changed.sealed).toMatchObject({ known: true, value: [] });
  expect(requests.some((request) => request.includes(`${idOf('sealed')}/changes`))).toBe(false);
});

test('nothing changed is null to the engine', async () => {
  const { containers } = await read(containerAnswers(inspected('web')));
  expect(containers[0]?.changedPaths).toMatchObject({ known: true, value: [] });
});

test('changes that are refused are unknown, and the container is there', async () => {
  const { containers, gaps } = await read({
    ...containerAnswers(inspected('web')),
    [`/containers/${idOf('web')}/changes`]: status(403, { message: 'denied' }),
  });
  expect(containers[0]?.changedPaths).toMatchObject({ known: false });
  expect(gaps).toHaveLength(1);
});

test('changes that make no sense are unknown, not none', async () => {
  const { containers } = await read({
    ...containerAnswers(inspected('web')),
    [`/containers/${idOf('web')}/changes`]: { Path: '/etc/passwd' },
  });
  expect(containers[0]?.changedPaths).toMatchObject({ known: false });
});

test('a process with the number of a container’s that is not in its cgroup is not taken for it', async () => {
  const State = { Status: 'running', Running: true, Pid: process.pid };
  const { containers } = await read(containerAnswers(inspected('web', { others: { State } })), { local: true });
  expect(containers[0]?.state).toBe('running');
  expect(containers[0]?.effective).toBeUndefined();
});

test('progress is told for each container', async () => {
  const told: [number, number][] = [];
  const onProgress = (done: number, total: number) => void told.push([done, total]);
  await read(containerAnswers(inspected('a'), inspected('b'), inspected('c')), { onProgress });
  expect(told).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});

test('an answer that differs the second time is asked for once', async () => {
  const path = `/containers/${idOf('web')}/json`;
  const { containers, requests } = await read({
    ...containerAnswers(inspected('web')),
    [path]: inTurn(inspected('web'), status(404)),
  });
  expect(containers).toHaveLength(1);
  expect(requests.filter((request) => request.endsWith(path))).toHaveLength(1);
});
