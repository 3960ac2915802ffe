/** A member of an archive, as tests want it written. */
export interface WrittenMember {
  readonly path: string;
  /** The header's type: `0` for a file where nothing else is said. */
  readonly type?: string;
  readonly content?: Buffer | string;
  readonly link?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since 1970. */
  readonly modified?: number;
  readonly major?: number;
  readonly minor?: number;
  /** `pax` where nothing else is said. Long names are written as each of them does. */
  readonly format?: TarFormat;
  /** Records of `pax`, on top of what is needed. */
  readonly records?: Readonly<Record<string, string | Buffer>>;
  readonly sparse?: SparseForm;
  /** A file with holes: where `content` belongs, in pieces. */
  readonly holes?: { readonly size: number; readonly parts: readonly (readonly [offset: number, length: number])[] };
  /** What stands in the header's field of the size, instead of the size. */
  readonly sizeField?: Buffer;
}

export const tarFormats = ['v7', 'ustar', 'gnu', 'pax'] as const;
export type TarFormat = (typeof tarFormats)[number];
export const sparseForms = ['gnu', '0.0', '0.1', '1.0'] as const;
export type SparseForm = (typeof sparseForms)[number];

const blockSize = 512;

/** A whole archive, with its end mark. */
export function tarOf(members: readonly WrittenMember[]): Buffer {
  return Buffer.concat([...members.map(memberBytes), Buffer.alloc(2 * blockSize)]);
}

/** One member with all of its headers, content and filling. */
export function memberBytes(member: WrittenMember): Buffer {
  const content = Buffer.from(member.content ?? '');
  const { format = 'pax' } = member;
  if (member.holes) return sparseBytes(member, content, member.holes);
  return Buffer.concat([...extensions(member, format), header(member, content.length), filled(content)]);
}

function isLong(text: string): boolean {
  return Buffer.byteLength(text) > 100;
}

/** What stands in front of a member because its header has no room for it. */
function extensions(member: WrittenMember, format: TarFormat, size?: number): Buffer[] {
  const { path, link = '', records = {} } = member;
  if (format === 'gnu') {
    const long = (type: string, text: string) => {
      const bytes = Buffer.from(`${text}\0`);
      return [header({ path: '././@LongLink', type, format }, bytes.length), filled(bytes)];
    };
    return [...(isLong(link) ? long('K', link) : []), ...(isLong(path) ? long('L', path) : [])];
  }
  const needed: Record<string, string | Buffer> = { ...records };
  if (format === 'pax') {
    if (isLong(path)) needed.path = path;
    if (isLong(link)) needed.linkpath = link;
    if ((member.uid ?? 0) > 0o7777777) needed.uid = String(member.uid);
    if ((member.gid ?? 0) > 0o7777777) needed.gid = String(member.gid);
    if (size !== undefined && size > 0o77777777777) needed.size = String(size);
    if (!Number.isInteger(member.modified ?? 0)) needed.mtime = String(member.modified);
  }
  return Object.keys(needed).length > 0 ? paxHeader(paxRecords(Object.entries(needed))) : [];
}

export function paxHeader(records: Buffer, type = 'x'): Buffer[] {
  return [header({ path: 'PaxHeaders/x', type, format: 'pax' }, records.length), filled(records)];
}

export function paxRecords(records: readonly (readonly [string, string | Buffer])[]): Buffer {
  return Buffer.concat(
    records.map(([key, value]) => {
      const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
      let length = rest.length + 1;
      while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
      return Buffer.concat([Buffer.from(String(length)), rest]);
    }),
  );
}

