import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { imageId, scannedImage, scannedPackage } from '../../test/scanned-images.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { countImages, ecosystemsOfImages, imageAt, rememberedPackages, staleImages } from './compared-images.ts';
import { forgetImages, memoryLimits } from './forget-images.ts';
import { openImages } from './image-database.ts';
import { scansOf } from './image-scans.ts';
import { rememberImage, type ScannedImage } from './remember-image.ts';
import { sharedTexts } from './shared-texts.ts';
import { readStateMark } from './state-mark.ts';

/** What is known of each package of the only image. */
function statesIn(database: DatabaseSync): Record<string, string> {
  const [[number = 0] = []] = [...staleImages(database, '')];
  const image = imageAt(database, number);
  const texts = { package: sharedTexts(database, 'package'), state: sharedTexts(database, 'state') };
  return Object.fromEntries(
    Array.from(image?.packages ?? [], (each, index) => {
      const { number: state, covered } = readStateMark(image?.states[index] ?? 0);
      return [texts.package.textOf(each), `${texts.state.textOf(state)}${covered ? ', covered' : ''}`];
    }),
  );
}

function inFolder(work: (database: DatabaseSync, folder: string) => void): void {
  using temporary = temporaryFolder();
  const database = openImages(temporary.path);
  try {
    work(database, temporary.path);
  } finally {
    database.close();
  }
}

const later: Partial<ScannedImage> = {
  scanned: Date.UTC(2026, 5, 9),
  against: { digest: 'second', newest: Date.UTC(2026, 5, 8), read: Date.UTC(2026, 5, 9) },
};

describe('an image', () => {
  test('is remembered with what is known of its packages, each text once', () => {
    inFolder((database) => {
      rememberImage(
        database,
        scannedImage({ packages: [scannedPackage('a', 'bad'), scannedPackage('b', 'bad', true)] }),
      );
      rememberImage(database, scannedImage({ id: imageId('2'), packages: [scannedPackage('a', 'bad')] }));
      expect(statesIn(database)).toEqual({ a: 'bad', b: 'bad, covered' });
      expect([...rememberedPackages(database)].map(({ content }) => content)).toEqual(['a', 'b']);
      expect(database.prepare('SELECT content FROM state').all()).toEqual([{ content: 'bad' }]);
      expect(countImages(database, 'first')).toEqual({ all: 2, stale: 0 });
      expect(countImages(database, 'second')).toEqual({ all: 2, stale: 2 });
    });
  });

  test('that is scanned again keeps what was told of it; what is new in it is known as of now', () => {
    inFolder((database, folder) => {
      rememberImage(database, scannedImage({ packages: [scannedPackage('a', 'bad'), scannedPackage('b')] }));
      const packages = [scannedPackage('a', 'worse'), scannedPackage('c', 'new')];
      rememberImage(database, scannedImage({ ...later, names: ['shop/web:2'], packages }));
      expect(statesIn(database)).toEqual({ a: 'bad', c: 'new' });
      // So that the change of `a` is yet to be told.
      expect(countImages(database, 'second')).toEqual({ all: 1, stale: 1 });
      // And what is known of `c` from others, should the first ones come back.
      expect(countImages(database, 'first')).toEqual({ all: 1, stale: 1 });
      expect(scansOf(folder, [imageId('1')]).get('1'.padStart(64, '0'))).toEqual({
        scanned: later.scanned,
        matched: later.scanned,
        newest: Date.UTC(2026, 5, 8),
        read: later.scanned,
      });
    });
  });

  test('of which nothing was ever known is known as the first scan with advisories finds it', () => {
    inFolder((database) => {
      const { against: _none, ...unmatched } = scannedImage({ packages: [scannedPackage('a', 'unknown')] });
      rememberImage(database, unmatched);
      expect(countImages(database, 'first')).toEqual({ all: 1, stale: 1 });
      rememberImage(database, scannedImage({ packages: [scannedPackage('a', 'bad')] }));
      expect(statesIn(database)).toEqual({ a: 'bad' });
      expect(countImages(database, 'first')).toEqual({ all: 1, stale: 0 });
    });
  });

  test('is not remembered by a part of it where all of it was read before', () => {
    inFolder((database, folder) => {
      rememberImage(database, scannedImage());
      rememberImage(database, scannedImage({ ...later, complete: false, packages: [] }));
      expect(statesIn(database)).toEqual({ a: 'fine', b: 'fine' });
      expect([...scansOf(folder, [imageId('1')]).values()]).toMatchObject([{ matched: later.scanned }]);
      rememberImage(database, scannedImage({ id: imageId('2'), complete: false }));
      rememberImage(database, scannedImage({ id: imageId('2'), packages: [] }));
      const [, second] = [...staleImages(database, '')].flat();
      expect(imageAt(database, second ?? 0)).toMatchObject({ complete: true, packages: new Uint32Array() });
    });
  });

  test('is remembered wholly or not at all', () => {
    inFolder((database) => {
      rememberImage(database, scannedImage());
      const odd = { ...scannedImage(later), packages: [scannedPackage('c'), { content: 'd' }] } as ScannedImage;
      expect(() => rememberImage(database, odd)).toThrow(TypeError);
      expect(statesIn(database)).toEqual({ a: 'fine', b: 'fine' });
      expect([...rememberedPackages(database)].map(({ content }) => content)).toEqual(['a', 'b']);
    });
  });
});

