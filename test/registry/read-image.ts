import type { OpenedImage } from '../../src/model/opened-image.ts';
import { rememberingVisitor } from '../shown-layer.ts';

/** What is in each layer: files with their contents, or why it was not read. */
export async function readLayers(image: OpenedImage): Promise<(Record<string, string> | string)[]> {
  const read: (Record<string, string> | string)[] = [];
  for (const { source, unread } of image.layers) {
    if (!source) {
      read.push(unread?.reason.en ?? '');
      continue;
    }
    const shown = rememberingVisitor();
    await source.read(shown.visitor);
    read.push(Object.fromEntries([...shown.contents].map(([path, bytes]) => [path, bytes.toString()])));
  }
  return read;
}
