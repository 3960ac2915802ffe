import { parentPort, workerData } from 'node:worker_threads';
import type { FileRange } from './blob-store.ts';
import { hashRange } from './range-hash.ts';

/** What `digestOfRange` hands to a thread of its own, and is answered with the digest. */
export interface HashTask {
  readonly range: FileRange;
  readonly algorithm: string;
}

const { range, algorithm } = workerData as HashTask;
const hashing = hashRange(range, algorithm);
let step = hashing.next();
while (!step.done) step = hashing.next();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- of windows, and this is a thread's port
parentPort?.postMessage(step.value);
