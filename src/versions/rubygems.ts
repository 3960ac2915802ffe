import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readWholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';
import { isZero } from './zero-piece.ts';

/** First words of the platforms of `Gem::Platform`. */
const platform = new RegExp(
  `^(?:${[
    String.raw`x86(?:_64)?|x64|amd64|i[3-6]86|aarch64|arm(?:64|v\w+|el|hf)?|powerpc\w*|ppc\w*|s390x?|riscv\w+|loongarch64|mips\w*|sparc\w*`,
    String.raw`universal|java|jruby|dalvik\d*|dotnet|mswin\w*|mingw\w*|cygwin|darwin|linux|freebsd|ruby|wasm32`,
  ].join('|')})$`,
);

/**
 * Ruby gems, as `Gem::Version` orders them: https://docs.ruby-lang.org/en/master/Gem/Version.html. Zeros at the end of the first numbers, and
 * at the end of all, count for nothing. Lock files and the names of gems have the platform behind the version (`1.13.4-x86_64-linux`): it is
 * no part of it.
 */
export const rubygemsOrdering = defineOrdering<readonly Piece[]>({ id: 'rubygems', parse, compare: comparePieces });

/** The end is a zero, and above a word. */
const rank = { word: -1, number: 0 } as const;

function parse(text: string): readonly Piece[] | undefined {
  const version = withoutPlatform(writtenVersion(text) ?? '');
  if (!/^\d[\da-zA-Z]*(?:\.[\da-zA-Z]+)*(?:-[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/.test(version)) return undefined;
  // A hyphen is how others write a prerelease.
  const pieces = Array.from(version.replaceAll('-', '.pre.').matchAll(/\d+|[a-zA-Z]+/g), ([segment]) =>
    /\d/.test(segment) ? { rank: rank.number, value: readWholeNumber(segment) } : { rank: rank.word, value: segment },
  );
  const wordAt = pieces.findIndex((piece) => piece.rank === rank.word);
  if (wordAt === -1) return withoutLastZeros(pieces);
  return [...withoutLastZeros(pieces.slice(0, wordAt)), ...withoutLastZeros(pieces.slice(wordAt))];
}

function withoutPlatform(version: string): string {
  const words = version.split('-');
  const platformAt = words.findIndex((word, index) => index > 0 && platform.test(word));
  return platformAt === -1 ? version : words.slice(0, platformAt).join('-');
}

function withoutLastZeros(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.slice(0, pieces.findLastIndex((piece) => !isZero(piece)) + 1);
}
