import type { UnreadableFact } from '../../model/fact.ts';
import type { ContentsLayer, Distribution } from '../../model/image-contents.ts';
import type { Package } from '../../model/package.ts';

/** What a bill of materials lists. */
export interface BillReading {
  readonly kind: 'cyclonedx' | 'spdx' | 'syft' | 'purls';
  /** Of the format, as the bill writes it: `1.6`, `SPDX-2.3`; '' for a list of purls. */
  readonly formatVersion: string;
  readonly packages: readonly Package[];
  /** As far as the bill tells them, and at least one; their sizes are not known. */
  readonly layers: readonly ContentsLayer[];
  readonly distribution?: Distribution;
  readonly target?: BillTarget;
  /** Entries that were not understood. */
  readonly gaps: readonly UnreadableFact[];
}

/** What the bill is of. */
export interface BillTarget {
  readonly name: string;
  /** The image's id, `sha256:…`. */
  readonly digest?: string;
  readonly platform?: string;
  readonly tags: readonly string[];
  readonly repoDigests: readonly string[];
}

/** Characters of a bill; what is larger is refused. Real ones have a kilobyte for each package, or two, and all of it is held in memory. */
export const longestBill = 64 * 1024 ** 2;

/** Packages of one bill; the rest is left out and said so. */
export const mostPackages = 50_000;
