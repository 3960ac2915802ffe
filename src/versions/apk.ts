import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

/**
 * `DIGITS{.DIGITS}[LETTER]{_SUFFIX[DIGITS]}[~HASH][-rDIGITS]` of Alpine, as apk-tools 3 orders them: `apk version --test`,
 * https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd.
 *
 * Versions that break this are real (`0.12.5.-r0`, `0.8.21.r2`, `1.9.5p2-r0`). apk-tools 3 reads one as far as it is valid, has what is
 * invalid before the end, and two that break it at the same place as equal. Here what follows a missing number or a number after a
 * letter still counts, as in apk-tools 2, and `-r` alone is `-r0`.
 */
export const apkOrdering = defineOrdering<readonly Piece[]>({ id: 'apk', parse, compare: comparePieces });

/** What follows the pieces that were the same, from old to new; the end is 0. */
const rank = {
  before: -3,
  invalid: -2,
  missingNumber: -1,
  revision: 1,
  hash: 2,
  numberOfSuffix: 3,
  after: 4,
  letter: 5,
  fraction: 6,
  number: 7,
} as const;

/** The empty one parts those before a version without a suffix from those after it. */
const suffixes = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'] as const;
const withoutSuffix = suffixes.indexOf('');

const numbers = /^\d*(?:\.\d*)*/;
const tail =
  /^([a-z]?)(\d*)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)(?![a-z])\d*)*)(?:~([\dA-Fa-f]+))?(?:-r(\d+|(?=-|$)))?/;

function parse(text: string): readonly Piece[] | undefined {
  const written = writtenVersion(text);
  if (written === undefined) return undefined;
  const [head = ''] = numbers.exec(written) ?? [];
  const rest = written.slice(head.length);
  const [valid = '', letter = '', numberOfLetter = '', ofSuffixes = '', hash = '', revision] = tail.exec(rest) ?? [];
  return [
    ...head.split('.').map(pieceOfNumber),
    ...(letter ? [{ rank: rank.letter, value: letter }] : []),
    ...(numberOfLetter ? [{ rank: rank.number, value: readWholeNumber(numberOfLetter) }] : []),
    ...Array.from(ofSuffixes.matchAll(/_([a-z]+)(\d*)/g), ([, name = '', digits = '']) =>
      piecesOfSuffix(name, digits),
    ).flat(),
    ...(hash ? [{ rank: rank.hash, value: hash }] : []),
    ...(revision === undefined ? [] : [{ rank: rank.revision, value: readWholeNumber(revision) }]),
    ...(valid === rest ? [] : [{ rank: rank.invalid, value: 0 }]),
  ];
}

/** After the first one, a number that starts with a zero is a fraction: compared as text, and less than one that does not. */
function pieceOfNumber(digits: string, index: number): Piece {
  if (digits === '') return { rank: rank.missingNumber, value: 0 };
  if (index > 0 && digits.startsWith('0')) return { rank: rank.fraction, value: digits };
  return { rank: rank.number, value: readWholeNumber(digits) };
}

function piecesOfSuffix(name: string, digits: string): readonly Piece[] {
  const value = suffixes.findIndex((suffix) => suffix === name);
  const piece = { rank: value < withoutSuffix ? rank.before : rank.after, value };
  return digits ? [piece, { rank: rank.numberOfSuffix, value: readWholeNumber(digits) }] : [piece];
}
