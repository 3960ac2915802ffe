import { deflateRawSync } from 'node:zlib';

export interface MadeEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  /** As it is, not deflated. */
  readonly isStored?: true;
  readonly isEncrypted?: true;
  readonly method?: number;
  /** What the table says of the size, in place of the truth. */
  readonly claimedSize?: number;
  /** Its local header has another signature. */
  readonly isDamaged?: true;
}

export interface MadeArchive {
  readonly entries: readonly MadeEntry[];
  readonly comment?: string | Buffer;
  /** What stands before the archive, without the offsets being told. */
  readonly prefix?: string;
  /** With the end of 64 bits, and no numbers in the old one. */
  readonly isWide?: true;
}

function short(value: number): Buffer {
  return Buffer.from([value & 0xff, value >> 8]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** A ZIP archive, good or bad in the ways that it is told. */
export function zipArchive({ entries, comment = '', prefix = '', isWide }: MadeArchive): Buffer {
  const local: Buffer[] = [];
  const table: Buffer[] = [];
  let at = 0;
  for (const { name, content = '', isStored, isEncrypted, method, claimedSize, isDamaged } of entries) {
    const bytes = Buffer.from(content);
    const packed = isStored ? bytes : deflateRawSync(bytes);
    const size = claimedSize ?? bytes.length;
    const fields = [
      short(20),
      short(isEncrypted ? 1 : 0),
      short(method ?? (isStored ? 0 : 8)),
      short(0),
      short(0),
      word(0),
    ];
    const called = Buffer.from(name);
    const header = Buffer.concat([
      word(isDamaged ? 0 : 0x04034b50),
      ...fields,
      word(packed.length),
      word(size),
      short(called.length),
      short(0),
      called,
    ]);
    const extra = isWide
      ? Buffer.concat([short(1), short(24), long(size), long(packed.length), long(at)])
      : Buffer.alloc(0);
    table.push(
      Buffer.concat([
        word(0x02014b50),
        short(20),
        ...fields,
        word(isWide ? 0xffff_ffff : packed.length),
        word(isWide ? 0xffff_ffff : size),
        short(called.length),
        short(extra.length),
        short(0),
        short(0),
        short(0),
        word(0),
        word(isWide ? 0xffff_ffff : at),
        called,
        extra,
      ]),
    );
    local.push(header, packed);
    at += header.length + packed.length;
  }
  const tableSize = table.reduce((sum, { length }) => sum + length, 0);
  const wideEnd = [
    word(0x06064b50),
    long(44),
    short(45),
    short(45),
    word(0),
    word(0),
    long(entries.length),
    long(entries.length),
    long(tableSize),
    long(at),
    word(0x07064b50),
    word(0),
    long(at + tableSize),
    word(1),
  ];
  const end = Buffer.concat([
    word(0x06054b50),
    short(0),
    short(0),
    short(isWide ? 0xffff : entries.length),
    short(isWide ? 0xffff : entries.length),
    word(isWide ? 0xffff_ffff : tableSize),
    word(isWide ? 0xffff_ffff : at),
    short(Buffer.from(comment).length),
    Buffer.from(comment),
  ]);
  return Buffer.concat([Buffer.from(prefix), ...local, ...table, ...(isWide ? wideEnd : []), end]);
}
