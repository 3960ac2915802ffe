import { unreadable } from '../../model/fact.ts';
import {
  type FileContent,
  type FileEntry,
  type Interest,
  type LayerVisitor,
  peekLength,
} from '../../model/file-tree.ts';
import type { Text } from '../../model/text.ts';
import { cleanPath } from './tar-name.ts';
import type { TarEnd, TarMember } from './tar-walk.ts';

/** Entries that are shown of one layer; images of a hundred thousand files are rare. */
export const mostEntries = 1_000_000;
/** Of the entries that were left out so many are named, the others counted. */
const mostGaps = 100;
/** Bytes of holes that are handed out as zeros: a few blocks can claim as many as they like, and reading them takes time. */
const mostHoles = 4 * 1024 ** 3;
const longestShown = 300;

const whiteout = '.wh.';
const opaqueName = '.wh..wh..opq';

/** What became of a member: its entry and whether it is wanted, or nothing where it is none of the layer's files. */
export interface ToldEntry {
  readonly entry: FileEntry;
  readonly interest: Interest;
}

/**
 * Tells a visitor of the members of one layer: what engines would make of each on their file system, and what they would refuse.
 * Whoever is read from it is given one after the other.
 */
export class LayerTelling {
  readonly #visitor: LayerVisitor;
  #entries = 0;
  #gaps = 0;
  #holes = 0;

  constructor(visitor: LayerVisitor) {
    this.#visitor = visitor;
  }

  /** Whether no more of them are shown. */
  get isFull(): boolean {
    return this.#entries > mostEntries;
  }

  tell(member: TarMember): ToldEntry | undefined {
    this.#entries += 1;
    if (this.isFull) {
      this.#visitor.gap(unreadable('file', '/', areTooMany, fewerEntries));
      return undefined;
    }
    if (member.refused) return this.#leaveOut(member.path, member.refused);
    const path = cleanPath(member.path);
    if (path === undefined) return this.#leaveOut(member.path, leadsOut);
    // The root itself: engines leave it as it is. A file cannot take its place.
    if (path === '')
      return member.kind === 'folder' ? this.#tellOverlay(path, member) : this.#leaveOut(member.path, isNoName);
    const slash = path.lastIndexOf('/') + 1;
    const name = path.slice(slash);
    if (name.startsWith(whiteout)) return this.#tellWhiteout(path.slice(0, slash), name);
    // What an old file system of layers kept for itself.
    if (path.includes('/.wh..wh.') || path.startsWith('.wh..wh.')) return undefined;
    if (member.isWhiteoutDevice) {
      this.#visitor.removed(path);
      return undefined;
    }
    return this.#tellEntry(path, member);
  }

  /** Hands out a content that is wanted, as long as not too much of it is holes. */
  content(entry: FileEntry, { size, stored, sparse }: TarMember, content: FileContent): void {
    if (sparse) this.#holes += Math.max(0, size - stored);
    if (sparse && this.#holes > mostHoles) this.unread(entry.path, areTooManyHoles, fewerHoles);
    else this.#visitor.content(entry, content);
  }

  /** Shows how a file begins; whether all of it is wanted. */
  head(entry: FileEntry, content: FileContent): boolean {
    return this.#visitor.head(entry, content.read(0, Math.min(peekLength, content.size)));
  }

  /** How the archive ended; `isComplete`: its digest holds, so that nothing can be missing from it. */
  end({ position, damage, unmarked }: TarEnd, isComplete: boolean): void {
    const left = this.#gaps - mostGaps;
    if (left > 0) {
      const reason = { en: `${left} more entries were left out`, zh: `另有 ${left} 个条目被略过` };
      this.#visitor.gap(unreadable('file', '/', reason, anArchive));
    }
    if (damage) this.#visitor.gap(unreadable('file', '/', damageAt(position, damage), anArchive));
    else if (unmarked && !isComplete) {
      this.#visitor.gap(unreadable('file', '/', damageAt(position, isUnmarked), anArchive));
    }
  }

  /** An entry whose content could not be shown. */
  unread(path: string, reason: Text, need: Text = anArchive): void {
    this.#gaps += 1;
    if (this.#gaps <= mostGaps) this.#visitor.gap(unreadable('file', shownPath(path), reason, need));
  }

  #leaveOut(path: string, reason: Text): undefined {
    this.unread(path, reason);
  }

  #tellWhiteout(folder: string, name: string): undefined {
    if (name === opaqueName) this.#visitor.opaque(folder.slice(0, -1));
    else if (!name.startsWith('.wh..wh.')) {
      const removed = name.slice(whiteout.length);
      // `.wh..` and `.wh...` would remove the folder itself, or the one above it.
      if (removed === '' || removed === '.' || removed === '..') this.#leaveOut(folder + name, removesNothing);
      else this.#visitor.removed(folder + removed);
    }
  }

