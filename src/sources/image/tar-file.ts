import { setImmediate as turn } from 'node:timers/promises';
import type { FileContent, LayerSource, LayerVisitor, OpenedContent } from '../../model/file-tree.ts';
import type { FileRange } from './blob-store.ts';
import { checkDigest, digestOfRange } from './blob-digest.ts';
import { unreadableFile } from './blob-error.ts';
import { cleanPath } from './tar-name.ts';
import { TarIndex } from './tar-index.ts';
import { sparseContent } from './tar-sparse.ts';
import { LayerTelling } from './tar-telling.ts';
import { paddedSize, type TarEnd, type TarMember, walkTar } from './tar-walk.ts';
import { TarWindow } from './tar-window.ts';

export interface FileLayerOptions {
  readonly range: FileRange;
  /** What errors call it. */
  readonly name: string;
  /** What its bytes must have; none where nothing is promised. */
  readonly digests?: readonly string[];
}

/** A hard link that leads to a hard link, and so on. */
const mostLinks = 8;
/** Members between which others get their turn. */
const membersAtOnce = 2000;

/**
 * A layer that lies in a file, not compressed. Headers are read, and contents only where they are wanted. Where a digest is promised,
 * all of it is read for that once, meanwhile: if it is another one, `read` fails, and nothing that was shown counts. `open` gives the content of a hard link as well: of what its path led to when
 * the link was made.
 */
export function fileLayer({ range, name, digests = [] }: FileLayerOptions): LayerSource {
  const reader = new TarFile(range);
  let isVerified = false;
  async function verify(): Promise<void> {
    // The digests of one layer are mostly the same one, and else by one algorithm.
    for (const digest of digests) checkDigest(name, digest, await digestOfRange(range, digest));
  }
  return {
    async read(visitor) {
      try {
        const [verified, shown] = await Promise.allSettled([
          isVerified ? undefined : verify(),
          showMembers(reader, visitor, digests.length > 0),
        ]);
        // What is wrong with other bytes than the promised ones says nothing of the layer.
        for (const each of [verified, shown]) if (each.status === 'rejected') throw each.reason;
        isVerified = true;
      } catch (error) {
        throw unreadableFile(name, error);
      }
    },
    open: (path) => reader.open(path),
  };
}

async function showMembers(reader: TarFile, visitor: LayerVisitor, isVerified: boolean): Promise<void> {
  const telling = new LayerTelling(visitor);
  const members = reader.members();
  let step = members.next();
  for (let count = 1; !step.done && !telling.isFull; step = members.next(), count += 1) {
    showMember(reader, telling, step.value);
    if (count % membersAtOnce === 0) await turn();
  }
  if (step.done) telling.end(step.value, isVerified);
}

function showMember(reader: TarFile, telling: LayerTelling, member: TarMember): void {
  const told = telling.tell(member);
  // What is cut off is said at its end.
  if (!told || told.interest === 'skip' || !reader.isWhole(member)) return;
  const content = reader.contentOf(member);
  if (told.interest === 'peek' && !telling.head(told.entry, content)) return;
  telling.content(told.entry, member, content);
}

/** An archive in a file, read by place. */
export class TarFile {
  readonly #range: FileRange;
  readonly #window: TarWindow;
  readonly #idle: TarWindow[] = [];
  #index: TarIndex | undefined;

  constructor(range: FileRange) {
    this.#range = range;
    this.#window = new TarWindow(range);
  }

  /**
   * Goes through the headers. Where all are, what is needed to find a path is noted along the way.
   *
   * @throws the file system's error
   */
  *members(): Generator<TarMember, TarEnd> {
    const index = new TarIndex();
    const members = this.#membersFrom(0);
    let step = members.next();
    for (; !step.done; step = members.next()) {
      index.take(step.value);
      yield step.value;
    }
    this.#index ??= index;
    return step.value;
  }

  *#membersFrom(from: number, window = this.#window): Generator<TarMember, TarEnd> {
    const walk = walkTar(from);
    let position = from;
    let step = walk.next();
    while (!step.done) {
      if (typeof step.value === 'number') {
        const bytes = window.bytes(position, step.value);
        position += bytes.length;
        step = walk.next(bytes);
      } else {
        const member = step.value;
        yield member;
        position = member.offset + paddedSize(member.stored);
        if (!this.isWhole(member)) return { position: this.#range.size, damage: contentIsCut };
        step = walk.next(noBytes);
      }
    }
    // Its last filling may be missing.
    return { ...step.value, position: Math.min(step.value.position, this.#range.size) };
  }

  isWhole({ offset, stored }: TarMember): boolean {
    return offset + stored <= this.#range.size;
  }

  contentOf(member: TarMember, window = this.#window): FileContent {
    const stored = window.content(member.offset, member.stored);
    return member.sparse ? sparseContent(stored, member.sparse, member.size) : stored;
  }

  /**
   * The last member at a path, which counts: a later one replaces an earlier. The first call goes through all headers once.
   *
   * @throws the file system's error
   */
  find(path: string): TarMember | undefined {
    return this.#lookUp(path)?.member;
  }

  /** Where the content of a member lies, if it lies there in one piece. */
  rangeOf({ offset, stored }: TarMember): FileRange {
    return { descriptor: this.#range.descriptor, start: this.#range.start + offset, size: stored };
  }

  open(path: string): OpenedContent | undefined {
    let found = this.#lookUp(path);
    for (let links = 0; found?.member.kind === 'hard-link' && links < mostLinks; links += 1) {
      const target = cleanPath(found.member.link);
      found = target === undefined ? undefined : this.#lookUp(target, found.place);
    }
    if (found?.member.kind !== 'file' || !this.isWhole(found.member)) return undefined;
    const window = this.#idle.pop() ?? new TarWindow(this.#range);
    let isOpen = true;
    const close = () => {
      // Whoever opens thousands of files, one after the other, needs one window for all of them.
      if (isOpen) this.#idle.push(window);
      isOpen = false;
    };
    return { ...this.contentOf(found.member, window), close };
  }

  /** `before`: only what stands in front of that place in the archive. */
  #lookUp(path: string, before?: number): { readonly member: TarMember; readonly place: number } | undefined {
    this.#index ??= TarIndex.of(this.#membersFrom(0, new TarWindow(this.#range)));
    for (const place of this.#index.placesOf(path, before)) {
      const step = this.#membersFrom(this.#index.startAt(place)).next();
      if (!step.done && cleanPath(step.value.path) === path) return { member: step.value, place };
    }
    return undefined;
  }
}

const noBytes = Buffer.alloc(0);
const contentIsCut = { en: 'the archive is cut off in the content of an entry', zh: '归档在条目内容中间被截断' };
