import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

/**
 * Packages of PHP: made alike as Composer does it, and then compared as `version_compare` of PHP does:
 * https://getcomposer.org/doc/articles/versions.md, https://www.php.net/version_compare. Four numbers, what is left out is 0; `dev-NAME` is
 * below all of them. Versions that Composer refuses (`4.3-2RC1`, `3.1.0.post1`) are in advisories all the same, and compared likewise.
 */
export const packagistOrdering = defineOrdering<readonly Piece[]>({ id: 'packagist', parse, compare: comparePieces });

/** What follows pieces that were the same, from old to new; the end is 0. Words without a meaning differ by their text. */
const rank = { word: -5, dev: -4, alpha: -3, beta: -2, candidate: -1, number: 1, patch: 2 } as const;

const rankOfWord: ReadonlyMap<string, number> = new Map([
  ['dev', rank.dev],
  ['a', rank.alpha],
  ['alpha', rank.alpha],
  ['b', rank.beta],
  ['beta', rank.beta],
  ['rc', rank.candidate],
  ['p', rank.patch],
  ['pl', rank.patch],
  ['patch', rank.patch],
  ['post', rank.patch],
]);

/** What stands for any number in the name of a branch: `1.x-dev`. */
const anyNumber = 9_999_999;

function parse(text: string): readonly Piece[] | undefined {
  const version = writtenVersion(text)
    ?.toLowerCase()
    .replace(/^v(?=\d)/, '')
    // A build says nothing, but the name of a branch may have a plus.
    .replace(/^(\d[^+]*)\+.*$/, '$1')
    // The stability that is asked for, and the one that goes without saying.
    .replace(/@(?:stable|rc|beta|alpha|dev)$/, '')
    .replace(/(?<=\d)[._-]?stable[.\d-]*(?:dev)?$/, '');
  if (version === undefined) return undefined;
  if (version.startsWith('dev-')) return [piece('dev'), { rank: rank.word, value: version.slice('dev-'.length) }];
  const numbered = /^(\d+(?:\.\d+)*)(?:\.[x*])+[.-]?dev$/.exec(version);
  if (numbered) return [...fourNumbers(numbered[1] ?? '', anyNumber), piece('dev')];
  const numbers = /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '';
  const others = version.slice(numbers.length).match(/\d+|[a-z]+/g) ?? [];
  const pieces = [...fourNumbers(numbers, 0), ...others.map(piece)];
  return pieces.length === 0 ? undefined : pieces;
}

function fourNumbers(text: string, missing: number): readonly Piece[] {
  if (text === '') return [];
  const numbers = text.split('.').map(piece);
  while (numbers.length < 4) numbers.push({ rank: rank.number, value: missing });
  return numbers;
}

function piece(text: string): Piece {
  if (/^\d/.test(text)) return { rank: rank.number, value: readWholeNumber(text) };
  const known = rankOfWord.get(text);
  return known === undefined ? { rank: rank.word, value: text } : { rank: known, value: 0 };
}
