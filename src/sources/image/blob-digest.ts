import { createHash, type Hash } from 'node:crypto';
import { extname } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { PlimsollError } from '../../model/error.ts';
import type { FileRange } from './blob-store.ts';
import { hashRange } from './range-hash.ts';
import type { HashTask } from './range-hash-worker.ts';

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

/** Bytes; a thread takes 30 ms to start, in which less than this is hashed. */
const worthThread = 32 * 1024 ** 2;

/**
 * The digest of a part of a file. A large part is read in a thread of its own: the caller can read it too meanwhile, if it trusts
 * nothing before this is done.
 *
 * @throws the file system's error
 */
export async function digestOfRange(range: FileRange, like: string): Promise<string> {
  const algorithm = algorithmOf(like);
  const digits = range.size >= worthThread ? await hashInThread({ range, algorithm }) : undefined;
  return `${algorithm}:${digits ?? (await hashHere(range, algorithm))}`;
}

async function hashHere(range: FileRange, algorithm: string): Promise<string> {
  const steps = hashRange(range, algorithm);
  let step = steps.next();
  for (; !step.done; step = steps.next()) await turn();
  return step.value;
}

/** `undefined` where no thread can be had: a Node with permissions may refuse it. What it fails with here, it fails with there. */
async function hashInThread(task: HashTask): Promise<string | undefined> {
  return new Promise((resolve) => {
    try {
      const worker = new Worker(new URL(`./range-hash-worker${extname(import.meta.url)}`, import.meta.url), {
        workerData: task,
      });
      worker.once('message', resolve);
      worker.once('error', () => resolve(undefined));
      worker.once('exit', () => resolve(undefined));
    } catch {
      resolve(undefined);
    }
  });
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
