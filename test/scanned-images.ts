import type { ScannedImage, ScannedPackage } from '../src/store/remember-image.ts';

/** An id of an image that ends in these hexadecimal digits. */
export function imageId(digits: string): string {
  return `sha256:${digits.padStart(64, '0')}`;
}

/** A package by what is known of it. */
export function scannedPackage(content: string, state = 'fine', covered = false): ScannedPackage {
  return { content, state, covered };
}

/** A complete image that was held against advisories `first`, but for `changes`. */
export function scannedImage(changes: Partial<ScannedImage> = {}): ScannedImage {
  return {
    id: imageId('1'),
    names: ['shop/web:1'],
    digests: [],
    platform: 'linux/amd64',
    distribution: null,
    complete: true,
    ecosystems: ['npm'],
    packages: [scannedPackage('a'), scannedPackage('b')],
    scanned: Date.UTC(2026, 5, 1),
    against: { digest: 'first', newest: Date.UTC(2026, 4, 31), read: Date.UTC(2026, 5, 1) },
    ...changes,
  };
}
