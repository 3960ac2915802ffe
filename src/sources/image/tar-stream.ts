import type { FileContent, FileEntry, LayerVisitor } from '../../model/file-tree.ts';
import { peekLength } from '../../model/file-tree.ts';
import type { Text } from '../../model/text.ts';
import { TarChunks } from './tar-chunks.ts';
import { DamagedStream } from './decompress-damage.ts';
import { sparseContent } from './tar-sparse.ts';
import { openSpool, type Spool } from './tar-spool.ts';
import { LayerTelling } from './tar-telling.ts';
import { paddedSize, type TarEnd, type TarMember, walkTar } from './tar-walk.ts';
import { TarWindow } from './tar-window.ts';

/** Contents up to this many bytes are held in memory. */
const mostInMemory = 1024 ** 2;
/** A larger content is not kept, though it is wanted. */
const mostSpooled = 4 * 1024 ** 3;

export interface StreamOptions {
  /** The folder for contents that are too large for memory; it is made where it is missing. */
  readonly spool: string;
  /** A digest will be verified at the end: an archive without an end mark is then complete. */
  readonly isVerified: boolean;
}

/**
 * Shows a visitor a layer that comes as a stream, and reads the stream to its end. A damaged stream ends as a gap.
 *
 * @returns what was wrong with the stream, so that it did not come to its end; faults of the archive in it are gaps only
 * @throws the file system's error where a content cannot be put aside; and what the source throws
 */
export async function showStream(
  chunks: AsyncIterable<Buffer>,
  visitor: LayerVisitor,
  { spool, isVerified }: StreamOptions,
): Promise<Text | undefined> {
  const bytes = new TarChunks(chunks);
  const reader = new StreamReader(bytes, new LayerTelling(visitor), spool);
  try {
    return await reader.readAll(isVerified);
  } finally {
    reader.close();
    await bytes.close();
  }
}

class StreamReader {
  readonly #bytes: TarChunks;
  readonly #telling: LayerTelling;
  readonly #folder: string;
  #spool: Spool | undefined;

  constructor(bytes: TarChunks, telling: LayerTelling, folder: string) {
    this.#bytes = bytes;
    this.#telling = telling;
    this.#folder = folder;
  }

  async readAll(isVerified: boolean): Promise<Text | undefined> {
    try {
      const end = await this.#walk();
      await this.#bytes.drain();
      this.#telling.end(end, isVerified);
      return undefined;
    } catch (error) {
      if (!(error instanceof DamagedStream)) throw error;
      this.#telling.end({ position: this.#bytes.position, damage: error.reason }, isVerified);
      return error.reason;
    }
  }

  close(): void {
    this.#spool?.close();
  }

  async #walk(): Promise<TarEnd> {
    const walk = walkTar();
    let step = walk.next();
    while (!step.done) {
      const { value } = step;
      if (typeof value === 'number') {
        step = walk.next(this.#bytes.takeNow(value) ?? (await this.#bytes.take(value)));
      } else {
        const from = this.#bytes.position;
        if (this.#telling.isFull) return { position: from };
        const told = this.#telling.tell(value);
        if (this.#telling.isFull) return { position: from };
        const isWanted = told && told.interest !== 'skip';
        const isWhole = isWanted ? await this.#show(value, told.entry, told.interest === 'peek') : true;
        const isThere = isWhole && (await this.#passOver(value, from));
        if (!isThere) return { position: this.#bytes.position, damage: contentIsCut };
        step = walk.next(noBytes);
      }
    }
    // Its last filling may be missing.
    return { ...step.value, position: Math.min(step.value.position, this.#bytes.position) };
  }

  /** What is left of a content, and its filling, which may be missing from the last one. */
  async #passOver({ stored }: TarMember, from: number): Promise<boolean> {
    const left = from + paddedSize(stored) - this.#bytes.position;
    if (this.#bytes.takeNow(left) ?? (await this.#bytes.skip(left))) return true;
    return this.#bytes.position - from >= stored;
  }

  /** Whether all of the content that was wanted was there. */
  async #show(member: TarMember, entry: FileEntry, isPeek: boolean): Promise<boolean> {
    const { stored } = member;
    if (stored <= mostInMemory) {
      const bytes = this.#bytes.takeNow(stored) ?? (await this.#bytes.take(stored));
      if (bytes.length < stored) return false;
      const content = contentOf(member, inMemory(bytes));
      if (!isPeek || this.#telling.head(entry, content)) this.#telling.content(entry, member, content);
      return true;
    }
    const head = Buffer.from(await this.#bytes.take(peekLength));
    if (head.length < peekLength) return false;
    if (isPeek && !this.#telling.head(entry, contentOf(member, inMemory(head)))) return true;
    if (stored > mostSpooled) {
      this.#telling.unread(entry.path, isTooLarge, inPlace);
      return true;
    }
    return await this.#spooled(member, entry, head);
  }

  async #spooled(member: TarMember, entry: FileEntry, head: Buffer): Promise<boolean> {
    const spool = (this.#spool ??= openSpool(this.#folder));
    spool.write(head);
    for (let left = member.stored - head.length; left > 0;) {
      const piece = await this.#bytes.takeSome(left);
      if (piece.length === 0) return false;
      spool.write(piece);
      left -= piece.length;
    }
    const window = new TarWindow(spool.range());
    this.#telling.content(entry, member, contentOf(member, window.content(0, member.stored)));
    spool.clear();
    return true;
  }
}

function inMemory(bytes: Buffer): FileContent {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

function contentOf({ sparse, size }: TarMember, stored: FileContent): FileContent {
  return sparse ? sparseContent(stored, sparse, size) : stored;
}

const noBytes = Buffer.alloc(0);
const contentIsCut: Text = { en: 'the archive is cut off in the content of an entry', zh: '归档在条目内容中间被截断' };
const isTooLarge: Text = {
  en: `it is larger than ${mostSpooled / 1024 ** 3} GiB, too large to be put aside from a stream`,
  zh: `大于 ${mostSpooled / 1024 ** 3} GiB，无法从数据流中暂存`,
};
const inPlace: Text = {
  en: 'the image in an archive on disk whose layers are not compressed',
  zh: '磁盘上层未压缩的镜像归档',
};
