import { expect, test } from 'vitest';
import { engine, hidden, info, judge } from '../../../test/subjects.ts';
import { daemonNoInsecureRegistries } from '../daemon/daemon-no-insecure-registries.ts';
import { pulling } from './registry.fixture.ts';
import { registryTls as control } from './registry-tls.ts';

function verdict(repositories: string[], facts = {}) {
  const machine = pulling(repositories, facts);
  return judge(control, machine.engine, { machine });
}

test('registries of which TLS is demanded pass', () => {
  expect(verdict(['nginx', 'registry.example:5000/shop/web', '192.0.2.7:5000/web'])).toMatchObject({
    status: 'pass',
    evidence: [{ path: 'GET /info RegistryConfig' }],
  });
});

test.each([
  ['registry.example:5000/web', { registries: { 'registry.example:5000': false } }],
  ['192.0.2.7:5000/web', { insecureRegistries: ['127.0.0.0/8', '192.0.2.0/24'] }],
  ['registry.example/web', { insecureRegistries: ['0.0.0.0/0'] }],
])('what daemon-no-insecure-registries says of %s is not said twice', (repository, change) => {
  const facts = { info: info(change) };
  expect(verdict([repository], facts).status).toBe('not-applicable');
  expect(judge(daemonNoInsecureRegistries, engine({}, facts)).status).toBe('fail');
});

test('a range without the address, and a registry that is marked secure, pass', () => {
  expect(verdict(['198.51.100.7/web'], { info: info({ insecureRegistries: ['192.0.2.0/24'] }) }).status).toBe('pass');
  const facts = { info: info({ insecureRegistries: ['192.0.2.0/24'], registries: { 'docker.io': true } }) };
  expect(verdict(['nginx'], facts).status).toBe('pass');
});

test('nothing pulled, nothing to ask; nothing readable, nothing known', () => {
  expect(verdict(['']).status).toBe('not-applicable');
  expect(verdict(['nginx'], { info: hidden }).status).toBe('unknown');
  expect(verdict(['nginx'], { images: hidden }).status).toBe('unknown');
});
