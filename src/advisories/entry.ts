import type { AffectedRange, VulnerabilityStatus } from '../model/vulnerability.ts';
import type { AffectedPackage, Rating } from './advisory.ts';

/**
 * What one advisory says of one package, as a store keeps it beside the package. Without ranges and versions it says something that
 * could not be read.
 */
export interface AdvisoryEntry extends Omit<AffectedPackage, 'ecosystem' | 'name'> {
  /** The advisory's number in its store. */
  readonly advisory: number;
}

/** Number, ranges, then as far as there are any: status, module, versions, ratings. */
type Packed = readonly [
  advisory: number,
  ranges: readonly PackedRange[],
  status?: VulnerabilityStatus | '',
  module?: string,
  versions?: readonly string[],
  ratings?: readonly Rating[],
];
/** Where it begins, what ends it (`f`ixed, `l`ast affected, `b`efore, nothing), and where that is. */
type PackedRange = readonly [introduced: string, kind?: 'f' | 'l' | 'b', end?: string];

/** As short as it can be: there are half a million of them. */
export function packEntry({ advisory, ranges, status, module, versions, ratings }: AdvisoryEntry): string {
  const packed: Packed = [advisory, ranges.map(packRange), status ?? '', module ?? '', versions, ratings];
  let length = packed.length;
  while (length > 2 && (packed[length - 1] as string | readonly unknown[]).length === 0) length -= 1;
  return JSON.stringify(packed.slice(0, length));
}

function packRange({ introduced = '', fixed, lastAffected, before }: AffectedRange): PackedRange {
  if (fixed !== undefined) return [introduced, 'f', fixed];
  if (before !== undefined) return [introduced, 'b', before];
  return lastAffected === undefined ? [introduced] : [introduced, 'l', lastAffected];
}

/** @throws SyntaxError for what `packEntry` did not write */
export function unpackEntries(text: string): AdvisoryEntry[] {
  return (JSON.parse(`[${text}]`) as Packed[]).map(
    ([advisory, ranges, status = '', module = '', versions = [], ratings = []]) => ({
      advisory,
      ranges: ranges.map(unpackRange),
      versions,
      ...(status === '' ? {} : { status }),
      ...(module === '' ? {} : { module }),
      ratings,
    }),
  );
}

const ends = { f: 'fixed', l: 'lastAffected', b: 'before' } as const;

function unpackRange([introduced, kind, end = '']: PackedRange): AffectedRange {
  return {
    ...(introduced === '' ? {} : { introduced }),
    ...(kind === undefined ? {} : { [ends[kind]]: end }),
  };
}
