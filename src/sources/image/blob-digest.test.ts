import { createHash } from 'node:crypto';
import { closeSync, openSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { digestOfRange } from './blob-digest.ts';

const small = 1000;
/** Is read in a thread of its own. */
const large = 40 * 1024 ** 2;

function digestOf(like: string, bytes: Buffer): string {
  return `${like}:${createHash(like).update(bytes).digest('hex')}`;
}

test.each([
  ['sha256', small],
  ['sha512', small],
  ['sha256', large],
  ['sha512', large],
])('the %s of a part of %d bytes is that of these bytes alone', async (like, size) => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'archive');
  writeFileSync(path, 'before');
  truncateSync(path, size + 100);
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(size);
    bytes.write('fore');
    expect(await digestOfRange({ descriptor, start: 2, size }, `${like}:`)).toBe(digestOf(like, bytes));
  } finally {
    closeSync(descriptor);
  }
});

test.each([
  [small, 0],
  [large, 1],
])('of %d bytes it is taken by %d other threads, so that the caller can go on', async (size, threads) => {
  using folder = temporaryFolder({ archive: '' });
  const path = join(folder.path, 'archive');
  truncateSync(path, size);
  const descriptor = openSync(path, 'r');
  const answers: unknown[] = [];
  const listen = (worker: Worker) => void worker.on('message', (answer) => answers.push(answer));
  process.on('worker', listen);
  try {
    const digest = await digestOfRange({ descriptor, start: 0, size }, 'sha256:');
    expect(answers).toEqual(Array.from({ length: threads }, () => digest.slice('sha256:'.length)));
  } finally {
    process.off('worker', listen);
    closeSync(descriptor);
  }
});

test.each([small, large])('of a file with fewer than %d bytes it is that of all that there is', async (size) => {
  using folder = temporaryFolder({ archive: 'short' });
  const descriptor = openSync(join(folder.path, 'archive'), 'r');
  try {
    expect(await digestOfRange({ descriptor, start: 0, size }, 'sha256:')).toBe(
      digestOf('sha256', Buffer.from('short')),
    );
  } finally {
    closeSync(descriptor);
  }
});

test.each([small, large])('what cannot be read fails with the error of the file system (%d bytes)', async (size) => {
  using folder = temporaryFolder();
  const descriptor = openSync(folder.path, 'r');
  try {
    await expect(digestOfRange({ descriptor, start: 0, size }, 'sha256:')).rejects.toMatchObject({ code: 'EISDIR' });
  } finally {
    closeSync(descriptor);
  }
});
