import type { FileContent } from '../../model/file-tree.ts';
import { CatalogerError } from '../cataloger.ts';
import { GatheredBytes } from '../gathered-bytes.ts';
import { visitedPages } from '../visited-pages.ts';
import { damages, largestHeader, type RecordVisitor } from './record-visitor.ts';

/** One page of a Berkeley DB file, whose byte order is that of the machine that wrote it. */
export interface BerkeleyPage {
  readonly bytes: Buffer;
  readonly kind: number;
  /** The page that continues this one; 0 for none. */
  readonly next: number;
  readonly short: (offset: number) => number;
  readonly word: (offset: number) => number;
  /** Offsets of the items in it, in their order. */
  readonly items: readonly number[];
}

/** A Berkeley DB file as its numbered pages. */
export interface BerkeleyPages {
  readonly method: 'hash' | 'tree';
  /** The first page, which describes the file. */
  readonly meta: BerkeleyPage;
  /** Pages are numbered from 0. */
  readonly count: number;
  /** A copy of a page that was not asked for before; undefined, and told as damage, for one that was or that is not there. */
  readonly page: (number: number) => BerkeleyPage | undefined;
  /** A value of `length` bytes that fills pages of its own, from page `first`; written over by the next one. */
  readonly overflow: (first: number, length: number) => Buffer | undefined;
}

const magics = { hash: 0x06_15_61, tree: 0x05_31_62 } as const;
export const pageKinds = {
  unsortedHash: 2,
  treeInterior: 3,
  treeLeaf: 5,
  overflow: 7,
  hash: 13,
} as const;
/** `DB_PAGE_NOTUSED` and what else stands before the offsets of a page. */
const pageHeaderLength = 26;
const metaLength = 512;

/**
 * Opens a Berkeley DB file. The layout of its pages has been the same since version 3: 8 bytes for the log, number, previous and
 * next page, count of items, end of the free space, level, kind. Page 0 has other fields instead: its kind of file, version,
 * size of a page.
 *
 * @throws CatalogerError
 */
export function berkeleyPages(content: FileContent, visitor: Pick<RecordVisitor, 'damaged'>): BerkeleyPages {
  const start = Buffer.from(content.read(0, metaLength));
  if (start.length < metaLength) throw notBerkeley();
  const isBig = ([magics.hash, magics.tree] as number[]).includes(start.readUInt32BE(12));
  const meta = pageOf(start, isBig);
  const magic = meta.word(12);
  const pageSize = meta.word(20);
  if (magic !== magics.hash && magic !== magics.tree) throw notBerkeley();
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) throw notBerkeley();
  // An algorithm for encryption, and the flag of checksums: pages would then be laid out in another way.
  if (start[24] !== 0 || ((start[26] ?? 0) & 1) !== 0) {
    throw new CatalogerError({
      en: 'its pages are encrypted or have checksums',
      zh: '其页面已加密或带有校验和，无法读取',
    });
  }
  const count = Math.ceil(content.size / pageSize);
  const isNew = visitedPages(count);
  const gathered = new GatheredBytes();

  function bytesOf(number: number): Buffer | undefined {
    // Asked before it is read: thousands of items may lead to one page.
    if (number < count && !isNew(number)) {
      visitor.damaged(damages.circle);
      return undefined;
    }
    const bytes = number < count ? content.read(number * pageSize, pageSize) : undefined;
    if (bytes?.length === pageSize) return bytes;
    visitor.damaged(damages.beyond);
    return undefined;
  }

  function overflow(first: number, length: number): Buffer | undefined {
    if (length > largestHeader || length > content.size) {
      visitor.damaged(length > content.size ? damages.beyond : damages.tooLarge);
      return undefined;
    }
    gathered.begin(length);
    let next = first;
    while (gathered.bytes.length < length) {
      const bytes = next === 0 ? undefined : bytesOf(next);
      const found = bytes && pageOf(bytes, isBig);
      if (found?.kind !== pageKinds.overflow) {
        // A page that cannot be had was told of already.
        if (found || next === 0) visitor.damaged(damages.record);
        return undefined;
      }
      // Where other pages end their free space, these have the length of their content.
      gathered.add(found.bytes.subarray(pageHeaderLength, pageHeaderLength + found.short(22)));
      ({ next } = found);
    }
    return gathered.bytes;
  }

  function page(number: number): BerkeleyPage | undefined {
    const bytes = bytesOf(number);
    return bytes && pageOf(Buffer.from(bytes), isBig);
  }

  return { method: magic === magics.hash ? 'hash' : 'tree', meta, count, page, overflow };
}

function notBerkeley(): CatalogerError {
  return new CatalogerError({ en: 'it is not a Berkeley DB file', zh: '不是 Berkeley DB 文件' });
}

function pageOf(bytes: Buffer, isBig: boolean): BerkeleyPage {
  const short = (offset: number) => {
    if (offset + 2 > bytes.length) return 0;
    return isBig ? bytes.readUInt16BE(offset) : bytes.readUInt16LE(offset);
  };
  const word = (offset: number) => {
    if (offset + 4 > bytes.length) return 0;
    return isBig ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset);
  };
  const kind = bytes[25] ?? 0;
  const items: number[] = [];
  if (kind === pageKinds.hash || kind === pageKinds.unsortedHash || kind === pageKinds.treeLeaf) {
    const most = Math.min(short(20), Math.floor((bytes.length - pageHeaderLength) / 2));
    for (let index = 0; index < most; index += 1) items.push(short(pageHeaderLength + index * 2));
  }
  return { bytes, kind, next: word(16), short, word, items };
}
