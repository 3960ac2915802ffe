import { release } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { type Answer, type Answers, raw } from '../../../test/answers.ts';
import { startFakeEngine } from '../../../test/fake-engine.ts';
import { failureOf } from '../../../test/failure.ts';
import { docker20Version, docker29, podman4, podman5, tooNew, tooOld } from '../../../test/recorded-engines.ts';
import { openEngineClient } from './client.ts';
import { compareApiVersions, negotiate } from './negotiate.ts';

async function negotiateWith(answers: Answers) {
  const engine = await startFakeEngine(answers);
  onTestFinished(() => engine.close());
  const client = await openEngineClient(engine.address);
  return negotiate(client).finally(() => client.close());
}

const versioned = (version: Answer): Answers => ({ '/version': version });

test('Docker 20.10 is spoken to in its own API', async () => {
  await expect(negotiateWith({})).resolves.toEqual({
    kind: 'docker',
    kernel: release(),
    prefix: '/v1.41',
    version: {
      version: '20.10.24+dfsg1',
      apiVersion: '1.41',
      minimumApiVersion: '1.12',
      experimental: false,
      components: {
        Engine: '20.10.24+dfsg1',
        containerd: '1.6.20~ds1',
        runc: '1.1.5+ds1',
        'docker-init': '0.19.0',
      },
    },
  });
});

test('Docker 29, which has left the API of 20.10 behind, is spoken to in its own', async () => {
  await expect(negotiateWith(docker29)).resolves.toMatchObject({
    kind: 'docker',
    prefix: '/v1.52',
    version: { minimumApiVersion: '1.44' },
  });
});

test.each([
  ['4', podman4],
  ['5', podman5],
])('Podman %s is recognised by its components', async (_, answers) => {
  await expect(negotiateWith(answers)).resolves.toMatchObject({ kind: 'podman', prefix: '/v1.41' });
});

test('an engine that is newer but still speaks what is known here is spoken to in that', async () => {
  const version = { ...docker20Version, ApiVersion: '1.99', MinAPIVersion: '1.44' };
  const { prefix } = await negotiateWith(versioned(version));
  expect(compareApiVersions(prefix.slice(2), '1.99')).toBeLessThan(0);
  expect(compareApiVersions(prefix.slice(2), '1.44')).toBeGreaterThan(0);
});

test('an engine that says nothing of its oldest API is spoken to in its only one', async () => {
  const version = { Version: '1.12.0', ApiVersion: '1.24' };
  await expect(negotiateWith(versioned(version))).resolves.toMatchObject({
    prefix: '/v1.24',
    kernel: undefined,
    version: { minimumApiVersion: '1.24', components: {}, experimental: false },
  });
});

test('an API that is too old is refused with the versions and what to do', async () => {
  const error = await failureOf(() => negotiateWith(tooOld));
  expect(error.code).toBe('engine-version');
  expect(error.text.en).toMatch(/^the engine's API 1\.20 is older than 1\.\d+, the oldest that can be read$/);
  expect(error.advice?.en).toContain('Upgrade the engine');
});

test('an API that is too new is refused with the versions and what to do', async () => {
  const error = await failureOf(() => negotiateWith(tooNew));
  expect(error.code).toBe('engine-version');
  expect(error.text.en).toMatch(/^the engine speaks only API 2\.0 and newer, this Plimsoll up to 1\.\d+$/);
  expect(error.advice?.en).toBe('Upgrade Plimsoll.');
});

test.each<[string, Answer]>([
  ['JSON without an API version', { name: 'nginx', status: 'ok' }],
  ['an API version that is none', { Version: '1', ApiVersion: 'latest' }],
  ['an API version of another type', { Version: '1', ApiVersion: 1.41 }],
  ['an API version without a version', { ApiVersion: '1.41' }],
  ['a list', []],
  ['a text', 'hello'],
  ['null', null],
])('%s is no engine', async (_, version) => {
  const error = await failureOf(() => negotiateWith(versioned(version)));
  expect(error.code).toBe('engine-answer');
  expect(error.text.en).toContain('is not a container engine');
  expect(error.advice?.en).toContain('--host');
});

test('a page is no engine', async () => {
  const error = await failureOf(() => negotiateWith(versioned(raw('<!doctype html><title>It works!</title>'))));
  expect(error.code).toBe('engine-answer');
  expect(error.advice?.en).toContain('container engine');
});

test.each([
  ['1.9', '1.41', -1],
  ['1.41', '1.9', 1],
  ['1.41', '1.41', 0],
  ['2.0', '1.99', 1],
])('API %s compared with %s', (left, right, sign) => {
  expect(Math.sign(compareApiVersions(left, right))).toBe(sign);
});
