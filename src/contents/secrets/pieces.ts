import type { FileContent } from '../../model/file-tree.ts';

/** How text is stored, as its first bytes tell. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/** Bytes of a file that are read at a time. */
export const pieceLength = 256 * 1024;

export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0)) return 'utf16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf16be' : 'utf8';
}

/** The next bytes of a text in UTF-8, and whether they are the last. They may be written over when the next ones are asked for. */
export interface Piece {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Shows a file from its beginning to its end, as UTF-8 whatever it is. A file that ends early just ends. */
export function* piecesOf(content: FileContent, length = pieceLength): Generator<Piece> {
  // Halves of characters are not to be torn apart.
  const step = length - (length % 4);
  let encoding: Encoding | undefined;
  let lone = '';
  for (let offset = 0; ; offset += step) {
    const read = content.read(offset, step);
    const isLast = read.length < step || offset + step >= content.size;
    encoding ??= encodingOf(read);
    if (encoding === 'utf8') yield { bytes: read, isLast };
    else {
      const text = lone + decoded(read, encoding);
      // The first half of a pair waits for the second.
      lone = !isLast && /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : '';
      yield { bytes: Buffer.from(lone === '' ? text : text.slice(0, -1), 'utf8'), isLast };
    }
    if (isLast) return;
  }
}

function decoded(bytes: Buffer, encoding: Encoding): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return (encoding === 'utf16be' ? Buffer.from(even).swap16() : even).toString('utf16le').replace(/^\uFEFF/, '');
}

/** Whether the first bytes of a file are those of a text. */
export function isText(head: Buffer): boolean {
  if (head.length === 0) return false;
  if (encodingOf(head) !== 'utf8') return true;
  if (head.includes(0)) return false;
  let control = 0;
  // Without an iterator, which takes ten times as long.
  for (let at = 0; at < head.length; at += 1) {
    const byte = head[at] as number;
    if (byte < 0x20 && !(byte >= 0x07 && byte <= 0x0d) && byte !== 0x1b) control += 1;
  }
  return control * 20 <= head.length;
}
