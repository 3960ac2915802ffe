import type { FileKind } from '../../model/file-tree.ts';
import type { Text } from '../../model/text.ts';
import { blockSize, isZeroBlock, readHeader, type TarHeader, textAt } from './tar-header.ts';
import { type OpaqueAttribute, type PaxRecords, type PaxSparse, readPax } from './tar-pax.ts';
import {
  isSparseMap,
  mostSparseParts,
  oldSparseSize,
  readOldSparseBlock,
  readSparseBlocks,
  type SparseMap,
} from './tar-sparse.ts';

/** One member of an archive, all that is said of it put together. */
export interface TarMember {
  /** As written. */
  readonly path: string;
  /** `unknown`: a kind that no engine unpacks. */
  readonly kind: FileKind | 'unknown';
  /** As written; '' for all but links. */
  readonly link: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly capability?: string;
  /** It has an attribute by which overlay hides what lies below it. */
  readonly opaque?: OpaqueAttribute;
  /** Another attribute of overlay. */
  readonly overlay?: string;
  /** A character device 0:0, by which overlay marks what was removed. */
  readonly isWhiteoutDevice: boolean;
  /** Bytes of the file, holes and all. */
  readonly size: number;
  /** Where the first of its headers stands, bytes from the beginning. */
  readonly start: number;
  /** Where its content stands, and how many bytes that takes without the filling behind it. */
  readonly offset: number;
  readonly stored: number;
  readonly sparse?: SparseMap;
  /** Why it cannot be shown; its content is passed over. */
  readonly refused?: Text;
}

/** How an archive came to its end. */
export interface TarEnd {
  /** Where it ends, or where the damage is; bytes from the beginning. */
  readonly position: number;
  readonly damage?: Text;
  /** It ends without the mark that archives end with: the end may be missing. */
  readonly unmarked?: true;
}

/** What engines take too. Names and attributes are far shorter. */
const longestRecords = 1024 ** 2;
/** With the headers that only say something of the next one. */
const mostHeaders = 4_000_000;

/**
 * Goes through the headers of an archive as the engines' own reader does, so that nothing is hidden from one and seen by the other. It
 * does not read: it yields how many bytes it wants next, and is handed them, fewer only at the end; they may be written over
 * afterwards. Or it yields a member, whose content and filling (`paddedSize`) are to be passed over before the next bytes. `from`: where it is to begin, instead of at the first member.
 */
export function* walkTar(from = 0): Generator<number | TarMember, TarEnd, Buffer> {
  let position = from;
  let said: Said = { start: from };
  for (let headers = 0; headers < mostHeaders; headers += 1) {
    const block = yield blockSize;
    if (block.length === 0) return { position, unmarked: true };
    if (block.length < blockSize) return { position: position + block.length, damage: isCut };
    if (isZeroBlock(block)) {
      const second = yield blockSize;
      const isEnd = second.length < blockSize || isZeroBlock(second);
      return isEnd ? { position } : { position: position + blockSize, damage: isNoHeader };
    }
    const header = readHeader(block);
    if (!header) return { position, damage: isNoHeader };
    const at = position;
    position += blockSize;
    if ('LKxg'.includes(header.type)) {
      if (!isSize(header.size, position)) return { position: at, damage: isNoSize };
      if (header.size > longestRecords) {
        yield { ...passedOver(header, at), stored: header.size, refused: areTooLong };
        said = { start: said.start, broken: areTooLong };
      } else {
        const length = paddedSize(header.size);
        const bytes = length === 0 ? Buffer.alloc(0) : yield length;
        // The last filling may be missing, the records may not.
        if (bytes.length < header.size) return { position: position + bytes.length, damage: isCut };
        said = afterRecords(said, header.type, bytes.subarray(0, header.size));
      }
      position += paddedSize(header.size);
      continue;
    }
    const draft = memberOf(header, said, position);
    if (!isSize(draft.stored, position)) return { position: at, damage: isNoSize };
    const sparse = yield* sparseParts(header, block, said.pax?.sparse, draft);
    if (sparse === 'cut') return { position, damage: isCut };
    const member = { ...draft, ...sparse };
    yield member;
    position = member.offset + paddedSize(member.stored);
    said = { start: position };
  }
  return { position, damage: areTooMany };
}

/** Content is filled up to whole blocks. */
export function paddedSize(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}

/** What headers have said of the next member. */
interface Said {
  /** Where the first of them stands. */
  readonly start: number;
  readonly name?: string;
  readonly link?: string;
  readonly pax?: PaxRecords;
  readonly broken?: Text;
}

function isSize(size: number, position: number): boolean {
  return size >= 0 && Number.isSafeInteger(position + paddedSize(size));
}

function afterRecords(said: Said, type: string, bytes: Buffer): Said {
  if (type === 'L') return { ...said, name: textAt(bytes, 0, bytes.length) };
  if (type === 'K') return { ...said, link: textAt(bytes, 0, bytes.length) };
  const pax = readPax(bytes);
  if (!pax) return { ...said, broken: areNoRecords };
  // Engines do not let records for the whole archive say anything of its members.
  return type === 'g' ? said : { ...said, pax };
}

