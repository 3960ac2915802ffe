import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { openAdvisoryDatabase } from '../src/feeds/advisory-database.ts';
import { type SigningKey, readSigningKey } from '../src/feeds/bundle/signing-key.ts';
import { writeBundle } from '../src/feeds/bundle/write-bundle.ts';
import type { FeedPart } from '../src/feeds/feed-part.ts';
import { importFeeds } from '../src/feeds/import-feeds.ts';
import { storeFile } from '../src/feeds/store-file.ts';
import { advisoryPart, osvRecord } from './feed-parts.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

/** When things are read and made in tests, seconds since 1970. */
export const readAt = Date.UTC(2026, 10, 20, 8) / 1000;
export const madeAt = Date.UTC(2026, 10, 22, 17, 30) / 1000;

/** An export with one record. */
export function leftPad(modified = '2026-11-01T00:00:00Z', digest = '1'.repeat(64)): FeedPart {
  const record = osvRecord('GHSA-1', 'npm', 'left-pad', [{ introduced: '0' }, { fixed: '2.0.0' }], { modified });
  return { ...advisoryPart('npm', [record]), digest };
}

/** Imports into the store of a folder, as a test says when. */
export async function imported(folder: string, parts: readonly FeedPart[] = [leftPad()], now = readAt): Promise<void> {
  const database = openAdvisoryDatabase(storeFile(folder), { writes: true });
  try {
    await importFeeds(database, parts, { now });
  } finally {
    database.close();
  }
}

export interface MadeBundle extends TemporaryFolder {
  readonly bundle: string;
}

/** A folder with a store, and a bundle of it. */
export async function madeBundle(key?: SigningKey): Promise<MadeBundle> {
  const folder = temporaryFolder();
  await imported(folder.path);
  const bundle = join(folder.path, 'bundle.zip');
  const options = { tool: { name: 'plimsoll', version: '0.1.0' }, made: madeAt, ...(key ? { key } : {}) };
  await writeBundle(storeFile(folder.path), bundle, options);
  return { ...folder, bundle };
}

export interface KeyFiles {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** A new pair of keys as openssl writes them. */
export function keyFiles(folder: TemporaryFolder, name = 'key', passphrase?: string): KeyFiles {
  const cipher = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', ...cipher },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    privateKey: folder.write(`${name}.pem`, privateKey),
    publicKey: folder.write(`${name}.pub`, publicKey),
  };
}

/** A key to sign with, and the file by which it is verified. */
export function signingKey(folder: TemporaryFolder): SigningKey & Pick<KeyFiles, 'publicKey'> {
  const { privateKey, publicKey } = keyFiles(folder);
  return { ...readSigningKey(privateKey, undefined), publicKey };
}
