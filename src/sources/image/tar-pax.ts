import { entryName } from './entry-name.ts';
import { decimal, readSparseList, type SparseMap } from './tar-sparse.ts';

/** What records in front of a member say of it instead of its header. Facts: POSIX pax, GNU tar's manual, star(5). */
export interface PaxRecords {
  readonly path?: string;
  readonly link?: string;
  /** Bytes. */
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since 1970, with a fraction. */
  readonly modified?: number;
  /** `security.capability`, as hexadecimal digits. */
  readonly capability?: string;
  /** An attribute by which overlay hides what the layers below have in the folder, and who heeds it: `user` only where no root mounted it. */
  readonly opaque?: OpaqueAttribute;
  /** Another attribute of overlay, which changes what a folder or a file shows. */
  readonly overlay?: string;
  readonly sparse?: PaxSparse;
}

export type OpaqueAttribute = 'trusted' | 'user';

export interface PaxSparse {
  /** The name of the file: the header's own is made up. */
  readonly path?: string;
  /** Bytes with holes. */
  readonly size?: number;
  /** Absent in the version 1.0, where it stands in front of the content. */
  readonly map?: SparseMap;
}

/**
 * Reads `LENGTH KEY=VALUE` records, the last of a key counts and one without a value says nothing, as engines have it.
 *
 * @returns `undefined` where they are not as they must be
 */
export function readPax(bytes: Buffer): PaxRecords | undefined {
  const found = new Map<string, Buffer>();
  const parts: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const record = recordAt(bytes, start);
    if (!record) return undefined;
    const { key, value, end } = record;
    start = end;
    // Of the version 0.0: pairs of records, in the order of the parts.
    if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') {
      if ((parts.length % 2 === 0) !== (key === 'GNU.sparse.offset')) return undefined;
      parts.push(value.toString('latin1'));
    } else if (isWanted(key)) found.set(key, value);
  }
  return recordsOf(found, parts);
}

interface PaxRecord {
  readonly key: string;
  readonly value: Buffer;
  readonly end: number;
}

/** `30 mtime=1350244992.023960108` and a line feed; the length counts itself. */
function recordAt(bytes: Buffer, start: number): PaxRecord | undefined {
  const space = bytes.indexOf(0x20, start);
  if (space < 0 || space === start || space - start > 10) return undefined;
  const length = decimal(bytes.toString('latin1', start, space));
  const end = start + length;
  if (length < 5 || end > bytes.length || end <= space || bytes[end - 1] !== 0x0a) return undefined;
  const equals = bytes.indexOf(0x3d, space);
  if (equals <= space + 1 || equals >= end) return undefined;
  return { key: bytes.toString('utf8', space + 1, equals), value: bytes.subarray(equals + 1, end - 1), end };
}

const attributes = 'SCHILY.xattr.';
const overlayAttribute = /^SCHILY\.xattr\.(?:trusted|user)\.overlay\.(?:opaque|redirect|metacopy|whiteouts?)$/;
const plainKeys = new Set(['path', 'linkpath', 'size', 'uid', 'gid', 'mtime', `${attributes}security.capability`]);

function isWanted(key: string): boolean {
  if (plainKeys.has(key)) return true;
  return key.startsWith('GNU.sparse.') || (key.startsWith(attributes) && overlayAttribute.test(key));
}

function recordsOf(found: ReadonlyMap<string, Buffer>, parts: readonly string[]): PaxRecords | undefined {
  const text = (key: string) => found.get(key)?.toString('utf8') || undefined;
  const number = (key: string) => numberIn(text(key));
  const name = (key: string) => entryName(found.get(key) ?? Buffer.alloc(0)) || undefined;
  const [path, link] = [name('path'), name('linkpath')];
  const [size, uid, gid, modified] = [number('size'), number('uid'), number('gid'), number('mtime')];
  if (path?.includes('\0') || link?.includes('\0') || [size, uid, gid, modified].some(Number.isNaN)) return undefined;
  const capability = found.get(`${attributes}security.capability`)?.toString('hex');
  const overlay = [...found.keys()].filter((key) => key.startsWith(attributes) && overlayAttribute.test(key));
  const opaque = (['trusted', 'user'] as const).find(
    (each) => found.get(`${attributes}${each}.overlay.opaque`)?.toString('latin1') === 'y',
  );
  const other = overlay.find((key) => !key.endsWith('.opaque'));
  const sparse = sparseOf(text, name('GNU.sparse.name'), parts);
  return {
    ...(path === undefined ? {} : { path }),
    ...(link === undefined ? {} : { link }),
    ...(size === undefined ? {} : { size }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    ...(modified === undefined ? {} : { modified }),
    ...(capability ? { capability } : {}),
    ...(opaque ? { opaque } : {}),
    ...(other === undefined ? {} : { overlay: other.slice(attributes.length) }),
    ...(sparse ? { sparse } : {}),
  };
}

function numberIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^-?\d{1,16}(?:\.\d{0,20})?$/.test(text) ? Number(text) : Number.NaN;
}

/** Versions 0.0 and 0.1 have the map in records, 1.0 in front of the content; others are left as they are. */
function sparseOf(
  text: (key: string) => string | undefined,
  path: string | undefined,
  parts: readonly string[],
): PaxSparse | undefined {
  const version = `${text('GNU.sparse.major') ?? ''}.${text('GNU.sparse.minor') ?? ''}`;
  const list = text('GNU.sparse.map') ?? (parts.length > 0 ? parts.join(',') : undefined);
  if (version === '.' ? list === undefined : !['0.0', '0.1', '1.0'].includes(version)) return undefined;
  const written = text('GNU.sparse.size') ?? text('GNU.sparse.realsize');
  return {
    ...(path === undefined ? {} : { path }),
    ...(written === undefined ? {} : { size: decimal(written) }),
    // A map that is none fails the check of what it says.
    ...(version === '1.0' ? {} : { map: readSparseList(list ?? '') ?? [-1, -1] }),
  };
}
