import { createHash, type Hash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { PlimsollError } from '../../model/error.ts';
import type { FileRange } from './blob-store.ts';
import { readInto } from './tar-window.ts';

const digestForms: Readonly<Record<string, RegExp>> = {
  sha256: /^[\da-f]{64}$/,
  sha384: /^[\da-f]{96}$/,
  sha512: /^[\da-f]{128}$/,
};

/** Whether it is a digest as engines write it, by an algorithm that can be verified. It may then be part of a path. */
export function isDigest(text: string): boolean {
  const colon = text.indexOf(':');
  const algorithm = text.slice(0, colon);
  return Object.hasOwn(digestForms, algorithm) && digestForms[algorithm]?.test(text.slice(colon + 1)) === true;
}

/** Takes bytes, and tells their digest by the algorithm of `digest`. */
export function hashLike(digest: string): Hash {
  return createHash(algorithmOf(digest));
}

/** `sha256:…` of what a hash was fed with. It ends with that. */
export function digestFrom(hash: Hash, like: string): string {
  return `${algorithmOf(like)}:${hash.digest('hex')}`;
}

export function digestOf(bytes: Buffer, like = 'sha256:'): string {
  return digestFrom(hashLike(like).update(bytes), like);
}

function algorithmOf(digest: string): string {
  return digest.slice(0, digest.indexOf(':'));
}

const pieceSize = 1024 ** 2;
/** Pieces between which others get their turn. */
const piecesAtOnce = 16;

/** @throws the file system's error */
export async function digestOfRange(range: FileRange, like: string): Promise<string> {
  const hash = hashLike(like);
  const piece = Buffer.allocUnsafeSlow(Math.min(pieceSize, range.size));
  let position = 0;
  for (let count = 1; position < range.size; count += 1) {
    const length = readInto(range, position, piece.subarray(0, Math.min(piece.length, range.size - position)));
    if (length === 0) break;
    hash.update(piece.subarray(0, length));
    position += length;
    if (count % piecesAtOnce === 0) await turn();
  }
  return digestFrom(hash, like);
}

/** Hands chunks on, and has hashes take them. */
export async function* hashing(
  chunks: AsyncIterable<Buffer>,
  ...hashes: readonly Hash[]
): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    for (const hash of hashes) hash.update(chunk);
    yield chunk;
  }
}

/** @throws PlimsollError where they differ: nothing that was read may be taken for part of the image */
export function checkDigest(name: string, expected: string, found: string): void {
  if (expected === found) return;
  throw new PlimsollError(
    'image-digest',
    {
      en: `${name} is not what it should be: its digest is ${found} instead of ${expected}`,
      zh: `${name} 与应有内容不符：其摘要为 ${found}，应为 ${expected}`,
    },
    {
      en: 'Nothing in it is trusted. Save or pull the image again, and see what changed it on the way.',
      zh: '其内容不可信。请重新导出或拉取镜像，并查明途中被谁更改。',
    },
  );
}
