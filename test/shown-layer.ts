import { mkdtempSync, openSync, rmSync, writeFileSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnreadableFact } from '../src/model/fact.ts';
import type { FileContent, FileEntry, Interest, LayerSource, LayerVisitor } from '../src/model/file-tree.ts';
import { fileLayer } from '../src/sources/image/tar-file.ts';
import { showStream } from '../src/sources/image/tar-stream.ts';

/** Everything that a visitor was told, in its order. */
export interface ShownLayer {
  readonly entries: FileEntry[];
  /** Contents by path; only what `wanted` asked for. */
  readonly contents: Map<string, Buffer>;
  readonly heads: Map<string, Buffer>;
  readonly removed: string[];
  readonly opaque: string[];
  readonly gaps: UnreadableFact[];
  /** All of it, as it came. */
  readonly log: string[];
}

/** A visitor that remembers. Of contents larger than `most` only so many bytes are kept. */
export function rememberingVisitor(
  wanted: (entry: FileEntry) => Interest = () => 'read',
  most = 64 * 1024,
): ShownLayer & { readonly visitor: LayerVisitor } {
  const shown: ShownLayer = {
    entries: [],
    contents: new Map(),
    heads: new Map(),
    removed: [],
    opaque: [],
    gaps: [],
    log: [],
  };
  const visitor: LayerVisitor = {
    entry(entry) {
      shown.entries.push(entry);
      shown.log.push(`entry ${JSON.stringify(entry)}`);
      return wanted(entry);
    },
    head({ path, mode }, head) {
      shown.heads.set(path, Buffer.from(head));
      shown.log.push(`head ${path} ${head.toString('hex')}`);
      // A test says by the mode whether the rest is wanted.
      return (mode & 1) === 0;
    },
    content({ path }, content) {
      const bytes = bytesOf(content, most);
      shown.contents.set(path, bytes);
      shown.log.push(`content ${path} ${content.size} ${bytes.toString('hex')}`);
    },
    removed(path) {
      shown.removed.push(path);
      shown.log.push(`removed ${path}`);
    },
    opaque(path) {
      shown.opaque.push(path);
      shown.log.push(`opaque ${path}`);
    },
    gap(gap) {
      shown.gaps.push(gap);
      shown.log.push(`gap ${gap.path} ${gap.reason.en}`);
    },
  };
  return { ...shown, visitor };
}

function bytesOf(content: FileContent, most: number): Buffer {
  const size = Math.min(most, content.size);
  const parts: Buffer[] = [];
  for (let done = 0; done < size;) {
    const bytes = content.read(done, Math.min(1000, size - done));
    if (bytes.length === 0) break;
    parts.push(Buffer.from(bytes));
    done += bytes.length;
  }
  return Buffer.concat(parts);
}

/** Bytes in chunks of some size, as a stream brings them. */
export async function* chunksOf(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer, void> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Shows an archive that lies in a file. */
export async function shownFromFile(
  archive: Buffer,
  wanted?: (entry: FileEntry) => Interest,
  then: (source: LayerSource) => void = () => undefined,
): Promise<ShownLayer> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
  const path = join(folder, 'layer.tar');
  // It need not begin where the file does.
  writeFileSync(path, Buffer.concat([Buffer.from('before'), archive, Buffer.from('behind')]));
  const descriptor = openSync(path, 'r');
  try {
    const shown = rememberingVisitor(wanted);
    const source = fileLayer({ range: { descriptor, start: 6, size: archive.length }, name: 'layer.tar' });
    await source.read(shown.visitor);
    then(source);
    return shown;
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
}

/** Shows an archive that comes as a stream. */
export async function shownFromStream(
  archive: Buffer,
  wanted?: (entry: FileEntry) => Interest,
  chunkSize?: number,
): Promise<ShownLayer & { readonly damage?: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
  try {
    const shown = rememberingVisitor(wanted);
    const options = { spool: join(folder, 'spool'), isVerified: false };
    const damage = await showStream(chunksOf(archive, chunkSize), shown.visitor, options);
    return { ...shown, ...(damage ? { damage: damage.en } : {}) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
