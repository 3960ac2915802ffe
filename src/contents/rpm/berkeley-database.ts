import type { FileContent } from '../../model/file-tree.ts';
import { type BerkeleyPage, type BerkeleyPages, berkeleyPages, pageKinds } from './berkeley-pages.ts';
import { damages, type RecordVisitor } from './record-visitor.ts';

/** Places in page 0. */
const hashMeta = { mostBucket: 72, spares: 96 } as const;
const treeMeta = { root: 88 } as const;
const hashItems = { inPage: 1, offPage: 3 } as const;
const treeItems = { inPage: 1, overflow: 3, deleted: 0x80 } as const;
/** The root's level is the tree's height; two keys in a page, and 2³² pages. */
const deepest = 32;

/**
 * `Packages` of rpm up to 4.15: a Berkeley DB file whose keys are package numbers and whose values are headers. It is a hash table
 * as a rule; a tree is read too, as rpm does.
 *
 * @throws CatalogerError
 */
export function readBerkeleyDatabase(content: FileContent, visitor: RecordVisitor): void {
  const pages = berkeleyPages(content, visitor);
  if (pages.method === 'hash') readHash(pages, visitor);
  else readTree(pages, visitor);
}

/** Buckets have a page each and pages that continue it. They are laid down in groups, whose offsets `spares` tells. */
function readHash(pages: BerkeleyPages, visitor: RecordVisitor): void {
  const most = Math.min(pages.meta.word(hashMeta.mostBucket), pages.count);
  for (let bucket = 0; bucket <= most; bucket += 1) {
    const group = bucket === 0 ? 0 : 32 - Math.clz32(bucket);
    let number = bucket + pages.meta.word(hashMeta.spares + group * 4);
    do {
      const page = pages.page(number);
      if (!page) break;
      // A bucket that was never written to is a page of zeros.
      if (page.kind === pageKinds.hash || page.kind === pageKinds.unsortedHash) readHashPage(pages, page, visitor);
      else if (page.kind !== 0) visitor.damaged(damages.page);
      number = page.next;
    } while (number !== 0);
  }
}

/** Keys and values in turn. An item reaches from its offset to that of the one before, the first to the end of the page. */
function readHashPage(pages: BerkeleyPages, page: BerkeleyPage, visitor: RecordVisitor): void {
  let left = page.bytes.length;
  for (let index = 0; index + 1 < page.items.length; index += 2) {
    const keyStart = page.items[index] ?? 0;
    const keyEnd = page.items[index - 1] ?? page.bytes.length;
    const start = page.items[index + 1] ?? 0;
    // Items lie beside each other: together they cannot be longer than the page.
    left -= Math.max(0, keyEnd - Math.min(keyStart, start));
    if (left < 0) return visitor.damaged(damages.circle);
    // The record of key 0 holds the highest package number.
    if (page.bytes.subarray(keyStart + 1, keyEnd).every((byte) => byte === 0)) continue;
    const kind = page.bytes[start];
    if (kind === hashItems.inPage && start < keyStart) visitor.header(page.bytes.subarray(start + 1, keyStart));
    else if (kind === hashItems.offPage) showOverflow(pages, page.word(start + 4), page.word(start + 8), visitor);
    else visitor.damaged(damages.page);
  }
}

function readTree(pages: BerkeleyPages, visitor: RecordVisitor): void {
  let number = pages.meta.word(treeMeta.root);
  let page = pages.page(number);
  // Down to the leaf that is the furthest left; from there leaves are linked.
  for (let depth = 0; page?.kind === pageKinds.treeInterior && depth < deepest; depth += 1) {
    number = page.word(page.short(26) + 4);
    page = pages.page(number);
  }
  while (page) {
    if (page.kind !== pageKinds.treeLeaf) return visitor.damaged(damages.page);
    readLeaf(pages, page, visitor);
    page = page.next === 0 ? undefined : pages.page(page.next);
  }
}

/** Keys and values in turn, each a length, a kind and bytes; of a value on other pages the number of the first and its length. */
function readLeaf(pages: BerkeleyPages, page: BerkeleyPage, visitor: RecordVisitor): void {
  let left = page.bytes.length;
  for (let index = 0; index + 1 < page.items.length; index += 2) {
    const key = page.items[index] ?? 0;
    const value = page.items[index + 1] ?? 0;
    const kind = page.bytes[value + 2] ?? 0;
    // Keys may be shared by several values, which lie beside each other.
    left -= kind === treeItems.inPage ? page.short(value) : 0;
    if (left < 0) return visitor.damaged(damages.circle);
    if ((kind & treeItems.deleted) !== 0) continue;
    if (page.bytes.subarray(key + 3, key + 3 + page.short(key)).every((byte) => byte === 0)) continue;
    const end = value + 3 + page.short(value);
    if (kind === treeItems.overflow) showOverflow(pages, page.word(value + 4), page.word(value + 8), visitor);
    else if (kind === treeItems.inPage && end <= page.bytes.length) {
      visitor.header(page.bytes.subarray(value + 3, end));
    } else visitor.damaged(damages.page);
  }
}

function showOverflow(pages: BerkeleyPages, first: number, length: number, visitor: RecordVisitor): void {
  const blob = pages.overflow(first, length);
  if (blob) visitor.header(blob);
}
