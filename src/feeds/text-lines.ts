import { PlimsollError } from '../model/error.ts';
import type { FileContent } from '../model/file-tree.ts';
import type { Text } from '../model/text.ts';
import { piecesOf } from './file-content.ts';
import { type GzipFault, gunzipped, isGzip } from './gunzipped.ts';

export interface LineLimits {
  /** Bytes of a line. */
  readonly line: number;
  /** Bytes of all lines. */
  readonly all: number;
}

export const usualLineLimits: LineLimits = { line: 1024 ** 2, all: 8 * 1024 ** 3 };

export interface LineOptions {
  /** Of the file, for errors. */
  readonly origin: string;
  /** Told of each line that is too long and therefore left out. */
  readonly onLong: () => void;
  readonly limits?: LineLimits;
}

const lineFeed = 0x0a;

/**
 * The lines of a file, whether compressed with gzip or not, without their ends; the empty ones are left out. They come as the file is
 * read, some hundred at a time, since waiting for each would take longer than reading it. Holds no more than one line and one
 * piece of the file.
 *
 * @throws PlimsollError where the file is damaged, cut off or too large, after the lines before that place. What a gzip file gave until
 * then is not to be kept: it was not held against its checksum.
 */
export async function* textLines(content: FileContent, options: LineOptions): AsyncGenerator<readonly Buffer[], void> {
  const { line: longest, all: most } = options.limits ?? usualLineLimits;
  let begun: Buffer[] = [];
  let length = 0;
  let total = 0;
  const pieces = isGzip(content) ? checkedGunzip(content, options.origin) : copiedPieces(content);
  for await (const piece of pieces) {
    total += piece.length;
    if (total > most) throw tooLarge(options.origin, most);
    const lines: Buffer[] = [];
    let at = 0;
    for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, at)) {
      const rest = piece.subarray(at, end);
      at = end + 1;
      finish(rest, lines);
    }
    if (lines.length > 0) yield lines;
    const left = piece.subarray(at);
    length += left.length;
    // Of a line that is too long already nothing is kept.
    if (length > longest) begun = [];
    else if (left.length > 0) begun.push(Buffer.from(left));
  }
  const last: Buffer[] = [];
  finish(Buffer.alloc(0), last);
  if (last.length > 0) yield last;

  function finish(rest: Buffer, lines: Buffer[]): void {
    length += rest.length;
    const line = length > longest ? undefined : trimmed(begun.length === 0 ? rest : Buffer.concat([...begun, rest]));
    begun = [];
    length = 0;
    if (line === undefined) options.onLong();
    else if (line.length > 0) lines.push(line);
  }
}

/** Whoever is given a line may read the same file elsewhere before the next one. */
function* copiedPieces(content: FileContent): Generator<Buffer> {
  for (const piece of piecesOf(content)) yield Buffer.from(piece);
}

/** Without the carriage return of another system's line end. */
function trimmed(line: Buffer): Buffer {
  return line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
}

async function* checkedGunzip(content: FileContent, origin: string): AsyncGenerator<Buffer, void> {
  const fault = yield* gunzipped(content);
  if (fault) {
    throw new PlimsollError(
      'file-unreadable',
      { en: `${origin} ${faultWords[fault].en}`, zh: `${origin} ${faultWords[fault].zh}` },
      copyAgain,
    );
  }
}

const faultWords: Readonly<Record<GzipFault, Text>> = {
  'cut-off': { en: 'is cut off: its compressed data ends too early', zh: '不完整：压缩数据提前结束' },
  damaged: { en: 'is damaged: its compressed data is not valid', zh: '已损坏：压缩数据无效' },
};

const copyAgain: Text = { en: 'Fetch or copy the file again.', zh: '请重新下载或复制该文件。' };

function tooLarge(origin: string, most: number): PlimsollError {
  const largest = `${Math.floor(most / 1024 ** 2).toLocaleString('en')} MiB`;
  return new PlimsollError(
    'file-unreadable',
    { en: `${origin} unpacks to more than ${largest}`, zh: `${origin} 解压后超过 ${largest}` },
    { en: 'No feed is that large: check where the file is from.', zh: '正常的数据源不会这么大：请核实该文件的来源。' },
  );
}