const kinds = new Map<string, FileKind>([
  ['0', 'file'],
  ['\0', 'file'],
  ['7', 'file'],
  ['S', 'file'],
  ['1', 'hard-link'],
  ['2', 'symbolic-link'],
  ['3', 'device'],
  ['4', 'device'],
  ['5', 'folder'],
  ['6', 'pipe'],
]);

function passedOver(header: TarHeader, at: number): TarMember {
  return {
    path: '',
    kind: 'unknown',
    link: '',
    mode: header.mode,
    uid: header.uid,
    gid: header.gid,
    modified: header.modified,
    isWhiteoutDevice: false,
    size: 0,
    start: at,
    offset: at + blockSize,
    stored: 0,
  };
}

/** The member without its holes. */
function memberOf(header: TarHeader, said: Said, offset: number): TarMember {
  const { pax } = said;
  const path = said.name || pax?.path || header.name;
  const isOldFolder = header.type === '\0' && path.endsWith('/');
  const kind = isOldFolder ? 'folder' : (kinds.get(header.type) ?? 'unknown');
  const isStored = kind === 'file' || kind === 'unknown';
  const stored = isStored ? (pax?.size ?? header.size) : 0;
  const isLink = kind === 'hard-link' || kind === 'symbolic-link';
  const broken = said.broken ?? (kind === 'unknown' ? isUnknown(header.type) : undefined);
  return {
    path,
    kind,
    link: isLink ? said.link || pax?.link || header.link : '',
    mode: header.mode,
    uid: pax?.uid ?? header.uid,
    gid: pax?.gid ?? header.gid,
    modified: pax?.modified ?? header.modified,
    ...(pax?.capability === undefined ? {} : { capability: pax.capability }),
    ...(pax?.opaque ? { opaque: pax.opaque } : {}),
    ...(pax?.overlay === undefined ? {} : { overlay: pax.overlay }),
    isWhiteoutDevice: header.type === '3' && header.major === 0 && header.minor === 0,
    size: kind === 'file' ? stored : 0,
    start: said.start,
    offset,
    stored,
    ...(broken ? { refused: broken } : {}),
  };
}

/** What a sparse file's map changes of its member; nothing for all others. */
function* sparseParts(
  header: TarHeader,
  block: Buffer,
  records: PaxSparse | undefined,
  member: TarMember,
): Generator<number, Partial<TarMember> | 'cut', Buffer> {
  if (member.kind !== 'file') return {};
  if (header.type === 'S') return yield* oldSparse(header, block, member);
  if (!records) return {};
  const named = records.path === undefined ? {} : { path: records.path };
  const size = records.size ?? member.stored;
  if (records.map) return { ...named, ...withMap(records.map, size, member.stored) };
  const read = yield* readSparseBlocks(member.stored);
  if (read === 'cut') return 'cut';
  const stored = member.stored - read.length;
  const mapped = read.map ? withMap(read.map, size, stored) : { size: 0, refused: isNoMap };
  return { ...named, offset: member.offset + read.length, stored, ...mapped };
}

function* oldSparse(
  header: TarHeader,
  block: Buffer,
  member: TarMember,
): Generator<number, Partial<TarMember> | 'cut', Buffer> {
  const size = oldSparseSize(block);
  const parts: number[] = [];
  let { offset } = member;
  for (let more = readOldSparseBlock(block, 'header', parts); more;) {
    const next = yield blockSize;
    if (next.length < blockSize || parts.length > mostSparseParts * 2) return 'cut';
    offset += blockSize;
    more = readOldSparseBlock(next, 'extension', parts);
  }
  return { offset, ...(header.format === 'gnu' ? withMap(parts, size, member.stored) : { refused: isNoMap, size: 0 }) };
}

function withMap(map: SparseMap, size: number, stored: number): Partial<TarMember> {
  const isMap = size >= 0 && map.length <= mostSparseParts * 2 && isSparseMap(map, size, stored);
  return isMap ? { size, sparse: map } : { size: 0, refused: isNoMap };
}

const isCut: Text = { en: 'the archive is cut off', zh: '归档不完整，后续内容缺失' };
const isNoHeader: Text = {
  en: 'what stands there is no header of an archive, or its checksum is wrong',
  zh: '该处不是归档头，或其校验和有误',
};
const isNoSize: Text = { en: 'an entry has an impossible size', zh: '有条目的大小不合理' };
const areTooMany: Text = {
  en: `there are more than ${mostHeaders} headers`,
  zh: `归档头超过 ${mostHeaders} 个`,
};
const areTooLong: Text = {
  en: `what is said of the entry in front of it takes more than ${longestRecords} bytes`,
  zh: `条目之前的扩展头超过 ${longestRecords} 字节`,
};
const areNoRecords: Text = { en: 'what is said of it in front of it makes no sense', zh: '条目之前的扩展头无法解析' };
const isNoMap: Text = { en: 'the map of its holes makes no sense', zh: '稀疏文件的空洞映射不合理' };

function isUnknown(type: string): Text {
  const shown = /^[!-~]$/.test(type) ? type : `0x${type.charCodeAt(0).toString(16)}`;
  return { en: `it is of a kind (${shown}) that engines do not unpack`, zh: `条目类型（${shown}）不为引擎所支持` };
}
