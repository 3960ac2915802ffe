import { isUtf8 } from 'node:buffer';

/*
 * Names in file systems and archives are bytes. A name that is not UTF-8 keeps each of its stray bytes as a lone
 * surrogate, U+DC80 to U+DCFF, as Python does: no two names become the same one, the bytes can be had back, and reports write
 * such characters out (`\u{dcff}`). U+FFFD would make `a\xfe` and `a\xff` one file.
 */

const firstStray = 0xdc00;

/** The bytes of a name, or of where a link leads, as text. */
export function entryName(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const parts: string[] = [];
  for (let index = 0; index < bytes.length;) {
    const length = lengthOfCharacter(bytes[index] ?? 0);
    const character = bytes.subarray(index, index + length);
    if (character.length === length && isUtf8(character)) {
      parts.push(character.toString('utf8'));
      index += length;
    } else {
      parts.push(String.fromCharCode(firstStray + (bytes[index] ?? 0)));
      index += 1;
    }
  }
  return parts.join('');
}

/** What calls of the file system take for a name made by `entryName`: itself, or the bytes that it was. */
export function namedBytes(name: string): string | Buffer {
  // What has no lone surrogate was text all along; the question costs next to nothing.
  if (name.isWellFormed()) return name;
  const parts: Buffer[] = [];
  for (const character of name) {
    const point = character.codePointAt(0) ?? 0;
    const isStray = point >= firstStray + 0x80 && point <= firstStray + 0xff;
    parts.push(isStray ? Buffer.of(point - firstStray) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(parts);
}

/** As the first byte says; 1 for what cannot begin one. */
function lengthOfCharacter(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
