import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { PlimsollError } from '../../model/error.ts';
import { type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { Text } from '../../model/text.ts';
import { unreadableFile, unreadableImage } from './blob-error.ts';
import { headOf } from './blob-layer.ts';
import { rangeChunks, streamChunks } from './blob-range.ts';
import type { DescribedPlatform, FileRange, OpenedBlob } from './blob-store.ts';
import { compressionOf, decompressed, isNotRead } from './decompress.ts';
import { DamagedStream } from './decompress-damage.ts';
import { TarFile } from './tar-file.ts';
import { cleanPath } from './tar-name.ts';
import { openSpool } from './tar-spool.ts';
import type { TarMember } from './tar-walk.ts';

/** Which image of an archive is wanted. */
export interface WantedImage {
  readonly platform?: DescribedPlatform;
  readonly image?: string;
  readonly spool: string;
}

/** An archive, ready to be read by place. */
export interface ArchiveFile {
  readonly path: string;
  readonly tar: TarFile;
  readonly range: FileRange;
  /** What could not be unpacked. */
  readonly gaps: readonly UnreadableFact[];
  readonly close: () => void;
}

/**
 * Opens an archive, and unpacks it where it is compressed as a whole, or comes through a pipe.
 *
 * @throws PlimsollError
 */
export async function openArchiveFile(path: string, spool: string): Promise<ArchiveFile> {
  const descriptor = openForReading(path);
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) throw unreadableImage(path, { en: 'it is a folder', zh: '它是文件夹' });
    const range = { descriptor, start: 0, size: status.size };
    const compression = status.isFile() ? compressionOf(headOf(range)) : 'unknown';
    if (compression === 'none') return archiveFile(path, range, [], () => closeSync(descriptor));
    if (compression !== 'gzip' && compression !== 'zstd' && compression !== 'unknown') {
      throw unreadableImage(path, isNotRead(compression), unpackIt);
    }
    const chunks = compression === 'unknown' ? streamChunks(descriptor) : rangeChunks(range);
    const unpacked = await unpack(path, chunks, spool);
    closeSync(descriptor);
    return unpacked;
  } catch (error) {
    closeSync(descriptor);
    throw unreadableFile(path, error);
  }
}

function openForReading(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw unreadableFile(path, error);
    throw new PlimsollError(
      'image-not-found',
      { en: `there is no file ${path}`, zh: `文件 ${path} 不存在` },
      { en: 'Check the path.', zh: '请检查路径。' },
    );
  }
}

async function unpack(path: string, chunks: AsyncIterable<Buffer>, folder: string): Promise<ArchiveFile> {
  const spool = openSpool(folder);
  const gaps: UnreadableFact[] = [];
  const tell = (what: Text) => gaps.push(unreadable('file', path, what, anArchive));
  try {
    for await (const chunk of decompressed(chunks, { onRest: tell })) spool.write(chunk);
  } catch (error) {
    // What was unpacked before may do: a root file system, or an image without its last layer.
    if (!(error instanceof DamagedStream) || spool.range().size === 0) {
      spool.close();
      throw error instanceof DamagedStream ? unreadableImage(path, error.reason) : error;
    }
    tell(error.reason);
  }
  return archiveFile(path, spool.range(), gaps, spool.close);
}

function archiveFile(path: string, range: FileRange, gaps: readonly UnreadableFact[], close: () => void): ArchiveFile {
  return { path, tar: new TarFile(range), range, gaps, close };
}

/** Links that lead to links. */
const mostLinks = 8;

/**
 * A member by its name, wherever links in the archive lead to from there: `docker save` writes a layer that two images share once.
 *
 * @throws PlimsollError where it is cut off, or lies there in pieces
 */
export function memberBlob({ path, tar }: ArchiveFile, name: string): OpenedBlob | undefined {
  let found = memberAt(tar, cleanPath(name));
  for (let links = 0; found && found.member.kind !== 'file' && links < mostLinks; links += 1) {
    found = memberAt(tar, targetOf(found.path, found.member));
  }
  if (found?.member.kind !== 'file') return undefined;
  const { member } = found;
  if (!tar.isWhole(member)) throw unreadableImage(`${path} ${name}`, { en: 'it is cut off', zh: '数据不完整' });
  if (member.sparse) {
    throw unreadableImage(`${path} ${name}`, {
      en: 'it is written as a sparse file, which nobody does who saves images',
      zh: '它以稀疏文件形式写入，保存镜像的工具不会如此',
    });
  }
  const file = tar.rangeOf(member);
  return { size: file.size, file, chunks: () => rangeChunks(file), close: () => Promise.resolve() };
}

function memberAt(tar: TarFile, path: string | undefined) {
  const member = path === undefined ? undefined : tar.find(path);
  return path === undefined || !member || member.refused ? undefined : { path, member };
}

function targetOf(path: string, { kind, link }: TarMember): string | undefined {
  if (kind === 'hard-link') return cleanPath(link);
  if (kind !== 'symbolic-link') return undefined;
  return cleanPath(link.startsWith('/') ? link : `${path}/../${link}`);
}

const anArchive: Text = { en: 'an archive that can be unpacked as a whole', zh: '可完整解压的归档' };
const unpackIt: Text = {
  en: 'Unpack it first, and scan the archive that comes out.',
  zh: '请先解压，再扫描得到的归档。',
};
