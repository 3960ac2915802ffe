import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasOpenssl, makeCertificates } from '../../../test/certificates.ts';
import { hidden } from '../../../test/subjects.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { known, type KnownFact } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import type { SwarmFacts } from '../../model/swarm.ts';
import { readEngineInfo } from './info.ts';
import { type Ask, readSwarm } from './swarm.ts';
import { cluster, managerInfo, nodes, services, workerInfo } from './swarm.fixture.ts';

const recorded: Record<string, JsonValue> = { '/swarm': cluster, '/nodes': nodes, '/services': services };

/** What is read where the engine answers so, and what it was asked; a path without an answer is refused. */
async function read(Swarm: JsonValue, answers = recorded) {
  const asked: string[] = [];
  const ask: Ask = async (path, change) => {
    asked.push(path);
    const answer = answers[path];
    const where = `GET ${path}`;
    return answer === undefined ? { ...hidden, path: where } : known(change(answer), 'engine-api', where);
  };
  const fact = await readSwarm(known(readEngineInfo({ Swarm }), 'engine-api', 'GET /info'), ask);
  return { fact, asked };
}

async function swarmWith(answers: Record<string, JsonValue>): Promise<SwarmFacts> {
  const { fact } = await read(managerInfo, { ...recorded, ...answers });
  return (fact as KnownFact<SwarmFacts>).value;
}

test('a manager of Docker 20.10', async () => {
  const { fact } = await read(managerInfo);
  expect(fact).toMatchObject({
    path: 'GET /info Swarm',
    value: {
      manager: true,
      managementPort: 23_771,
      autolock: { value: false, path: 'GET /swarm Spec.EncryptionConfig.AutoLockManagers' },
      certificateLifetime: { value: 90 * 86_400_000 },
      authorityEnds: { value: Date.UTC(2046, 10, 17, 5, 54) },
      nodes: { value: [{ name: 'vm', role: 'manager' }] },
      services: { value: [{ name: 'web', secrets: ['db_password'] }] },
    },
  });
  const value = (fact as KnownFact<SwarmFacts>).value;
  const [service] = value.services.known ? value.services.value : [];
  expect(service?.environment.map(({ name }) => name)).toEqual(['LOG_LEVEL', 'DB_PASSWORD_FILE']);
  expect(service?.environment[0]?.value.reveal()).toBe('info');
});

test.each([[{ LocalNodeState: 'inactive' }], [{ LocalNodeState: '' }], [{}]])(
  'an engine in no swarm is not asked about one: %j',
  async (swarm) => {
    const { fact, asked } = await read(swarm);
    expect(fact).toMatchObject({ known: true, value: null });
    expect(asked).toEqual([]);
  },
);

test('a worker is not asked either', async () => {
  const { fact, asked } = await read(workerInfo);
  expect(asked).toEqual([]);
  expect(fact).toMatchObject({
    value: { manager: false, nodes: { known: false }, autolock: { known: false } },
  });
});

test.each(['locked', 'pending', 'error'])('a node that is %s is not one without a swarm', async (state) => {
  const { fact, asked } = await read({ ...managerInfo, LocalNodeState: state });
  expect(fact).toMatchObject({ known: false, path: 'GET /info Swarm' });
  expect(asked).toEqual([]);
});

const neverAsked: Ask = () => Promise.reject(new Error('asked'));

test('an engine that does not answer is unreadable', async () => {
  expect(await readSwarm(hidden, neverAsked)).toBe(hidden);
});

test('what is refused is unreadable by itself', async () => {
  const { fact } = await read(managerInfo, { '/nodes': nodes });
  expect(fact).toMatchObject({
    value: {
      nodes: { known: true },
      services: { known: false, path: 'GET /services' },
      autolock: { known: false },
      certificateLifetime: { known: false },
      authorityEnds: { known: false },
    },
  });
});

test('odd fields are unreadable, odd nodes and services are left out', async () => {
  const swarm = await swarmWith({
    '/swarm': { Spec: { CAConfig: [], EncryptionConfig: { AutoLockManagers: 'yes' } }, TLSInfo: { TrustRoot: 7 } },
    '/nodes': [null, 7, {}],
    '/services': ['odd', { Spec: { TaskTemplate: { ContainerSpec: { Env: [1, 'ALONE'], Secrets: [null, {}] } } } }],
  });
  expect(swarm).toMatchObject({
    autolock: { known: false },
    certificateLifetime: { known: false },
    authorityEnds: { known: false },
    nodes: { value: [{ id: '', role: 'worker' }] },
    services: { value: [{ name: '', environment: [{ name: 'ALONE' }], secrets: [] }] },
  });
});

test('a lifetime of 0 is the default of the engine, not a short one', async () => {
  const swarm = await swarmWith({ '/swarm': { ...cluster, Spec: { CAConfig: { NodeCertExpiry: 0 } } } });
  expect(swarm.certificateLifetime).toMatchObject({ known: false });
});

test('what is no certificate has no end', async () => {
  const TrustRoot = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  const swarm = await swarmWith({ '/swarm': { ...cluster, TLSInfo: { TrustRoot } } });
  expect(swarm.authorityEnds).toMatchObject({ known: false });
});

test.runIf(hasOpenssl)('while the authority rotates, the one that issues counts', async () => {
  using folder = temporaryFolder();
  const { ca } = makeCertificates(folder.path);
  const tls = cluster['TLSInfo'] as { readonly TrustRoot: string; readonly CertIssuerPublicKey: string };
  const end = execFileSync('openssl', ['x509', '-enddate', '-noout', '-in', join(folder.path, 'ca.pem')], {
    encoding: 'utf8',
  });
  const TrustRoot = ca.toString() + tls.TrustRoot;
  const rotating = { ...cluster, RootRotationInProgress: true, TLSInfo: { ...tls, TrustRoot } };
  const swarm = await swarmWith({ '/swarm': rotating });
  expect(swarm).toMatchObject({ authorityRotates: true, authorityEnds: { value: Date.UTC(2046, 10, 17, 5, 54) } });
  // Without the issuer's key the first to end counts.
  const unnamed = await swarmWith({ '/swarm': { ...cluster, TLSInfo: { TrustRoot } } });
  expect(unnamed.authorityEnds).toMatchObject({ value: Date.parse(end.replace('notAfter=', '')) });
});
