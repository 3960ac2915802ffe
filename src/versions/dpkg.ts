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
  const pieces: Piece[] = [];
  let at = 0;
  while (at < part.length) {
    const end = endOfNumber(part, at);
    if (end > at) pieces.push({ rank: 0, value: readWholeNumber(part.slice(at, end)) });
    else pieces.push({ rank: weightOf(part.charCodeAt(at)), value: 0 });
    at = Math.max(end, at + 1);
  }
  return pieces;
}

function endOfNumber(part: string, start: number): number {
  let end = start;
  while (isBetween(part.charCodeAt(end), '0', '9')) end += 1;
  return end;
}

/** `~` is before the end and before numbers, letters are after them, and everything else is after the letters. */
function weightOf(code: number): number {
  if (code === tilde) return -1;
  return isBetween(code, 'a', 'z') || isBetween(code, 'A', 'Z') ? code : code + 256;
}

const tilde = '~'.charCodeAt(0);

function isBetween(code: number, first: string, last: string): boolean {
  return code >= first.charCodeAt(0) && code <= last.charCodeAt(0);
}