function sparseBytes(
  member: WrittenMember,
  content: Buffer,
  { size, parts }: NonNullable<WrittenMember['holes']>,
): Buffer {
  const { sparse = '1.0', path } = member;
  const list = parts.flat();
  if (sparse === 'gnu') {
    const extensionBlocks: Buffer[] = [];
    for (let index = 4; index < parts.length; index += 21) {
      const block = Buffer.alloc(blockSize);
      parts.slice(index, index + 21).forEach((part, place) => writePart(block, place * 24, part));
      if (index + 21 < parts.length) block[504] = 1;
      extensionBlocks.push(block);
    }
    const first = header({ ...member, type: 'S', format: 'gnu' }, content.length, (block) => {
      parts.slice(0, 4).forEach((part, place) => writePart(block, 386 + place * 24, part));
      if (parts.length > 4) block[482] = 1;
      writeNumber(block, 483, 12, size);
    });
    return Buffer.concat([...extensions(member, 'gnu'), first, ...extensionBlocks, filled(content)]);
  }
  const records: [string, string][] =
    sparse === '0.0'
      ? [
          ['GNU.sparse.size', String(size)],
          ['GNU.sparse.numblocks', String(parts.length)],
          ...parts.flatMap(([offset, length]): [string, string][] => [
            ['GNU.sparse.offset', String(offset)],
            ['GNU.sparse.numbytes', String(length)],
          ]),
        ]
      : sparse === '0.1'
        ? [
            ['GNU.sparse.name', path],
            ['GNU.sparse.size', String(size)],
            ['GNU.sparse.numblocks', String(parts.length)],
            ['GNU.sparse.map', list.join(',')],
          ]
        : [
            ['GNU.sparse.major', '1'],
            ['GNU.sparse.minor', '0'],
            ['GNU.sparse.name', path],
            ['GNU.sparse.realsize', String(size)],
          ];
  const map =
    sparse === '1.0'
      ? filled(Buffer.from(`${parts.length}\n${list.map((each) => `${each}\n`).join('')}`))
      : Buffer.alloc(0);
  const name = sparse === '0.0' ? path.slice(0, 100) : 'GNUSparseFile.0/x';
  return Buffer.concat([
    ...paxHeader(paxRecords(sparse === '0.0' ? [['path', path], ...records] : records)),
    header({ ...member, path: name, format: 'pax' }, map.length + content.length),
    map,
    filled(content),
  ]);
}

function writePart(block: Buffer, start: number, [offset, length]: readonly [number, number]): void {
  writeNumber(block, start, 12, offset);
  writeNumber(block, start + 12, 12, length);
}

/** One header block with its checksum; `change` may write into it before that is summed up. */
export function header(member: WrittenMember, size: number, change?: (block: Buffer) => void): Buffer {
  const { path, type = '0', link = '', format = 'pax' } = member;
  const block = Buffer.alloc(blockSize);
  block.write(Buffer.from(path).subarray(0, 100).toString('latin1'), 0, 'latin1');
  writeNumber(block, 100, 8, member.mode ?? 0o644);
  writeNumber(block, 108, 8, format === 'gnu' ? (member.uid ?? 0) : (member.uid ?? 0) % 0o10000000);
  writeNumber(block, 116, 8, format === 'gnu' ? (member.gid ?? 0) : (member.gid ?? 0) % 0o10000000);
  writeNumber(block, 124, 12, size);
  member.sizeField?.copy(block, 124);
  writeNumber(block, 136, 12, Math.floor(member.modified ?? 0));
  block.write(type, 156, 'latin1');
  block.write(Buffer.from(link).subarray(0, 100).toString('latin1'), 157, 'latin1');
  if (format !== 'v7') {
    block.write(format === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257, 'latin1');
    writeNumber(block, 329, 8, member.major ?? 0);
    writeNumber(block, 337, 8, member.minor ?? 0);
  }
  change?.(block);
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** In octal digits; in base 256 where these have no room for it. */
export function writeNumber(block: Buffer, start: number, length: number, value: number): void {
  const digits = value.toString(8).padStart(length - 1, '0');
  if (value >= 0 && digits.length < length) {
    block.write(digits, start, 'latin1');
    return;
  }
  let rest = BigInt(value);
  for (let index = start + length - 1; index >= start; index -= 1) {
    block[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  block[start] = (block[start] ?? 0) | 0x80;
}

function filled(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize)]);
}
