import type { UnreadableFact } from '../../model/fact.ts';
import {
  type VexJustification,
  vexJustifications,
  type VexStatus,
  type VexVerdict,
} from '../../model/vulnerability.ts';

export type { VexJustification, VexStatus } from '../../model/vulnerability.ts';

/** What somebody says of one vulnerability in some products; the formats are read into this. */
export interface VexStatement extends VexVerdict {
  /** The name that the statement itself uses: `CVE-2024-1`, `GHSA-…`. */
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  /** At least one: a statement about no product that can be told counts for none. */
  readonly products: readonly VexProduct[];
  /** Since when it is said, seconds since 1970; absent where the document has no date. */
  readonly since?: number;
}

/** A package or an image. One of `purl` and `digest` is there; both only for an image. */
export interface VexProduct {
  /** In canonical form, with or without a version and qualifiers; `pkg:oci/…` and `pkg:docker/…` are images. */
  readonly purl?: string;
  /** Of an image: `sha256:…`. */
  readonly digest?: string;
  /** Purls of the parts of it that the statement is about; none: about all of it. */
  readonly subcomponents: readonly string[];
}

/** From the one that asks for most to the one that asks for nothing. */
export const vexStatuses = [
  'affected',
  'under-investigation',
  'fixed',
  'not-affected',
] as const satisfies readonly VexStatus[];

/** OpenVEX and CSAF write underscores. */
export function justificationOf(word: string | undefined): VexJustification | undefined {
  const ours = word?.toLowerCase().replaceAll('_', '-');
  return vexJustifications.find((each) => each === ours);
}

/** What was read from a file, and what of it was not understood. */
export interface VexReading {
  readonly statements: readonly VexStatement[];
  readonly gaps: readonly UnreadableFact[];
}

/** Characters of a document; what is larger is refused. Red Hat's largest have 30 million. */
export const longestVex = 64 * 1024 ** 2;

/** Of one document; the rest is left out and said so. */
export const mostStatements = 100_000;
export const mostProducts = 500_000;
