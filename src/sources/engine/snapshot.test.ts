import { expect, onTestFinished, test } from 'vitest';
import { type Answers, raw, status } from '../../../test/answers.ts';
import { startFakeEngine } from '../../../test/fake-engine.ts';
import { containerAnswers, docker29, inspected, podman5 } from '../../../test/recorded-engines.ts';
import { PlimsollError } from '../../model/error.ts';
import { openEngineClient } from './client.ts';
import { negotiate } from './negotiate.ts';
import { emptySnapshot, readSnapshot } from './snapshot.ts';

async function read(answers: Answers) {
  const engine = await startFakeEngine(answers);
  onTestFinished(() => engine.close());
  const client = await openEngineClient(engine.address);
  const view = { processes: [], cgroups: undefined, hostNamespaces: {} };
  const snapshot = await readSnapshot(client, await negotiate(client), { view, local: false });
  client.close();
  return { ...snapshot, requests: engine.requests };
}

test('everything is asked for in the API that was agreed on', async () => {
  const { facts, containers, gaps, requests } = await read({ ...docker29, ...containerAnswers(inspected('web')) });
  expect(facts).toMatchObject({
    kind: 'docker',
    version: { known: true, value: { version: '29.1.3' }, path: 'GET /version' },
    info: { known: true, value: { name: 'harbour' }, path: 'GET /info' },
    bridge: { known: true, value: { name: 'bridge' } },
    images: { known: true, value: [{ tags: ['busybox:1'], digests: [], created: 1_795_301_759 }] },
  });
  expect(containers).toHaveLength(1);
  expect(gaps).toEqual([]);
  expect(requests.slice(1).every((request) => request.startsWith('GET /v1.52/'))).toBe(true);
});

test('Podman has no network called bridge', async () => {
  const { facts } = await read(podman5);
  expect(facts.kind).toBe('podman');
  expect(facts.bridge).toMatchObject({ known: true, value: null });
});

test('images without a name have no tags', async () => {
  const { facts } = await read({
    '/images/json': [{ Id: 'sha256:0a', RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'], Created: 1 }, {}],
  });
  expect(facts.images).toMatchObject({
    value: [
      { id: 'sha256:0a', tags: [], digests: [], created: 1 },
      { id: '', tags: [], digests: [], created: 0 },
    ],
  });
});

test.each<[string, Answers[string]]>([
  ['a refusal', status(500, { message: 'no' })],
  ['nothing there', status(404)],
  ['a list', ['odd']],
  ['a text', 'odd'],
  ['a page', raw('<html></html>')],
])('%s instead of GET /info is unknown, not an engine without security options', async (_, answer) => {
  const { facts } = await read({ '/info': answer });
  expect(facts.info).toMatchObject({ known: false, path: 'GET /info' });
  expect(facts.images.known).toBe(true);
});

test('images that are no list are unknown', async () => {
  const { facts } = await read({ '/images/json': { message: 'hello' } });
  expect(facts.images).toMatchObject({ known: false, path: 'GET /images/json' });
});

test('a network that is no object is unknown', async () => {
  const { facts } = await read({ '/networks/bridge': 'hello' });
  expect(facts.bridge).toMatchObject({ known: false, path: 'GET /networks/bridge' });
});

test('of an engine that could not be asked nothing is known, and why', () => {
  const error = new PlimsollError('engine-not-found', { en: 'there is no socket', zh: '没有套接字' });
  const { facts, containers, gaps } = emptySnapshot(error);
  const { kind: _kind, ...unknown } = facts;
  expect(Object.values(unknown).map(({ known }) => known)).not.toContain(true);
  expect(unknown.info).toMatchObject({ reason: error.text });
  expect(containers).toEqual([]);
  expect(gaps).toMatchObject([{ path: 'GET /containers/json', reason: error.text }]);
});

test('networks have those members that the containers name, and volumes their users', async () => {
  const Mounts = [{ Type: 'volume', Name: 'data', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data' }];
  const { facts } = await read({
    '/networks': [{ Name: 'bridge', Id: 'e3', Driver: 'bridge', Containers: {} }],
    '/volumes': { Volumes: [{ Name: 'data' }, { Name: 'old' }] },
    ...containerAnswers(inspected('web', { state: 'running' }), inspected('db', { Mounts })),
  });
  expect(facts.networks).toMatchObject({ value: [{ members: [{ name: 'web', ipv4: '172.17.0.2' }] }] });
  expect(facts.volumes).toMatchObject({ value: [{ usedBy: ['db'] }, { usedBy: [] }] });
});
