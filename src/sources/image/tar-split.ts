import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Text } from '../../model/text.ts';
import { entryName } from './entry-name.ts';
import { cleanPath } from './tar-name.ts';
import { type TarMember, walkTar } from './tar-walk.ts';

/** What extended attributes say of a layer's files. */
export interface LayerAttributes {
  /** Folders that hide what the layers below have in them, as in entries; the root is ''. */
  readonly opaque: readonly string[];
  /** `security.capability` of files, as hexadecimal digits, by path. */
  readonly capabilities: ReadonlyMap<string, string>;
  /** What has another attribute of overlay: what it shows lies somewhere else. */
  readonly elsewhere: readonly string[];
  /** Why some may be missing. */
  readonly incomplete?: Text;
}

/*
 * Node cannot read extended attributes. Docker keeps beside each layer what is needed to write its archive again, byte by byte:
 * `tar-split.json.gz`, a line for each entry's name and one for the headers before it, in base64. Parsing all of it takes longer than
 * walking the layer. It is unpacked in another thread while the layer is walked, and searched for the few lines that matter.
 * The format: https://github.com/vbatts/tar-split.
 */

const opaqueName = '.wh..wh..opq';
const capabilityKey = 'SCHILY.xattr.security.capability';

/** What lines that matter have in them: the name, the field of a name that is no UTF-8, and attributes in base64. */
const marksOfOpaque = [Buffer.from(opaqueName), Buffer.from('"name_raw":"')];
const marksOfCapability = inBase64(capabilityKey);
// In their whole length: what is searched for is found the quicker the longer it is.
const marksOfTrusted = inBase64('SCHILY.xattr.trusted.overlay.');
const marksOfUser = inBase64('SCHILY.xattr.user.overlay.');

/** Bytes. A line with the headers of one entry takes 1 to 3 kB. */
const longestLine = 8 * 1024 ** 2;
/** Bytes; 4 million entries. */
const longestText = 4 * 1024 ** 3;
/** Larger pieces are not quicker by much, and stay in memory until they are collected. */
const pieceSize = 64 * 1024;

export interface TarSplitOptions {
  /** Nothing lies below the layer, so that attributes of overlay change nothing and need not be known. */
  readonly isLowest?: boolean;
  /** The engine heeds attributes of overlay that users may set. */
  readonly heedsUser?: boolean;
}

/** What was found so far. */
interface Found {
  readonly opaque: Set<string>;
  readonly capabilities: Map<string, string>;
  readonly elsewhere: Set<string>;
}

/**
 * Reads opaque folders and file capabilities from a layer's `tar-split.json.gz`. Folders are opaque by a mark's name, or by an attribute in
 * the archive, which engines take over.
 *
 * @throws the file system's or zlib's error
 */
export async function readTarSplit(
  file: string,
  { isLowest = false, heedsUser = false }: TarSplitOptions = {},
): Promise<LayerAttributes> {
  const found: Found = { opaque: new Set(), capabilities: new Map(), elsewhere: new Set() };
  const marksOfOverlay = [...marksOfOpaque, ...marksOfTrusted, ...(heedsUser ? marksOfUser : [])];
  const marks = [...marksOfCapability, ...(isLowest ? [] : marksOfOverlay)];
  const search = startSearch(marks, (line) => readLine(line, found, heedsUser));
  const told = () => ({
    opaque: isLowest ? [] : [...found.opaque],
    capabilities: found.capabilities,
    elsewhere: isLowest ? [] : [...found.elsewhere],
  });
  const packed = createReadStream(file, { highWaterMark: pieceSize });
  const text = createGunzip({ chunkSize: pieceSize });
  // Ends the other one with it, whichever fails or is left.
  packed.on('error', (error) => text.destroy(error)).pipe(text);
  try {
    let length = 0;
    for await (const piece of text as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > longestText) return { ...told(), incomplete: isTooLong };
      search.add(piece);
    }
  } finally {
    packed.destroy();
  }
  const isWhole = search.finish();
  return { ...told(), ...(isWhole ? {} : { incomplete: hasLongLines }) };
}

const isTooLong: Text = { en: 'the record of its archive is too long', zh: '归档记录过长' };
const hasLongLines: Text = {
  en: 'the record of its archive has lines that are too long or make no sense',
  zh: '归档记录中有过长或无法解析的行',
};