const ids = (database: DatabaseSync) =>
  database
    .prepare('SELECT id FROM image ORDER BY id')
    .all()
    .map(({ id }) => String(id).replace(/^sha256:0*(?=.)/, ''));

describe('what is forgotten', () => {
  const day = 86_400_000;
  const now = Date.UTC(2026, 11, 1);

  test('images that were not scanned for half a year go, once there is something to gain', () => {
    inFolder((database) => {
      rememberImage(
        database,
        scannedImage({ id: imageId('1'), scanned: now - 186 * day, packages: [scannedPackage('a')] }),
      );
      rememberImage(
        database,
        scannedImage({ id: imageId('2'), scanned: now - 180 * day, packages: [scannedPackage('b')] }),
      );
      forgetImages(database, now);
      expect(ids(database)).toEqual(['1', '2']);
      forgetImages(database, now + 2 * day);
      expect(ids(database)).toEqual([]);
      expect([...rememberedPackages(database)]).toEqual([]);
    });
  });

  test('of too many those go that were not scanned for the longest time, with what only they had', () => {
    inFolder((database) => {
      for (let index = 0; index < 505; index += 1) {
        const packages = [scannedPackage('shared', 'fine'), scannedPackage(`own ${index}`, `state ${index}`)];
        rememberImage(database, scannedImage({ id: imageId(index.toString(16)), scanned: now - index, packages }));
      }
      forgetImages(database, now, { ...memoryLimits, images: 5 });
      expect(ids(database)).toHaveLength(505);
      forgetImages(database, now, { ...memoryLimits, images: 4 });
      expect(ids(database)).toEqual(['0', '1', '2', '3']);
      expect([...rememberedPackages(database)].map(({ content }) => content).toSorted()).toEqual([
        'own 0',
        'own 1',
        'own 2',
        'own 3',
        'shared',
      ]);
      expect(database.prepare('SELECT count(*) AS count FROM state').get()).toEqual({ count: 5 });
    });
  });
});

test('ecosystems of all images, each once', () => {
  inFolder((database) => {
    rememberImage(database, scannedImage({ ecosystems: ['npm', 'Debian'] }));
    rememberImage(database, scannedImage({ id: imageId('2'), ecosystems: ['Alpine', 'npm'] }));
    expect(ecosystemsOfImages(database)).toEqual(['Alpine', 'Debian', 'npm']);
  });
});
