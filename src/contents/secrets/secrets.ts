import type { FileContent } from '../../model/file-tree.ts';
import type { Severity } from '../../model/severity.ts';
import type { Found } from './evaluate.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { type Place, placeOfFile } from './place.ts';
import { positionsOf } from './positions.ts';
import { secretRules } from './rules/all.ts';
import { scan, type Scanner, scannerOf } from './scan.ts';
import { namedValue } from './named-value.ts';

export { looksAtFile } from './looked-at.ts';
export { isText } from './pieces.ts';
export { secretRules } from './rules/all.ts';

/** A secret that was found, without its value. */
export interface SecretMatch {
  /** The rule's id. */
  readonly rule: string;
  /** Where the secret begins, from 1; columns are characters. */
  readonly line: number;
  readonly column: number;
  /** What may be shown of it: never enough to use or to guess it. */
  readonly masked: string;
  /** A checksum inside of it holds, or it has the inner structure of a real one. */
  readonly verified: boolean;
  readonly severity: Severity;
}

/** What a text is, that stands in no file. */
export interface TextHint {
  readonly kind: 'environment' | 'label' | 'build-argument' | 'history' | 'command';
  /** Of the variable, the label or the argument whose value the text is. */
  readonly name?: string;
}

let ready: Scanner | undefined;

/** All rules made ready, when the first text is looked at. */
export function allRules(): Scanner {
  ready ??= scannerOf(secretRules);
  return ready;
}

/**
 * Finds secrets in a file of any size, in UTF-8 or in UTF-16 with its mark. Reads it piece by piece, and those parts once more that stand before what
 * was found, to count lines. At most a thousand are told of one file.
 *
 * @param path - without a leading slash; says what kind of text it is, and whose
 * @throws the file system's error
 */
export function findInFile(path: string, content: FileContent): SecretMatch[] {
  const found = scan(allRules(), piecesOf(content), placeOfFile(path));
  return found.length === 0 ? [] : matchesOf(found, piecesOf(content));
}

/** Finds secrets in what an image says of itself. A value is judged together with its name. */
export function findInText(text: string, hint: TextHint): SecretMatch[] {
  const place = placeOfText(hint);
  const pieces = [{ bytes: Buffer.from(text, 'utf8'), isLast: true }];
  const found = scan(allRules(), pieces, place);
  if (found.length > 0 || hint.name === undefined) return matchesOf(found, pieces);
  // Rules that need a provider's name find it in the variable's.
  const named = Buffer.from(`${hint.name}=`, 'utf8');
  const together = [{ bytes: Buffer.concat([named, ...pieces.map(({ bytes }) => bytes)]), isLast: true }];
  const foundByName = scan(allRules(), together, place)
    .filter(({ start }) => start >= named.length)
    .map((one) => ({ ...one, start: one.start - named.length, end: one.end - named.length }));
  if (foundByName.length > 0) return matchesOf(foundByName, pieces);
  const byName = namedValue(hint.name, text);
  return byName
    ? [{ rule: byName.id, line: 1, column: 1, masked: '…', verified: false, severity: byName.severity }]
    : [];
}

function placeOfText({ kind }: TextHint): Place {
  return { path: '', language: kind === 'history' || kind === 'command' ? 'command' : 'value', isVendored: false };
}

function matchesOf(found: readonly Found[], pieces: Iterable<Piece>): SecretMatch[] {
  const positions = positionsOf(
    pieces,
    found.map(({ start }) => start),
  );
  return found.map(({ rule, masked, verified, severity }, index) => ({
    rule: rule.id,
    line: positions[index]?.line ?? 1,
    column: positions[index]?.column ?? 1,
    masked,
    verified,
    severity,
  }));
}
