import { assert, constantFrom, nat, oneof, property, string, tuple } from 'fast-check';
import { expect } from 'vitest';
import { type Cataloger, CatalogerError, type CatalogerReading, type FoundPackage } from '../src/contents/cataloger.ts';
import { parsePurl, purlOf } from '../src/contents/purl.ts';
import { catalogedFile } from './cataloged.ts';

/** What a cataloger says of a file, a line a package: its purl, and `development` behind it. */
export function packagesIn(cataloger: Cataloger, path: string, written: string | Buffer): string[] {
  return linesOf(cataloger.read(catalogedFile(path, written)));
}

export function linesOf({ packages = [] }: CatalogerReading): string[] {
  return packages.map((found) => purlOf(found) + (found.development ? ' development' : ''));
}

/** English reasons of what was not understood. */
export function gapsIn(cataloger: Cataloger, path: string, written: string): string[] {
  const { gaps = [] } = cataloger.read(catalogedFile(path, written));
  for (const { reason, need } of gaps) for (const text of [reason, need]) expect(text.zh).toMatch(/\p{Script=Han}/u);
  return gaps.map(({ reason }) => reason.en);
}

const tokens = [
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  ':',
  ',',
  '@',
  '#',
  '=',
  '-',
  '/',
  '\\',
  '\n',
  '\0',
  ' ',
  '..',
];
const words = [
  '__proto__',
  'constructor',
  '${a}',
  'null',
  '1e999',
  '\u{1F4A5}',
  '\uD800',
  '\u202E',
  'file:',
  'git+https://u:p@h/o/p#c',
];

/** Rubbish, the sample cut off, and the sample with a stretch of it replaced. */
function damaged(sample: string) {
  const place = nat(sample.length);
  const cut = place.map((end) => sample.slice(0, end));
  const replaced = tuple(place, nat(12), constantFrom(...tokens, ...words)).map(
    ([start, length, word]) => sample.slice(0, start) + word + sample.slice(start + length),
  );
  return oneof(string({ unit: 'binary' }), cut, replaced);
}

/** Reads damaged files: whatever comes of it, every package has an identity, and nothing but a CatalogerError is thrown. */
export function expectToSurvive(cataloger: Cataloger, path: string, sample: string): void {
  assert(
    property(damaged(sample), (text) => {
      const { packages = [] } = readingOf(cataloger, path, text);
      expect(packages.filter((found) => !isIdentified(found))).toEqual([]);
    }),
    { numRuns: 100 },
  );
}

function isIdentified(found: FoundPackage): boolean {
  const purl = parsePurl(purlOf(found));
  return found.name !== '' && found.version !== '' && purl !== undefined && purl.name !== '?';
}

function readingOf(cataloger: Cataloger, path: string, text: string): CatalogerReading {
  try {
    return cataloger.read(catalogedFile(path, text));
  } catch (error) {
    if (!(error instanceof CatalogerError)) throw error;
    return {};
  }
}