  #tellEntry(path: string, member: TarMember): ToldEntry | undefined {
    const target = targetOf(member);
    if (target === undefined) return this.#leaveOut(path, leadsToOutside);
    const { kind, mode, uid, gid, size, modified, capability } = member;
    const entry: FileEntry = {
      path,
      kind: kind === 'unknown' ? 'file' : kind,
      mode,
      uid,
      gid,
      size,
      modified: Math.round(modified * 1000),
      ...(target === '' ? {} : { target }),
      ...(capability === undefined ? {} : { capability }),
    };
    const interest = this.#visitor.entry(entry);
    this.#tellOverlay(path, member);
    return { entry, interest: kind === 'file' ? interest : 'skip' };
  }

  /** What an attribute of overlay says of a folder: an engine on overlay takes it as its own. */
  #tellOverlay(path: string, { opaque, overlay }: TarMember): undefined {
    // As seen on engines: those that run as root heed `trusted` and not `user`.
    if (opaque === 'trusted') this.#visitor.opaque(path);
    if (overlay !== undefined)
      this.unread(path, {
        en: `it has the attribute ${overlay}, by which overlay shows something else there`,
        zh: `带有属性 ${overlay}，overlay 会据此显示其他内容`,
      });
  }
}

/** Where a link leads, in the form that entries have; '' for what is none, `undefined` where it may not lead there. */
function targetOf({ kind, link }: TarMember): string | undefined {
  if (kind === 'symbolic-link') return link;
  if (kind !== 'hard-link') return '';
  return cleanPath(link) || undefined;
}

export function shownPath(path: string): string {
  const cut = path.length > longestShown ? `${path.slice(0, longestShown)}…` : path;
  return cut.startsWith('/') ? cut : `/${cut}`;
}

function damageAt(position: number, what: Text): Text {
  return {
    en: `byte ${position}: ${what.en}; what stands behind it was not read`,
    zh: `字节 ${position} 处：${what.zh}；其后的内容未读取`,
  };
}

const anArchive: Text = { en: 'an archive that an engine accepts', zh: '引擎可接受的归档' };
const areTooMany: Text = {
  en: `only its first ${mostEntries} entries were looked at`,
  zh: `只查看了前 ${mostEntries} 个条目`,
};
const fewerEntries: Text = { en: 'a layer with fewer files', zh: '文件更少的层' };
const leadsOut: Text = {
  en: 'its path is empty, too long or leads out of the image',
  zh: '路径为空、过长或指向镜像之外',
};
const isNoName: Text = { en: 'it would take the place of the root folder', zh: '它会取代根目录' };
const removesNothing: Text = { en: 'it is a mark of removal that names no file', zh: '删除标记未指明文件' };
const leadsToOutside: Text = {
  en: 'it is a hard link that leads to nothing in the image',
  zh: '硬链接未指向镜像内的文件',
};
const isUnmarked: Text = {
  en: 'the archive ends without its end mark, and may be cut off',
  zh: '归档缺少结束标记，可能不完整',
};
const areTooManyHoles: Text = {
  en: `the sparse files before it have more than ${mostHoles / 1024 ** 3} GiB of holes already`,
  zh: `此前的稀疏文件空洞已超过 ${mostHoles / 1024 ** 3} GiB`,
};
const fewerHoles: Text = { en: 'a layer with smaller sparse files', zh: '稀疏文件更小的层' };
