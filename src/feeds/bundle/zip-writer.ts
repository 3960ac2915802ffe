import { writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Writes a zip archive into a file, piece by piece. */
export interface ZipWriter {
  /** @param pieces - each may be written over once the next one is asked for */
  readonly add: (name: string, pieces: Iterable<Buffer>, compression: 'stored' | 'deflated') => Promise<void>;
  /** Writes the table of entries, after which nothing can be added. */
  readonly end: () => void;
}

interface WrittenEntry {
  /** What the local header and the row of the table have in common. */
  readonly fields: Buffer;
  readonly name: Buffer;
  readonly offset: number;
}

const localSignature = 0x04034b50;
const rowSignature = 0x02014b50;
const endSignature = 0x06054b50;
/** Of the local header, without the name. */
const headerSize = 30;
/** 2.0, which knows deflate; in the table with the number of Unix, whose modes follow. */
const version = 20;
const ofUnix = 3 << 8;
const regularFile = 0o100644;

/**
 * As APPNOTE.TXT 6.3.10 has it, without 64 bits and so for less than 4 GiB in all. Names are of ASCII. What is only known after an entry was
 * written goes back into its header: readers that do not look at the table find it there.
 *
 * @param descriptor - of a file that can be written anywhere
 * @param time - of all entries
 */
export function zipWriter(descriptor: number, time: Date): ZipWriter {
  const entries: WrittenEntry[] = [];
  let at = 0;

  return {
    async add(name, pieces, compression) {
      const offset = at;
      const bytes = Buffer.from(name);
      at += headerSize + bytes.length;
      const start = at;
      let checksum = 0;
      let size = 0;
      const counted = Readable.from(counting());
      if (compression === 'deflated') await pipeline(counted, createDeflateRaw(), write);
      else await pipeline(counted, write);
      const fields = commonFields({ compression, time, checksum, packed: at - start, size, nameLength: bytes.length });
      entries.push({ fields, name: bytes, offset });
      writeAll(descriptor, Buffer.concat([word(localSignature), fields, bytes]), offset);

      function* counting(): Generator<Buffer> {
        for (const piece of pieces) {
          checksum = crc32(piece, checksum);
          size += piece.length;
          yield Buffer.from(piece);
        }
      }
    },
    end() {
      const rows = Buffer.concat(entries.map(rowOf));
      const count = short(entries.length);
      const end = [word(endSignature), short(0), short(0), count, count, word(rows.length), word(at), short(0)];
      writeAll(descriptor, Buffer.concat([rows, ...end]), at);
    },
  };

  async function write(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      writeAll(descriptor, chunk, at);
      at += chunk.length;
    }
  }
}

interface EntryFacts {
  readonly compression: 'stored' | 'deflated';
  readonly time: Date;
  readonly checksum: number;
  /** Bytes in the archive, and of the content. */
  readonly packed: number;
  readonly size: number;
  readonly nameLength: number;
}

function commonFields({ compression, time, checksum, packed, size, nameLength }: EntryFacts): Buffer {
  const method = compression === 'deflated' ? 8 : 0;
  const numbers = [word(checksum), word(packed), word(size), short(nameLength), short(0)];
  return Buffer.concat([short(version), short(0), short(method), dosTime(time), ...numbers]);
}

function rowOf({ fields, name, offset }: WrittenEntry): Buffer {
  // No comment, on the first disk, no hints at the content.
  const rest = [short(0), short(0), short(0), word(regularFile * 2 ** 16), word(offset), name];
  return Buffer.concat([word(rowSignature), short(ofUnix | version), fields, ...rest]);
}

/** In UTC, to two seconds; what has no zone of its own should not tell where it was made. */
function dosTime(time: Date): Buffer {
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  const year = Math.min(Math.max(time.getUTCFullYear() - 1980, 0), 127);
  return Buffer.concat([short(clock), short((year << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate())]);
}

function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** @throws RangeError for what does not fit into 32 bits */
function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
