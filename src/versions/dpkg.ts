import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

interface DpkgVersion {
  readonly epoch: number;
  readonly upstream: readonly Piece[];
  readonly revision: readonly Piece[];
}

/** dpkg keeps an epoch in an `int`. */
const greatestEpoch = 2_147_483_647;

/**
 * `[EPOCH:]UPSTREAM[-REVISION]` of Debian and Ubuntu, as `dpkg --compare-versions` orders them: deb-version(7),
 * https://www.debian.org/doc/debian-policy/ch-controlfields.html#version. A version that breaks the policy (it starts with a letter, or
 * has a `_`) is warned of there, and then compared; so it is here.
 */
export const dpkgOrdering = defineOrdering<DpkgVersion>({ id: 'dpkg', parse, compare });

function parse(text: string): DpkgVersion | undefined {
  const written = writtenVersion(text);
  if (written === undefined) return undefined;
  const colonAt = written.indexOf(':');
  const epoch = colonAt === -1 ? '0' : written.slice(0, colonAt);
  if (!/^\d+$/.test(epoch) || Number(epoch) > greatestEpoch) return undefined;
  const rest = written.slice(colonAt + 1);
  const dashAt = rest.lastIndexOf('-');
  // `1-` is an error to dpkg, and so is `-1`.
  if (rest === '' || dashAt === 0 || dashAt === rest.length - 1) return undefined;
  return {
    epoch: Number(epoch),
    upstream: piecesOf(dashAt === -1 ? rest : rest.slice(0, dashAt)),
    // No revision is the same as the revision `0`.
    revision: piecesOf(dashAt === -1 ? '' : rest.slice(dashAt + 1)),
  };
}

function compare(left: DpkgVersion, right: DpkgVersion): number {
  return (
    left.epoch - right.epoch ||
    comparePieces(left.upstream, right.upstream) ||
    comparePieces(left.revision, right.revision)
  );
}

/** A number is a piece, and so is each other character. The end compares as the number 0. */
function piecesOf(part: string): Piece[] {
  return Array.from(part.matchAll(/\d+|\D/g), ([piece]) =>
    /\d/.test(piece) ? { rank: 0, value: readWholeNumber(piece) } : { rank: weightOf(piece), value: 0 },
  );
}

/** `~` is before the end and before numbers, letters are after them, and everything else is after the letters. */
function weightOf(character: string): number {
  if (character === '~') return -1;
  const code = character.charCodeAt(0);
  return /[a-z]/i.test(character) ? code : code + 256;
}
