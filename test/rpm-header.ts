/** A package as rpm's database has it: what the tests ask for, and what rpm needs to take it for one. */
export interface WrittenRpm {
  readonly name: string;
  readonly version?: string;
  readonly release?: string;
  readonly epoch?: number;
  readonly architecture?: string;
  readonly sourcePackage?: string;
  readonly vendor?: string;
  readonly license?: string;
  readonly modularity?: string;
  readonly files?: readonly WrittenFile[];
  /** `PGPHASHALGO_*`; 8 is SHA-256. */
  readonly digestAlgorithm?: number;
  /** Bytes of a description, which stand for all that is not read. */
  readonly padding?: number;
}

export interface WrittenFile {
  readonly path: string;
  readonly digest?: string;
  readonly flags?: number;
  readonly state?: number;
}

type Value =
  | { readonly kind: 'text' | 'translated' | 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'words' | 'shorts' | 'bytes'; readonly numbers: readonly number[] };

const types = { bytes: 1, shorts: 3, words: 4, text: 6, texts: 8, translated: 9 } as const;

/** The bytes of a package's header, as a database has them. */
export function writeRpmHeader(rpm: WrittenRpm): Buffer {
  const { files = [] } = rpm;
  const folders = [...new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)))];
  const values: [number, Value | undefined][] = [
    [1000, { kind: 'text', texts: [rpm.name] }],
    [1001, { kind: 'text', texts: [rpm.version ?? '1.0'] }],
    [1002, { kind: 'text', texts: [rpm.release ?? '1'] }],
    [1003, rpm.epoch === undefined ? undefined : { kind: 'words', numbers: [rpm.epoch] }],
    [1004, { kind: 'translated', texts: ['A summary'] }],
    [1005, { kind: 'translated', texts: ['d'.repeat(rpm.padding ?? 20)] }],
    [1011, maybeText(rpm.vendor)],
    [1014, maybeText(rpm.license)],
    [1021, { kind: 'text', texts: ['linux'] }],
    [1022, maybeText(rpm.architecture)],
    [1044, maybeText(rpm.sourcePackage)],
    [5096, maybeText(rpm.modularity)],
  ];
  if (files.length > 0) {
    const folderOf = ({ path }: WrittenFile) => folders.indexOf(path.slice(0, path.lastIndexOf('/') + 1));
    values.push(
      [1028, { kind: 'words', numbers: files.map(() => 3) }],
      [1029, { kind: 'bytes', numbers: files.map(({ state = 0 }) => state) }],
      [1030, { kind: 'shorts', numbers: files.map(() => 0o10_0644) }],
      [1033, { kind: 'shorts', numbers: files.map(() => 0) }],
      [1034, { kind: 'words', numbers: files.map(() => 1_700_000_000) }],
      [1035, { kind: 'texts', texts: files.map(({ digest = '' }) => digest) }],
      [1036, { kind: 'texts', texts: files.map(() => '') }],
      [1037, { kind: 'words', numbers: files.map(({ flags = 0 }) => flags) }],
      [1039, { kind: 'texts', texts: files.map(() => 'root') }],
      [1040, { kind: 'texts', texts: files.map(() => 'root') }],
      [1095, { kind: 'words', numbers: files.map(() => 1) }],
      [1096, { kind: 'words', numbers: files.map((_, index) => index + 1) }],
      [1097, { kind: 'texts', texts: files.map(() => '') }],
      [1116, { kind: 'words', numbers: files.map(folderOf) }],
      [1117, { kind: 'texts', texts: files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)) }],
      [1118, { kind: 'texts', texts: folders }],
      [5011, { kind: 'words', numbers: [rpm.digestAlgorithm ?? 8] }],
    );
  }
  return headerOf(values.flatMap(([tag, value]) => (value ? [[tag, value] as const] : [])));
}

function maybeText(text: string | undefined): Value | undefined {
  return text === undefined ? undefined : { kind: 'text', texts: [text] };
}

/** Index and data, sorted by tag, without a signed region, as of packages before rpm 4. */
function headerOf(values: readonly (readonly [number, Value])[]): Buffer {
  const sorted = values.toSorted(([one], [other]) => one - other);
  const index: Buffer[] = [];
  const data: Buffer[] = [];
  let length = 0;
  for (const [tag, value] of sorted) {
    const bytes = bytesOf(value);
    const align = value.kind === 'words' ? 4 : value.kind === 'shorts' ? 2 : 1;
    const filling = (align - (length % align)) % align;
    const entry = Buffer.alloc(16);
    entry.writeUInt32BE(tag, 0);
    entry.writeUInt32BE(types[value.kind], 4);
    entry.writeUInt32BE(length + filling, 8);
    entry.writeUInt32BE(countOf(value), 12);
    index.push(entry);
    data.push(Buffer.alloc(filling), bytes);
    length += filling + bytes.length;
  }
  const start = Buffer.alloc(8);
  start.writeUInt32BE(index.length, 0);
  start.writeUInt32BE(length, 4);
  return Buffer.concat([start, ...index, ...data]);
}

function countOf(value: Value): number {
  return 'texts' in value ? value.texts.length : value.numbers.length;
}

function bytesOf(value: Value): Buffer {
  if ('texts' in value) return Buffer.from(value.texts.map((text) => `${text}\0`).join(''));
  const width = value.kind === 'words' ? 4 : value.kind === 'shorts' ? 2 : 1;
  const bytes = Buffer.alloc(value.numbers.length * width);
  for (const [place, number] of value.numbers.entries()) bytes.writeUIntBE(number, place * width, width);
  return bytes;
}

/** A list of headers as `rpmdb --importdb` reads it from its input, and `--exportdb` writes it. */
export function rpmHeaderList(headers: readonly Buffer[]): Buffer {
  const magic = Buffer.from('8eade80100000000', 'hex');
  return Buffer.concat(headers.flatMap((header) => [magic, header]));
}
