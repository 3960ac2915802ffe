import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { imageId, scannedImage } from '../../test/scanned-images.ts';
import { image } from '../../test/subjects.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { openImages } from '../store/image-database.ts';
import { imageFile } from '../store/image-file.ts';
import { rememberImage } from '../store/remember-image.ts';
import { withScans } from './attach-scans.ts';

/** An image of an engine of which nobody asked yet whether it was scanned. */
function engineImage(id: string) {
  const { scanned: _scanned, ...rest } = image({ id });
  return rest;
}

test('an image is known by its id, with or without the algorithm; the others were never scanned', () => {
  using temporary = temporaryFolder();
  const database = openImages(temporary.path);
  rememberImage(database, scannedImage());
  database.close();
  const ids = [imageId('1'), imageId('1').replace('sha256:', ''), imageId('2')];
  const scan = {
    scanned: Date.UTC(2026, 5, 1),
    matched: Date.UTC(2026, 5, 1),
    newest: Date.UTC(2026, 4, 31),
    read: Date.UTC(2026, 5, 1),
  };
  expect(withScans(ids.map(engineImage), temporary.path).map(({ scanned }) => scanned)).toMatchObject([
    { known: true, value: scan, path: imageFile(temporary.path) },
    { known: true, value: scan },
    { known: true, value: null },
  ]);
});

test('where nothing is remembered nothing is said, and no file is made', () => {
  using temporary = temporaryFolder();
  expect(withScans([engineImage(imageId('1'))], temporary.path)[0]).not.toHaveProperty('scanned');
  expect(withScans([engineImage(imageId('1'))], `${temporary.path}/nothing`)[0]).not.toHaveProperty('scanned');
});

test('what cannot be read is unknown, with the reason', () => {
  using temporary = temporaryFolder({ 'images.sqlite': 'rubbish '.repeat(1000) });
  chmodSync(imageFile(temporary.path), 0o600);
  expect(withScans([engineImage(imageId('1'))], temporary.path)[0]?.scanned).toMatchObject({
    known: false,
    reason: { en: expect.stringContaining('cannot be used') as string },
  });
});
