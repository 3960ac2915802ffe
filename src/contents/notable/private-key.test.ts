import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { privateKey } from './private-key.ts';

const { privateKey: elliptic, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pkcs8 = elliptic.export({ type: 'pkcs8', format: 'pem' }).toString();
const sec1 = elliptic.export({ type: 'sec1', format: 'pem' }).toString();
const encrypted = elliptic
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'four words' })
  .toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function said(written: string | Buffer, path = 'etc/app/server.pem'): string[] {
  return (privateKey.read?.(catalogedFile(path, written)) ?? []).map(({ detail }) => detail);
}

test.each([
  ['PKCS#8', pkcs8, 'PEM'],
  ['SEC 1', sec1, 'PEM EC'],
  ['PKCS#8 with a passphrase', encrypted, 'PEM, encrypted'],
  ['PKCS#1', rsa.export({ type: 'pkcs1', format: 'pem' }).toString(), 'PEM RSA'],
  ['behind a certificate', `-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${sec1}`, 'PEM EC'],
  ['DER', rsa.export({ type: 'pkcs8', format: 'der' }), 'DER'],
  ['PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\n', 'PuTTY'],
  ['PuTTY with a passphrase', 'PuTTY-User-Key-File-2: ssh-rsa\r\nEncryption: aes256-cbc\r\n', 'PuTTY, encrypted'],
  ['GnuPG', 'Created: 20260101T000000\nKey: (private-key (ecc (curve Ed25519)))\n', 'GnuPG'],
  ['GnuPG with a passphrase', 'Created: 20260101T000000\nKey: (protected-private-key (ecc))\n', 'GnuPG, encrypted'],
] as const)('a key in the form %s', (_form, written, detail) => {
  expect(said(written)).toEqual([detail]);
});

test.each([
  ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ['a public key in DER', publicKey.export({ type: 'spki', format: 'der' })],
  ['words about one', 'put it here:\n-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n'],
  ['nothing', ''],
] as const)('%s is none', (_what, written) => {
  expect(said(written)).toEqual([]);
});

test('a key is never told, and what it is called counts for nothing', () => {
  expect(JSON.stringify(privateKey.read?.(catalogedFile('id_rsa', sec1)))).not.toContain(sec1.slice(40, 60));
  expect(createPrivateKey(sec1).type).toBe('private');
  expect(said('just words', 'root/.ssh/id_rsa')).toEqual([]);
});

test.each([
  'usr/lib/python3.12/test/certdata/keycert.pem',
  'app/node_modules/dev-server/ssl/server.pem',
  'root/go/pkg/mod/golang.org/x/crypto/testdata/a.key',
])('what everybody can download is no secret: %s', (path) => {
  expect(said(sec1, path)).toEqual([]);
});

function textOf(value: string): Buffer {
  return Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
}

function numberOf(value: number): Buffer {
  return Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
}

/** A Java key store with entries of these tags, as `keytool` lays it out. */
function javaStore(magic: number, ...tags: readonly (1 | 2)[]): Buffer {
  const entries = tags.flatMap((tag) => [
    numberOf(tag),
    textOf('alias'),
    Buffer.alloc(8),
    ...(tag === 2 ? [textOf('X.509')] : []),
    numberOf(30),
    Buffer.alloc(30, 7),
  ]);
  return Buffer.concat([numberOf(magic), numberOf(2), numberOf(tags.length), ...entries, Buffer.alloc(20)]);
}

test('a store of trusted certificates is none, one with a key among them is', () => {
  expect(said(javaStore(0xfeedfeed, 2, 2), 'etc/ssl/cacerts.jks')).toEqual([]);
  expect(said(javaStore(0xfeedfeed, 2, 1), 'app/server.jks')).toEqual(['JKS']);
  expect(said(javaStore(0xcececece, 1), 'app/server.keystore')).toEqual(['JCEKS']);
});

test('a PKCS#12 file counts where it has a bag for a key', () => {
  const start = Buffer.from('308209d7020103308209', 'hex');
  const bag = (last: string) =>
    Buffer.concat([start, Buffer.alloc(30), Buffer.from(`060b2a864886f70d010c0a01${last}`, 'hex')]);
  expect(said(bag('02'), 'app/a.p12')).toEqual(['PKCS#12']);
  expect(said(bag('03'), 'app/trust.p12')).toEqual([]);
});

test('reads whatever bytes it is given', () => {
  assert(
    property(uint8Array({ maxLength: 300 }), (bytes) => {
      for (const start of ['', '-----BEGIN OPENSSH PRIVATE KEY-----\n', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n']) {
        said(Buffer.concat([Buffer.from(start), Buffer.from(bytes)]));
        said(start + Buffer.from(bytes).toString('base64'));
      }
      for (const magic of ['feedfeed', 'cececece', '3082'])
        said(Buffer.concat([Buffer.from(magic, 'hex'), Buffer.from(bytes)]));
    }),
  );
  said('-----BEGIN PRIVATE KEY-----\n'.repeat(30_000));
});
