import type { OpenedImage } from '../../model/opened-image.ts';
import type { ArchiveFile, WantedImage } from './archive-file.ts';
import { noneCalled } from './manifest-reference.ts';
import { fileLayer } from './tar-file.ts';

/**
 * A root file system, as `docker export` writes it: one layer, of which nothing is promised.
 *
 * @throws PlimsollError where an image in it was asked for
 */
export function openRootArchive({ path, range }: ArchiveFile, { image }: WantedImage): OpenedImage {
  if (image !== undefined) throw noneCalled(image, [], path);
  return {
    kind: 'archive',
    name: path,
    source: path,
    layers: [{ source: fileLayer({ range, name: path }) }],
    gaps: [],
    close: () => Promise.resolve(),
  };
}
