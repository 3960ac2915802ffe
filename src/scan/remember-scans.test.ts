import { chmodSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { foundPackage } from '../../test/found-package.ts';
import { scannedWith } from '../../test/scanned.ts';
import { imageId } from '../../test/scanned-images.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { unreadable } from '../model/fact.ts';
import { imageAt, staleImages } from '../store/compared-images.ts';
import { readImages } from '../store/image-database.ts';
import { hasImages, imageFile } from '../store/image-file.ts';
import { rememberedEcosystems } from '../store/remembered-ecosystems.ts';
import { rememberScans } from './remember-scans.ts';
import type { Scanned } from './scan-target.ts';

const leftPad = foundPackage('npm', 'left-pad', '1.0.0');
const layer = { digest: imageId('c'), bytes: 1 };

/** The images that are remembered after these were scanned. */
function remembered(...scans: readonly Scanned[]) {
  using temporary = temporaryFolder();
  const trouble = rememberScans(
    temporary.path,
    scans.map((scanned) => ({ scanned, matched: undefined })),
    Date.UTC(2026, 5, 1),
  );
  expect(trouble).toBeUndefined();
  if (!hasImages(temporary.path)) return [];
  const database = readImages(temporary.path);
  const images = [...staleImages(database, '')].flat().map((number) => imageAt(database, number));
  database.close();
  return images;
}

describe('what is remembered', () => {
  test('an image by its id, whichever way that is written, with its names', () => {
    const scanned = scannedWith({ packages: [leftPad], id: 'a'.repeat(64), tags: ['shop/web:1', 'shop/web:latest'] });
    expect(remembered(scanned)).toMatchObject([
      {
        id: `sha256:${'a'.repeat(64)}`,
        names: ['shop/web:1', 'shop/web:latest'],
        platform: 'linux/amd64',
        complete: true,
      },
    ]);
  });

  test('one without a tag by what it was asked for by', () => {
    const target = { kind: 'archive', name: 'web.tar' } as const;
    expect(remembered(scannedWith({ packages: [], tags: [], target }))).toMatchObject([{ names: ['web.tar'] }]);
  });

  test('that not all of it could be read', () => {
    const gap = unreadable('file', '/srv', { en: 'denied', zh: '拒绝' }, { en: 'root', zh: 'root' });
    for (const contents of [{ gaps: [gap] }, { layers: [{ ...layer, unread: gap }] }]) {
      expect(remembered(scannedWith({ packages: [], contents }))).toMatchObject([{ complete: false }]);
    }
  });

  test('neither a folder nor a bill of materials, which have no identity', () => {
    expect(remembered(scannedWith({ packages: [leftPad], bare: true }))).toEqual([]);
    expect(remembered(scannedWith({ packages: [leftPad], id: '' }))).toEqual([]);
  });

  test('a container as its image, unless it has packages of its own', () => {
    const contents = { layers: [layer, { bytes: 9, ofContainer: true as const }] };
    const target = { kind: 'container', name: 'web' } as const;
    const asImage = scannedWith({ packages: [leftPad], contents, target });
    expect(remembered(asImage)).toMatchObject([{ id: imageId('1'), names: ['shop/web:1'], complete: false }]);
    expect(remembered(scannedWith({ packages: [{ ...leftPad, layer: 1 }], contents, target }))).toEqual([]);
    // What is known of the image itself is not replaced by that.
    const image = scannedWith({ packages: [leftPad, foundPackage('npm', 'right-pad', '1.0.0')] });
    expect(remembered(image, asImage)).toMatchObject([{ complete: true, packages: { length: 2 } }]);
  });
});

test('ecosystems that advisories are needed of, whether there are any or not', () => {
  using temporary = temporaryFolder();
  const distribution = { id: 'debian', version: '12', name: 'Debian 12', codename: 'bookworm', idLike: [] };
  const packages = [
    leftPad,
    foundPackage('deb', 'bash', '5.2', { namespace: 'debian' }),
    foundPackage('generic', 'tool', '1'),
    foundPackage('maven', 'nameless', '1'),
  ];
  rememberScans(temporary.path, [{ scanned: scannedWith({ packages, distribution }), matched: undefined }], 0);
  expect(rememberedEcosystems(temporary.path)).toEqual(['Debian', 'npm']);
});

test('that it cannot be done is said, and no more', () => {
  using temporary = temporaryFolder({ 'images.sqlite': 'rubbish '.repeat(1000) });
  chmodSync(imageFile(temporary.path), 0o600);
  const scans = [{ scanned: scannedWith({ packages: [leftPad] }), matched: undefined }];
  expect(rememberScans(temporary.path, scans, 0)).toMatchObject({
    en: expect.stringContaining('cannot be used: file is not a database') as string,
    zh: expect.stringContaining('无法使用') as string,
  });
  using file = temporaryFolder({ data: '' });
  expect(rememberScans(`${file.path}/data`, scans, 0)?.en).toMatch(/EEXIST|ENOTDIR/);
});
