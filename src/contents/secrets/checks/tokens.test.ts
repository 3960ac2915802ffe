import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../../test/cataloged.ts';
import { secretRules } from '../rules/all.ts';
import { sampleOf } from '../samples/samples.fixture.ts';
import { drawn, drawsOf } from '../samples/template.fixture.ts';
import { placeOfFile } from '../place.ts';
import { findInFile } from '../secrets.ts';

function found(text: string, path = 'app/notes.conf') {
  return findInFile(path, contentOf(Buffer.from(text)));
}

/** The same text with another last character. */
function broken(text: string): string {
  return text.slice(0, -1) + (text.endsWith('x') ? 'y' : 'x');
}

describe('tokens with a checksum', () => {
  test.each(['github-token', 'github-oauth-token', 'npm-token', 'grafana-token', 'pypi-token'])('%s', (rule) => {
    const { text } = sampleOf(rule);
    expect(found(text)).toMatchObject([{ rule, verified: true, severity: 'critical' }]);
    const cut =
      rule === 'pypi-token'
        ? text.slice(0, -8)
        : rule === 'grafana-token'
          ? `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
          : broken(text);
    expect(found(cut)).toMatchObject([{ rule, verified: false, severity: 'low' }]);
  });

  test('one that holds counts wherever it stands, one that does not only where it may be meant', () => {
    const { text } = sampleOf('npm-token');
    expect(found(text, 'app/node_modules/a/test/login.js')).toMatchObject([{ verified: true, severity: 'critical' }]);
    expect(found(broken(text), 'app/node_modules/a/test/login.js')).toEqual([]);
    expect(found(broken(text), 'app/README.md')).toEqual([]);
  });

  test('a routable token of GitLab', () => {
    const body = `${['gl', 'pat-'].join('')}${drawn('w', 27, drawsOf('gitlab'))}.01`;
    // CRC-32 of the body, worked out by the provider's own recipe.
    const sum = crc(body).toString(36).padStart(7, '0');
    expect(found(body + sum)).toMatchObject([{ rule: 'gitlab-token', verified: true }]);
    expect(found(`${body}0000000`)).toMatchObject([{ rule: 'gitlab-token', verified: false }]);
  });

  test.each(['bitcoin-extended-key', 'bitcoin-private-key', 'age-key'])('%s is none without its checksum', (rule) => {
    const { text } = sampleOf(rule);
    expect(found(text)).toMatchObject([{ rule, verified: true }]);
    const other =
      rule === 'age-key'
        ? text.slice(0, -1) + (text.endsWith('Q') ? 'P' : 'Q')
        : text.slice(0, -1) + (text.endsWith('2') ? '3' : '2');
    expect(found(other).filter(({ rule: id }) => id === rule)).toEqual([]);
  });
});

function crc(text: string): number {
  let sum = ~0;
  for (const byte of Buffer.from(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

describe('access key identifiers of AWS', () => {
  const start = ['AK', 'IA'].join('');

  test('hold the number of an account', () => {
    // 171436882533, as the provider's own service says of it.
    expect(found(`${start}SP2TPHJSQH3FJRUX`)).toMatchObject([{ rule: 'aws-access-key', masked: `${start}…` }]);
    expect(found(`${start}7777777777777AB2`)).toEqual([]);
  });

  test('the one of the documentation is none, nor what stands in a longer word', () => {
    expect(found(`${start}IOSFODNN7EXAMPLE`)).toEqual([]);
    expect(found(`x${start}SP2TPHJSQH3FJRUX`)).toEqual([]);
    expect(found(`${start}SP2TPHJSQH3FJRUXab`)).toEqual([]);
  });
});

function token(header: object, payload: object): string {
  const parts = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return [...parts, drawn('w', 43, drawsOf('signature'))].join('.');
}

describe('JSON web tokens', () => {
  const signed = { alg: 'HS256', typ: 'JWT' };

  test('are told apart by what is in them', () => {
    expect(found(token(signed, { sub: '8712', scope: 'all' }))).toMatchObject([{ rule: 'json-web-token' }]);
    expect(found(token(signed, { role: 'service_role', iss: 'supabase' }))).toMatchObject([
      { rule: 'supabase-service-role-key' },
    ]);
    expect(found(token(signed, { iss: 'kubernetes/serviceaccount' }))).toMatchObject([
      { rule: 'kubernetes-service-account-token', severity: 'critical' },
    ]);
  });

  test('are none where everybody has them', () => {
    expect(found(token(signed, { sub: '1234567890', name: 'John Doe', iat: 1516239022 }))).toEqual([]);
    expect(found(token(signed, { role: 'anon', iss: 'supabase' }))).toEqual([]);
    expect(found(token({ alg: 'none' }, { sub: '8712' }))).toEqual([]);
    expect(found(`eyJ${'a'.repeat(30)}.eyJ${'b'.repeat(30)}.${'c1'.repeat(20)}`)).toEqual([]);
  });
});

function auth(login: string): string {
  return JSON.stringify({ auths: { 'registry.tld': { auth: Buffer.from(login).toString('base64') } } });
}

test('logins of registries are decoded: a password must be in them', () => {
  expect(found(auth('me:Kx93-fTe'), 'root/.docker/config.json')).toMatchObject([{ rule: 'docker-registry-login' }]);
  expect(found(auth('${USER}:${PASSWORD}'), 'root/.docker/config.json')).toEqual([]);
  expect(found(auth('no colon at all'), 'root/.docker/config.json')).toEqual([]);
});

test('checks take whatever a pattern may hand to them', () => {
  const place = placeOfFile('app/config.yaml');
  const checks = secretRules.flatMap(({ check }) => (check ? [check] : []));
  assert(
    property(
      constantFrom(...checks),
      tuple(string({ unit: 'binary' }), string(), string()),
      (check, [secret, whole, before]) => {
        expect(() => check({ secret, whole, before, place })).not.toThrow();
      },
    ),
    { numRuns: 2000 },
  );
});
