import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

/** Versions of Gentoo: the package manager specification, https://projects.gentoo.org/pms/8/pms.html#version-comparison. */
export const portageOrdering = defineOrdering<readonly Piece[]>({ id: 'portage', parse, compare: comparePieces });

/** What follows the pieces that were the same, from old to new. Each version has a revision, so that it stands for the end. */
const rank = { before: -1, revision: 0, after: 1, letter: 2, fraction: 3, number: 4 } as const;

const suffixes = ['alpha', 'beta', 'pre', 'rc', 'p'] as const;

function parse(text: string): readonly Piece[] | undefined {
  const [whole, numbers, letter, tail = '', revision = ''] =
    /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/.exec(writtenVersion(text) ?? '') ?? [];
  if (whole === undefined || numbers === undefined) return undefined;
  return [
    ...numbers.split('.').map(pieceOfNumber),
    ...(letter ? [{ rank: rank.letter, value: letter }] : []),
    ...Array.from(tail.matchAll(/_([a-z]+)(\d*)/g), ([, name = '', number = '']) => [
      { rank: name === 'p' ? rank.after : rank.before, value: suffixes.findIndex((suffix) => suffix === name) },
      { rank: rank.number, value: readWholeNumber(number) },
    ]).flat(),
    { rank: rank.revision, value: readWholeNumber(revision) },
  ];
}

/** After the first one, a number that starts with a zero is a fraction: compared as text, without the zeros at its end. */
function pieceOfNumber(digits: string, index: number): Piece {
  if (index === 0 || !digits.startsWith('0')) return { rank: rank.number, value: readWholeNumber(digits) };
  return { rank: rank.fraction, value: withoutLastZeros(digits) };
}

function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
