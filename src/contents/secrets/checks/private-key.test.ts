import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../../test/cataloged.ts';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import { findInFile } from '../secrets.ts';

function found(text: string, path = 'app/key') {
  return findInFile(path, contentOf(Buffer.from(text))).map(({ rule, verified, severity }) => [
    rule,
    verified,
    severity,
  ]);
}

const { privateKey: rsa, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const { privateKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { privateKey: edwards } = generateKeyPairSync('ed25519');

function pem(key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1', cipher?: string): string {
  return key.export({ type, format: 'pem', ...(cipher === undefined ? {} : { cipher, passphrase: 'x' }) }).toString();
}

describe('keys of OpenSSL', () => {
  test.each([
    ['RSA', pem(rsa, 'pkcs1')],
    ['RSA in PKCS #8', pem(rsa, 'pkcs8')],
    ['a curve', pem(curve, 'sec1')],
    ['a curve in PKCS #8', pem(curve, 'pkcs8')],
    ['Ed25519', pem(edwards, 'pkcs8')],
    ['lines that end as on Windows', pem(rsa, 'pkcs1').replaceAll('\n', '\r\n')],
    ['a string with line feeds', JSON.stringify({ key: pem(rsa, 'pkcs8') })],
    ['a block of YAML', `key: |\n${pem(rsa, 'pkcs8').replaceAll(/^/gm, '    ')}`],
    ['no last line', pem(rsa, 'pkcs1').replace(/-----END.*\n/, '')],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([['private-key', true, 'critical']]);
  });

  test.each([
    ['PKCS #8', pem(rsa, 'pkcs8', 'aes-256-cbc')],
    ['the old way', pem(rsa, 'pkcs1', 'aes-128-cbc')],
  ])('under a passphrase, %s', (_, text) => {
    expect(found(text)).toEqual([['encrypted-private-key', true, 'medium']]);
  });

  test('in base64 once more', () => {
    const encoded = Buffer.from(pem(curve, 'pkcs8')).toString('base64');
    expect(found(`client-key-data: ${encoded}\n`, 'root/.kube/config')).toEqual([
      ['encoded-private-key', true, 'critical'],
    ]);
  });

  test('of which the end is missing is one all the same, and not proved', () => {
    expect(found(pem(rsa, 'pkcs1').slice(0, 500))).toEqual([['private-key', false, 'critical']]);
  });

  test('two in one file are two', () => {
    expect(found(pem(rsa, 'pkcs1') + pem(curve, 'sec1'))).toHaveLength(2);
  });
});

test('a public key, a certificate and a key that is only spoken of are none', () => {
  const head = ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ');
  expect(found(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toEqual([]);
  expect(found(pem(rsa, 'pkcs8').replaceAll('PRIVATE KEY', 'CERTIFICATE'))).toEqual([]);
  expect(found(`${head}\n...\n`)).toEqual([]);
  expect(found(`if (text.startsWith("${head}")) { return parse(text, "-----END PRIVATE KEY-----"); }`)).toEqual([]);
  expect(found(`${head}\n${'A'.repeat(800)}\n`)).toEqual([]);
  expect(found(Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })).toString('base64'))).toEqual([]);
});

test('a key in tests is a small matter, one in the tests or documents of others none', () => {
  const key = pem(rsa, 'pkcs1');
  expect(found(key, 'app/tests/server.pem')).toEqual([['private-key', true, 'low']]);
  expect(found(key, 'usr/lib/python3/dist-packages/tls/server.pem')).toEqual([['private-key', true, 'low']]);
  expect(found(key, 'app/node_modules/tls/test/server.pem')).toEqual([]);
  expect(found(key, 'usr/share/doc/tls/README.md')).toEqual([]);
  expect(found(key, 'etc/ssl/private/server.key')).toEqual([['private-key', true, 'critical']]);
});

const sshKeygen = '/usr/bin/ssh-keygen';

test.skipIf(!existsSync(sshKeygen)).each([
  ['', 'private-key'],
  ['secret', 'encrypted-private-key'],
])('keys of OpenSSH (needs ssh-keygen), passphrase "%s"', (passphrase, rule) => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'key');
  for (const type of ['ed25519', 'rsa', 'ecdsa']) {
    const options = type === 'rsa' ? ['-b', '2048'] : [];
    execFileSync(sshKeygen, ['-q', '-t', type, ...options, '-N', passphrase, '-f', `${path}-${type}`]);
    expect(found(readFileSync(`${path}-${type}`, 'utf8'))).toMatchObject([[rule, true, expect.anything()]]);
    expect(found(readFileSync(`${path}-${type}.pub`, 'utf8'))).toEqual([]);
  }
});

const gpg = '/usr/bin/gpg';

test.skipIf(!existsSync(gpg)).each([
  ['', 'rsa1024', 'private-key'],
  ['secret', 'ed25519', 'encrypted-private-key'],
])('keys of OpenPGP (needs gpg), passphrase "%s", %s', (passphrase, algorithm, rule) => {
  using folder = temporaryFolder();
  const home = folder.path;
  const run = (...words: string[]) =>
    execFileSync(
      gpg,
      ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', passphrase, ...words],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).toString();
  try {
    run('--quick-generate-key', algorithm, algorithm, 'default', 'never');
    expect(found(run('--armor', '--export-secret-keys', algorithm))).toMatchObject([[rule, true, expect.anything()]]);
    expect(found(run('--armor', '--export', algorithm))).toEqual([]);
  } finally {
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'], { stdio: 'ignore' });
  }
});
