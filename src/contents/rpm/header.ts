/**
 * The tags that are read, with their numbers. From `rpmtag.h` of rpm, which never gives a number another meaning.
 */
export const tags = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  vendor: 1011,
  license: 1014,
  architecture: 1022,
  oldFileNames: 1027,
  fileStates: 1029,
  fileDigests: 1035,
  fileFlags: 1037,
  sourcePackage: 1044,
  folderIndexes: 1116,
  baseNames: 1117,
  folderNames: 1118,
  digestAlgorithm: 5011,
  modularityLabel: 5096,
} as const;
export type Tag = (typeof tags)[keyof typeof tags];

/** The header of one package. What is asked of it is only there while the bytes are. */
export interface RpmHeader {
  /** The first string, of whatever kind of string; undefined where there is none, '' for one that is absurdly long. */
  readonly text: (tag: Tag) => string | undefined;
  /** The number at `index`. */
  readonly number: (tag: Tag, index?: number) => number | undefined;
  /** How many values the tag has; 0 without it. No more than the bytes can hold. */
  readonly count: (tag: Tag) => number;
  /** Gives one string after the other with each call, '' for one that is absurdly long, and undefined once there are no more. */
  readonly texts: (tag: Tag) => () => string | undefined;
}

interface IndexEntry {
  readonly type: number;
  /** In the data. */
  readonly offset: number;
  readonly count: number;
}

const indexEntryLength = 16;
/** What rpm itself takes for the most. */
const mostEntries = 0xff_ff;
/** Characters of a name, a version or a licence. */
const longestText = 4096;
const wantedTags = new Set<number>(Object.values(tags));
const stringTypes = { string: 6, array: 8, translated: 9 } as const;

/**
 * Reads a header as a database keeps it: the number of entries, the length of the data, the entries, the data; all of it big
 * endian. An entry is four numbers: tag, type, offset in the data, count. Entries that follow the signed region are newer than
 * those of the same tag in it, so the last one of a tag counts.
 *
 * @returns undefined for what is no header
 */
export function readHeader(blob: Buffer): RpmHeader | undefined {
  if (blob.length < 8) return undefined;
  const entryCount = blob.readUInt32BE(0);
  const dataLength = blob.readUInt32BE(4);
  const dataStart = 8 + entryCount * indexEntryLength;
  if (entryCount === 0 || entryCount > mostEntries || dataStart + dataLength > blob.length) return undefined;
  const data = blob.subarray(dataStart, dataStart + dataLength);
  const entries = new Map<number, IndexEntry>();
  for (let place = 8; place < dataStart; place += indexEntryLength) {
    const tag = blob.readUInt32BE(place);
    if (!wantedTags.has(tag)) continue;
    const offset = blob.readUInt32BE(place + 8);
    if (offset >= dataLength) continue;
    entries.set(tag, { type: blob.readUInt32BE(place + 4), offset, count: blob.readUInt32BE(place + 12) });
  }
  return {
    text: (tag) => {
      const entry = entries.get(tag);
      return entry && isText(entry) ? textAt(data, entry.offset)?.text : undefined;
    },
    number: (tag, index = 0) => {
      const entry = entries.get(tag);
      return entry && index < entry.count ? numberAt(data, entry, index) : undefined;
    },
    count: (tag) => {
      const entry = entries.get(tag);
      return entry ? Math.min(entry.count, Math.floor((data.length - entry.offset) / leastWidth(entry))) : 0;
    },
    texts: (tag) => textsOf(data, entries.get(tag)),
  };
}

function isText({ type }: IndexEntry): boolean {
  return type === stringTypes.string || type === stringTypes.array || type === stringTypes.translated;
}

/** Bytes of a value of one of the number types 1 to 5; undefined for others. */
function widthOf({ type }: IndexEntry): number | undefined {
  return [undefined, 1, 1, 2, 4, 8][type];
}

function leastWidth(entry: IndexEntry): number {
  return isText(entry) ? 1 : (widthOf(entry) ?? 1);
}

function numberAt(data: Buffer, entry: IndexEntry, index: number): number | undefined {
  const width = widthOf(entry);
  if (width === undefined) return undefined;
  const offset = entry.offset + index * width;
  if (offset + width > data.length) return undefined;
  return width === 8 ? Number(data.readBigUInt64BE(offset)) : data.readUIntBE(offset, width);
}

/** A string that ends with a zero byte, '' for one that is absurdly long; `end` is the place after it. */
function textAt(data: Buffer, offset: number): { readonly text: string; readonly end: number } | undefined {
  const end = data.indexOf(0, offset);
  if (end < 0) return undefined;
  return { text: end - offset > longestText ? '' : data.toString('utf8', offset, end), end: end + 1 };
}

function textsOf(data: Buffer, entry: IndexEntry | undefined): () => string | undefined {
  if (!entry || !isText(entry)) return () => undefined;
  let { offset } = entry;
  let left = entry.count;
  return function next() {
    if (left === 0) return undefined;
    const found = textAt(data, offset);
    left = found ? left - 1 : 0;
    offset = found ? found.end : offset;
    return found?.text;
  };
}
