import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { advisoryPart, osvRecord } from '../../test/feed-parts.ts';
import { scannedImage } from '../../test/scanned-images.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { openImages } from '../store/image-database.ts';
import { imageFile } from '../store/image-file.ts';
import { rememberImage } from '../store/remember-image.ts';
import { openAdvisoryDatabase } from './advisory-database.ts';
import { importFeeds } from './import-feeds.ts';
import { seenEcosystems } from './seen-ecosystems.ts';
import { storeFile } from './store-file.ts';

async function importNpm(folder: string): Promise<void> {
  const database = openAdvisoryDatabase(storeFile(folder), { writes: true });
  const record = osvRecord('GHSA-1', 'npm', 'left-pad', [{ introduced: '0' }]);
  await importFeeds(database, [advisoryPart('npm', [record])], { now: 1 });
  database.close();
}

test('are those whose advisories are there, and those of images that were scanned', async () => {
  using folder = temporaryFolder();
  expect(seenEcosystems(folder.path)).toEqual([]);
  await importNpm(folder.path);
  expect(seenEcosystems(folder.path)).toEqual(['npm']);
  const images = openImages(folder.path);
  rememberImage(images, scannedImage({ ecosystems: ['npm', 'Debian'] }));
  images.close();
  expect(seenEcosystems(folder.path)).toEqual(['npm', 'Debian']);
});

test('what is remembered of images is no hindrance where it is damaged', async () => {
  using folder = temporaryFolder();
  await importNpm(folder.path);
  writeFileSync(imageFile(folder.path), 'nothing of the kind'.repeat(100));
  expect(seenEcosystems(folder.path)).toEqual(['npm']);
});
