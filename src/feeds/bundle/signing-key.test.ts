import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keyFiles } from '../../../test/advisory-bundle.ts';
import { failureOf } from '../../../test/failure.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readSigningKey, readVerifyingKey } from './signing-key.ts';

const bytes = Buffer.from('{"schema":"plimsoll.bundle/1"}\n');
const hasOpenssl = spawnSync('openssl', ['version']).stdout?.toString().startsWith('OpenSSL 3') ?? false;

test('what the one signs the other verifies, and nothing else', () => {
  using folder = temporaryFolder();
  const files = keyFiles(folder);
  const key = readSigningKey(files.privateKey, undefined);
  const verifying = readVerifyingKey(files.publicKey);
  const signature = key.sign(bytes);
  expect(signature).toHaveLength(64);
  expect(verifying.isSignature(bytes, signature)).toBe(true);
  expect(verifying.isSignature(Buffer.concat([bytes, bytes]), signature)).toBe(false);
  expect(verifying.isSignature(bytes, signature.subarray(1))).toBe(false);
  expect(verifying.isSignature(bytes, Buffer.alloc(0))).toBe(false);
  expect(readVerifyingKey(keyFiles(folder, 'other').publicKey).isSignature(bytes, signature)).toBe(false);
});

test('both are told by one fingerprint, which is that of the public key', () => {
  using folder = temporaryFolder();
  const files = keyFiles(folder);
  const der = createPublicKey(readFileSync(files.publicKey)).export({ type: 'spki', format: 'der' });
  const fingerprint = createHash('sha256').update(der).digest('hex');
  expect(readVerifyingKey(files.publicKey).fingerprint).toBe(fingerprint);
  expect(readSigningKey(files.privateKey, undefined).fingerprint).toBe(fingerprint);
});

test.skipIf(!hasOpenssl)('openssl makes keys that are read, and verifies what is signed (needs OpenSSL 3)', () => {
  using folder = temporaryFolder();
  const [key, publicKey] = [join(folder.path, 'key'), join(folder.path, 'key.pub')];
  execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', key]);
  execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-out', publicKey]);
  const manifest = folder.write('manifest.json', bytes);
  const signature = folder.write('manifest.sig', readSigningKey(key, undefined).sign(bytes));
  const verify = [
    'pkeyutl',
    '-verify',
    '-pubin',
    '-inkey',
    publicKey,
    '-rawin',
    '-in',
    manifest,
    '-sigfile',
    signature,
  ];
  expect(execFileSync('openssl', verify).toString()).toContain('Signature Verified Successfully');
});

test('an encrypted key needs its passphrase, which no error tells', async () => {
  using folder = temporaryFolder();
  const { privateKey, publicKey } = keyFiles(folder, 'key', 'open sesame');
  expect(readVerifyingKey(publicKey).isSignature(bytes, readSigningKey(privateKey, 'open sesame').sign(bytes))).toBe(
    true,
  );
  for (const passphrase of [undefined, '']) {
    const error = await failureOf(() => readSigningKey(privateKey, passphrase));
    expect([error.text.en, error.advice?.en]).toEqual([
      `${privateKey} is encrypted`,
      expect.stringContaining('PLIMSOLL_SIGN_KEY_PASSPHRASE'),
    ]);
  }
  const error = await failureOf(() => readSigningKey(privateKey, 'open barley'));
  expect(error.text.en).toContain('cannot be decrypted');
  expect(JSON.stringify([error.text, error.advice])).not.toContain('barley');
});

test('a key may come through a pipe', () => {
  using folder = temporaryFolder();
  const { privateKey } = keyFiles(folder);
  const pipe = join(folder.path, 'pipe');
  execFileSync('mkfifo', [pipe]);
  spawn('sh', ['-c', 'cat "$0" > "$1"', privateKey, pipe], { stdio: 'ignore' });
  expect(readSigningKey(pipe, undefined).sign(bytes)).toHaveLength(64);
});

describe('what is no key is refused', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const files: Readonly<Record<string, string>> = {
    text: 'no key',
    large: '-----BEGIN PRIVATE KEY-----\n'.repeat(5000),
    damaged: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
    damagedPublic: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n',
    rsa: rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    rsaPublic: rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string,
    oldRsa: rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
  };

  test.each([
    ['text', 'is no private key in PEM form'],
    ['large', 'is no private key in PEM form'],
    ['damaged', 'holds a key that cannot be read'],
    ['rsa', 'is a key of another kind than Ed25519'],
    ['oldRsa', 'is no private key in PEM form'],
    ['public', 'is no private key in PEM form'],
    ['nowhere', 'cannot be read: ENOENT'],
    ['.', 'cannot be read: EISDIR'],
  ])('to sign with: %s', async (name, message) => {
    using folder = temporaryFolder(files);
    copyFileSync(keyFiles(folder).publicKey, join(folder.path, 'public'));
    const file = join(folder.path, name);
    expect((await failureOf(() => readSigningKey(file, undefined))).text.en).toContain(`${file} ${message}`);
  });

  test.each([
    ['text', 'is no public key in PEM form'],
    ['damagedPublic', 'holds a key that cannot be read'],
    ['rsaPublic', 'is a key of another kind than Ed25519'],
    ['rsa', 'is a private key, and a signature is verified with the public one'],
    ['oldRsa', 'is a private key, and a signature is verified with the public one'],
    ['nowhere', 'cannot be read: ENOENT'],
  ])('to verify with: %s', async (name, message) => {
    using folder = temporaryFolder(files);
    const file = join(folder.path, name);
    const error = await failureOf(() => readVerifyingKey(file));
    expect(error.text.en).toContain(`${file} ${message}`);
    expect(JSON.stringify([error.text, error.advice])).not.toContain('MII');
  });
});
