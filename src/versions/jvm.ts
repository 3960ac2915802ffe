import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { semanticPieces } from './semantic-version.ts';
import { writtenVersion } from './written-version.ts';

/**
 * Versions of Java: from 9 on JEP 322 (https://openjdk.org/jeps/322), as `17.0.2-ea+8`, and those before, as `1.8.0_131-b11` and `8u131`,
 * which are `8.0.131`. Builds, and what a vendor adds after one, count for nothing; `-ea` is before the release.
 */
export const jvmOrdering = defineOrdering<readonly Piece[]>({ id: 'jvm', parse, compare: comparePieces });

/** Numbers, the prerelease after `-` where it starts with a letter and is not a build (`b11`), and then anything. */
const shape = /^(?:(?:jdk|jre)-?)?(\d+(?:[._]\d+)*)(?:-(?!b\d+(?:-|$))([a-z][\da-z]*))?(?:[-+].*)?$/;

function parse(text: string): readonly Piece[] | undefined {
  const written = writtenVersion(text)?.toLowerCase();
  if (written === undefined) return undefined;
  const update = written.replace(/^((?:jdk|jre)?-?\d+)u(?=\d)/, '$1.0.').replace(/-update_?(?=\d)/, '_');
  const [, digits, prerelease] = shape.exec(update) ?? [];
  if (digits === undefined) return undefined;
  const [first, ...more] = digits.split(/[._]/);
  const numbers = first === '1' && more.length > 0 ? more : [first ?? '', ...more];
  return semanticPieces({ numbers, prerelease: prerelease === undefined ? [] : [prerelease], build: [] });
}
