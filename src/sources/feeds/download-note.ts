import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isObject, type JsonValue, textIn } from '../../model/json.ts';
import { putInPlace } from './put-in-place.ts';

/** What a server said of a file that it has; without whatever it did not say. */
export interface ServedFile {
  /** Where it was asked for: what one server says of a file is not held against what another one has. */
  readonly url: string;
  /** As it was given, with its quotes. */
  readonly etag?: string;
  /** `Last-Modified`, as it was given. */
  readonly modified?: string;
  /** What `If-Range` may name: changed whenever a single byte is. */
  readonly validator?: string;
  /** Bytes. */
  readonly size?: number;
  /** Of all of it, in base64. */
  readonly md5?: string;
}

/** What is kept beside a whole file. */
export interface FetchedNote extends ServedFile {
  /** SHA-256 of it, hexadecimal. */
  readonly digest: string;
  /** When the server last said that this is what it has: `2025-08-25T12:00:00.000Z`. */
  readonly asked: string;
}

/** Beside a file lies what is known of it: named so that an import of the folder passes it over. */
export function notePath(file: string): string {
  return `${file}.fetched.json`;
}

export function partPath(file: string): string {
  return `${file}.part`;
}

/** What is known of a file that was fetched; nothing where that cannot be read, as it can be done without. */
export function readFetchedNote(file: string): FetchedNote | undefined {
  const value = readNote(notePath(file));
  const served = servedIn(value);
  const [digest, asked] = [textIn(value, 'digest'), textIn(value, 'asked')];
  if (!served || asked === undefined || digest === undefined || !/^[\da-f]{64}$/.test(digest)) return undefined;
  return { ...served, digest, asked };
}

/** What is known of a file of which a part was fetched. */
export function readPartNote(file: string): ServedFile | undefined {
  return servedIn(readNote(`${partPath(file)}.json`));
}

/** @throws the file system's error */
export function writeFetchedNote(file: string, note: FetchedNote): void {
  write(notePath(file), note);
}

/** @throws the file system's error */
export function writePartNote(file: string, note: ServedFile): void {
  write(`${partPath(file)}.json`, note);
}

export function removePartNote(file: string): void {
  rmSync(`${partPath(file)}.json`, { force: true });
}

function write(path: string, note: ServedFile): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify(note, null, 2)}\n`);
  putInPlace(temporary, path);
}

function readNote(path: string): JsonValue | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}

function servedIn(value: JsonValue | undefined): ServedFile | undefined {
  if (!isObject(value)) return undefined;
  const url = textIn(value, 'url');
  if (url === undefined) return undefined;
  const { size } = value;
  const texts = ['etag', 'modified', 'validator', 'md5'].map((name) => [name, textIn(value, name)] as const);
  return {
    url,
    ...Object.fromEntries(texts.filter(([, text]) => text !== undefined && fitsHeader(text))),
    ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? { size } : {}),
  };
}

/** What is sent as a header must be one: a file may have been damaged. */
function fitsHeader(text: string): boolean {
  return /^[\u0020-\u007e]{1,1000}$/.test(text);
}
