import { known, unreadable } from '../src/model/fact.ts';
import type { Distribution, ImageContents } from '../src/model/image-contents.ts';
import type { Package } from '../src/model/package.ts';
import { exemplarContents } from '../src/model/exemplar-contents.ts';
import { exemplarImage } from '../src/model/exemplar-host.ts';
import type { Scanned } from '../src/scan/scan-target.ts';
import { imageId } from './scanned-images.ts';

interface ScannedParts {
  readonly packages: readonly Package[];
  readonly id?: string;
  readonly tags?: readonly string[];
  readonly target?: Partial<Scanned['target']>;
  readonly distribution?: Distribution;
  readonly contents?: Partial<ImageContents>;
  readonly bare?: true;
}

/** An image of an engine with these packages, and of no distribution unless that is said. */
export function scannedWith({ packages, id = imageId('1'), tags = ['shop/web:1'], ...parts }: ScannedParts): Scanned {
  const nowhere = { en: 'there is none', zh: '没有' };
  const contents: ImageContents = {
    ...exemplarContents,
    packages,
    distribution: parts.distribution
      ? known(parts.distribution, 'file', '/etc/os-release')
      : unreadable('file', '/etc/os-release', nowhere, nowhere),
    ...parts.contents,
  };
  return {
    target: { kind: 'engine', name: 'shop/web:1', source: 'engine', platform: 'linux/amd64', ...parts.target },
    image: { ...exemplarImage, id, tags, digests: [], contents, ...(parts.bare ? { bare: true } : {}) },
    contents,
  };
}