interface LineSearch {
  readonly add: (piece: Buffer) => void;
  /** Whether every line that matters was understood. */
  readonly finish: () => boolean;
}

/** Finds the lines that have a mark in them; `read` says whether it understood one. */
function startSearch(marks: readonly Buffer[], read: (line: string) => boolean): LineSearch {
  let rest: Buffer = Buffer.alloc(0);
  let isSkipping = false;
  let isWhole = true;

  function searchIn(lines: Buffer): void {
    const done = new Set<number>();
    for (const mark of marks) {
      for (let at = lines.indexOf(mark); at >= 0;) {
        const start = at === 0 ? 0 : lines.lastIndexOf(0x0a, at) + 1;
        const feed = lines.indexOf(0x0a, at);
        const end = feed < 0 ? lines.length : feed;
        if (!done.has(start)) isWhole = read(lines.toString('utf8', start, end)) && isWhole;
        done.add(start);
        at = lines.indexOf(mark, end);
      }
    }
  }

  return {
    add(piece) {
      let added = piece;
      if (isSkipping) {
        const feed = added.indexOf(0x0a);
        if (feed < 0) return;
        isSkipping = false;
        added = added.subarray(feed + 1);
      }
      const first = added.indexOf(0x0a);
      if (first < 0) rest = Buffer.concat([rest, added]);
      else {
        // Only the line that began in the piece before is put together.
        searchIn(Buffer.concat([rest, added.subarray(0, first)]));
        const last = added.lastIndexOf(0x0a);
        if (last > first) searchIn(added.subarray(first + 1, last));
        rest = Buffer.from(added.subarray(last + 1));
      }
      if (rest.length > longestLine) {
        rest = Buffer.alloc(0);
        isSkipping = true;
        isWhole = false;
      }
    },
    finish() {
      searchIn(rest);
      return isWhole;
    },
  };
}

function readLine(line: string, found: Found, heedsUser: boolean): boolean {
  let entry: {
    readonly type?: unknown;
    readonly name?: unknown;
    readonly name_raw?: unknown;
    readonly payload?: unknown;
  };
  try {
    entry = JSON.parse(line) as object;
  } catch {
    return false;
  }
  if (typeof entry !== 'object' || entry === null) return false;
  if (entry.type === 1) {
    const raw = typeof entry.name_raw === 'string' ? entryName(Buffer.from(entry.name_raw, 'base64')) : '';
    const path = cleanPath(typeof entry.name === 'string' && entry.name !== '' ? entry.name : raw) ?? '';
    const slash = path.lastIndexOf('/');
    if (path.slice(slash + 1) === opaqueName) found.opaque.add(path.slice(0, Math.max(0, slash)));
    return true;
  }
  if (typeof entry.payload !== 'string') return false;
  return readHeaders(Buffer.from(entry.payload, 'base64'), found, heedsUser);
}

/** The headers of one entry, with the filling behind the one before it: headers are whole blocks, so that the rest is that. */
function readHeaders(bytes: Buffer, found: Found, heedsUser: boolean): boolean {
  let position = bytes.length % 512;
  const walk = walkTar();
  for (let step = walk.next(); !step.done;) {
    if (typeof step.value === 'number') {
      const part = bytes.subarray(position, position + step.value);
      position += step.value;
      step = walk.next(part);
    } else {
      const { capability, opaque, overlay } = step.value;
      const path = cleanPath(step.value.path);
      if (path === undefined) return true;
      if (path !== '' && capability !== undefined) found.capabilities.set(path, capability);
      if (isHeeded(opaque, heedsUser)) found.opaque.add(path);
      if (overlay !== undefined) found.elsewhere.add(path);
      return true;
    }
  }
  return false;
}

/**
 * Whether an engine's overlay takes a folder with this attribute for opaque: `trusted` is root's to set; one of `user` can be set by whoever
 * owns the folder, inside a container too, and is heeded only of engines without root.
 */
export function isHeeded(opaque: TarMember['opaque'], heedsUser: boolean): boolean {
  return opaque === 'trusted' || (opaque === 'user' && heedsUser);
}

/** How a text shows in base64, wherever it begins: the characters that hold nothing but bits of it. */
function inBase64(text: string): Buffer[] {
  return [0, 1, 2].map((before) => {
    const coded = Buffer.from(`${'\0'.repeat(before)}${text}`).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + text.length) * 8) / 6);
    return Buffer.from(coded.slice(first, end));
  });
}
