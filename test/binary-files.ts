/** A part of a program that is made for a test. */
export interface MadeSection {
  readonly name: string;
  readonly bytes: Buffer;
  readonly isExecutable?: true;
}

export interface MadeElf {
  readonly sections: readonly MadeSection[];
  readonly isWide?: boolean;
  readonly isLittleEndian?: boolean;
  /** Without a table of sections: only one segment with all of them. */
  readonly isStripped?: true;
}

/** Where what is made is put into memory. */
export const madeAddress = 0x40_0000;

interface Written {
  readonly isWide: boolean;
  readonly isLittleEndian: boolean;
}

function numbers({ isWide, isLittleEndian }: Written) {
  const write = (size: 2 | 4 | 8, value: number): Buffer => {
    const bytes = Buffer.alloc(size);
    if (size === 8) bytes[isLittleEndian ? 'writeBigUInt64LE' : 'writeBigUInt64BE'](BigInt(value));
    else bytes[isLittleEndian ? 'writeUIntLE' : 'writeUIntBE'](value, 0, size);
    return bytes;
  };
  return {
    short: (value: number) => write(2, value),
    word: (value: number) => write(4, value),
    long: (value: number) => write(isWide ? 8 : 4, value),
  };
}

function padded(bytes: Buffer, alignment: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.length % alignment)) % alignment)]);
}

/** Bytes of a string of fixed length, filled up with zeroes. */
function fixed(text: string, length: number): Buffer {
  return Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(length)]).subarray(0, length);
}

/** An ELF file of these sections, in memory one after the other from `madeAddress` plus their offset in the file. */
export function elfFile({ sections, isWide = true, isLittleEndian = true, isStripped }: MadeElf): Buffer {
  const { short, word, long } = numbers({ isWide, isLittleEndian });
  const headerSize = isWide ? 64 : 52;
  const segmentSize = isWide ? 56 : 32;
  const all = isStripped
    ? sections
    : [
        ...sections,
        { name: '.shstrtab', bytes: Buffer.from(`\0${sections.map(({ name }) => `${name}\0`).join('')}.shstrtab\0`) },
      ];
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let at = headerSize + segmentSize;
  for (const { bytes } of all) {
    const start = at + ((16 - (at % 16)) % 16);
    parts.push(Buffer.alloc(start - at), bytes);
    offsets.push(start);
    at = start + bytes.length;
  }
  const body = padded(Buffer.concat(parts), 8);
  const table = headerSize + segmentSize + body.length;
  let name = 1;
  const rows = all.map(({ name: called, bytes, isExecutable }, index) => {
    const offset = offsets[index] ?? 0;
    const nameAt = name;
    name += called.length + 1;
    const flags = isExecutable ? 6 : 3;
    return Buffer.concat([
      word(nameAt),
      word(1),
      long(flags),
      long(madeAddress + offset),
      long(offset),
      long(bytes.length),
      word(0),
      word(0),
      long(16),
      long(0),
    ]);
  });
  const fileSize = headerSize + segmentSize + body.length;
  const segment = isWide
    ? [word(1), word(6), long(0), long(madeAddress), long(madeAddress), long(fileSize), long(fileSize), long(4096)]
    : [word(1), long(0), long(madeAddress), long(madeAddress), long(fileSize), long(fileSize), word(6), long(4096)];
  const empty = Buffer.alloc(isWide ? 64 : 40);
  const header = Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, isWide ? 2 : 1, isLittleEndian ? 1 : 2, 1, 0]),
    Buffer.alloc(8),
    short(2),
    short(62),
    word(1),
    long(madeAddress),
    long(headerSize),
    long(isStripped ? 0 : table),
    word(0),
    short(headerSize),
    short(segmentSize),
    short(1),
    short(empty.length),
    short(isStripped ? 0 : rows.length + 1),
    short(isStripped ? 0 : rows.length),
  ]);
  return Buffer.concat([header, ...segment, body, ...(isStripped ? [] : [empty, ...rows])]);
}

/** A PE file of these sections, for 64 bits. */
export function portableExecutableFile(sections: readonly MadeSection[]): Buffer {
  const { short, word, long } = numbers({ isWide: true, isLittleEndian: true });
  const stub = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(58), word(64)]);
  const optional = Buffer.concat([short(0x20b), Buffer.alloc(22), long(madeAddress), Buffer.alloc(80)]);
  const headersSize = 512;
  let at = headersSize;
  const rows = sections.map(({ name, bytes, isExecutable }) => {
    const offset = at;
    at += bytes.length;
    return Buffer.concat([
      fixed(name, 8),
      word(bytes.length),
      word(offset),
      word(bytes.length),
      word(offset),
      Buffer.alloc(12),
      word(isExecutable ? 0x6000_0020 : 0xc000_0040),
    ]);
  });
  const head = Buffer.concat([
    stub,
    Buffer.from('PE\0\0', 'latin1'),
    short(0x8664),
    short(sections.length),
    Buffer.alloc(12),
    short(optional.length),
    short(0x22),
    optional,
    ...rows,
  ]);
  return Buffer.concat([fixed(head.toString('latin1'), headersSize), ...sections.map(({ bytes }) => bytes)]);
}

/** A Mach-O file of these sections in one segment, for 64 bits. */
export function machOFile(sections: readonly MadeSection[]): Buffer {
  const { word, long } = numbers({ isWide: true, isLittleEndian: true });
  const headersSize = 32 + 72 + 80 * sections.length;
  const bodies = sections.map(({ bytes }) => padded(bytes, 16));
  const start = headersSize + ((16 - (headersSize % 16)) % 16);
  let at = start;
  const rows = sections.map(({ name, bytes }, index) => {
    const offset = at;
    at += bodies[index]?.length ?? 0;
    return Buffer.concat([
      fixed(name, 16),
      fixed('__DATA', 16),
      long(madeAddress + offset),
      long(bytes.length),
      word(offset),
      Buffer.alloc(28),
    ]);
  });
  const commandSize = 72 + 80 * sections.length;
  return Buffer.concat([
    Buffer.from('cffaedfe', 'hex'),
    word(0x0100_0007),
    word(3),
    word(2),
    word(1),
    word(commandSize),
    word(0),
    word(0),
    word(0x19),
    word(commandSize),
    fixed('__DATA', 16),
    long(madeAddress),
    long(at),
    long(0),
    long(at),
    word(3),
    word(3),
    word(sections.length),
    word(0),
    ...rows,
    Buffer.alloc(start - headersSize),
    ...bodies,
  ]);
}

/** A Mach-O file that holds programs for several architectures. */
export function fatFile(programs: readonly Buffer[]): Buffer {
  const { word } = numbers({ isWide: false, isLittleEndian: false });
  let at = 8 + 20 * programs.length;
  const rows = programs.map((program) => {
    const offset = at;
    at += program.length;
    return Buffer.concat([word(7), word(3), word(offset), word(program.length), word(0)]);
  });
  return Buffer.concat([word(0xcafebabe), word(programs.length), ...rows, ...programs]);
}
