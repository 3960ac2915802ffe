import v8 from 'node:v8';

/** Bytes of V8's heap. */
const plenty = 24 * 1024 ** 2;

let isSparing = false;

/**
 * V8 would rather let its heap grow than collect: that is a fifth quicker, and what a small image needs all the same. From a certain size on it is told
 * to collect, so that an image of any size fits. To be called now and then.
 */
export function spareMemory(): void {
  if (isSparing || v8.getHeapStatistics().total_heap_size < plenty) return;
  v8.setFlagsFromString('--optimize-for-size');
  isSparing = true;
}
