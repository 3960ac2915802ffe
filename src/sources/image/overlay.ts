import { setImmediate as turn } from 'node:timers/promises';
import { unreadable } from '../../model/fact.ts';
import type { FileEntry, LayerSource, LayerVisitor } from '../../model/file-tree.ts';
import type { Text } from '../../model/text.ts';
import { openedBelow, settledOpener } from './folder.ts';
import { openFolderFile } from './folder-file.ts';
import { folderGaps } from './folder-gaps.ts';
import { openBelow, showEntry, walkFolder, type WalkOptions } from './folder-walk.ts';
import { askAttributes, isFolderBelow } from './overlay-attributes.ts';
import { type LayerAttributes, readTarSplit } from './tar-split.ts';
import { mostEntries } from './tar-telling.ts';

/** One layer as an engine on overlay keeps it. */
export interface OverlayLayer extends Pick<WalkOptions, 'changedBy' | 'idInside'> {
  /** `…/overlay2/ID/diff`. */
  readonly folder: string;
  /** What the engine keeps of its archive; absent for what a container changed, which never was one. */
  readonly tarSplit?: string;
  /** The same folders of the layers below. */
  readonly below: readonly string[];
  /** The engine runs without root: its overlay heeds attributes that users may set. */
  readonly heedsUser?: boolean;
  /** The kernel may have left renamed folders, and files without their content: `redirect_dir`, `metacopy`. */
  readonly sparing?: { readonly redirects: boolean; readonly metacopies: boolean };
}

/** So many files wait for their capabilities; the next ones wait with them, or go without. */
const mostWaiting = 20_000;
/** Bytes of programs whose capabilities tar is asked for. */
const mostBytes = 64 * 1024 ** 2;

/**
 * A layer's folder, with what overlay writes into it: whiteouts are character devices 0:0, folders that hide what is below them have
 * an extended attribute, and so have programs with capabilities. Files called `.wh.…` are files.
 */
export function overlaySource(layer: OverlayLayer): LayerSource {
  const open =
    layer.changedBy === 'nobody' ? settledOpener(layer.folder) : (path: string) => openedBelow(layer.folder, path);
  return { read: (visitor) => readOverlay(layer, visitor), open };
}

async function readOverlay(layer: OverlayLayer, visitor: LayerVisitor): Promise<void> {
  const { folder, tarSplit, sparing } = layer;
  const folders: string[] = [];
  const waiting = new Map<string, FileEntry>();
  const names = new Map<string, number>();
  let attributes: LayerAttributes | undefined;
  let isAwaited = tarSplit !== undefined;
  let unasked = 0;
  // Unpacked in another thread while this one walks.
  const recorded = attributesRecorded(layer).then((told) => {
    attributes = told;
    isAwaited = false;
    return told;
  });

  function entry(shown: FileEntry) {
    // The kernel heeds the capabilities of what can be run only.
    if (shown.kind !== 'file' || (shown.mode & 0o111) === 0) return visitor.entry(shown);
    if (attributes && (attributes.capabilities.size === 0 || !names.has(shown.path))) {
      return visitor.entry(withCapability(shown, attributes.capabilities.get(shown.path)));
    }
    if (waiting.size >= mostWaiting && !isAwaited) {
      unasked += 1;
      return visitor.entry(withCapability(shown, attributes?.capabilities.get(shown.path)));
    }
    waiting.set(shown.path, shown);
    return 'skip';
  }

  const walk = walkFolder(
    folder,
    { ...visitor, entry },
    {
      ...layer,
      mostEntries,
      whiteouts: true,
      folder: (path) => void folders.push(path),
      linked: (path, inode, mode) => void ((mode & 0o111) !== 0 && names.set(path, inode)),
      ...(sparing?.metacopies ? { hasContent: ({ blocks, size }) => blocks > 0 || size === 0 } : {}),
    },
  );
  try {
    while (!walk.next().done) await (isAwaited && waiting.size >= mostWaiting ? recorded : turn());
  } finally {
    walk.return(undefined);
  }
  const told =
    withUnasked(await recorded, unasked) ?? (await attributesAsked(layer, folders, [...waiting.values()], unasked));
  showWaiting(layer, visitor, [...waiting.values()], capabilityOf(told, names));
  // An archive may name what is no folder any more, or lies behind a link.
  const there = new Set(told.opaque.length === 0 ? [] : ['', ...folders]);
  for (const path of told.opaque) if (there.has(path)) visitor.opaque(path);
  const gaps = folderGaps(visitor.gap);
  for (const path of told.elsewhere) gaps.incomplete(path, isElsewhere, withoutAttributes);
  gaps.finish();
  if (told.incomplete) visitor.gap(unreadable('file', folder, incomplete(told.incomplete), wholeAttributes));
}

/** `undefined` where there is no such record, or it is damaged. */
async function attributesRecorded({
  tarSplit,
  below,
  heedsUser = false,
}: OverlayLayer): Promise<LayerAttributes | undefined> {
  try {
    return tarSplit === undefined
      ? undefined
      : await readTarSplit(tarSplit, { isLowest: below.length === 0, heedsUser });
  } catch {
    return undefined;
  }
}

async function attributesAsked(
  { folder, below, sparing, heedsUser = false }: OverlayLayer,
  folders: readonly string[],
  programs: readonly FileEntry[],
  unasked: number,
): Promise<LayerAttributes> {
  const files: string[] = [];
  let bytes = 0;
  // The small ones first, so that few are left out.
  for (const { path, size } of programs.toSorted((left, right) => left.size - right.size)) {
    bytes += size;
    if (bytes <= mostBytes) files.push(path);
  }
  const doubtful = sparing?.redirects ? folders : folders.filter((path) => isFolderBelow(below, path));
  const told = await askAttributes(folder, { folders: doubtful, files, heedsUser });
  return withUnasked(told, unasked + programs.length - files.length);
}

/** What was told, and that it is not all where some programs were left out. */
function withUnasked<T extends LayerAttributes | undefined>(told: T, left: number): T {
  if (!told || told.incomplete || left === 0) return told;
  return {
    ...told,
    incomplete: {
      en: `${left} programs are too many or too large to be asked about`,
      zh: `有 ${left} 个程序数量过多或体积过大，未查询`,
    },
  };
}

/** All names of a file share its capabilities; an archive has them at one of the names only. */
function capabilityOf(
  { capabilities }: LayerAttributes,
  names: ReadonlyMap<string, number>,
): (path: string) => string | undefined {
  const byInode = new Map<number | undefined, string>();
  for (const [path, capability] of capabilities) {
    if (names.has(path)) byInode.set(names.get(path), capability);
  }
  return (path) => capabilities.get(path) ?? (names.has(path) ? byInode.get(names.get(path)) : undefined);
}

function showWaiting(
  { folder, changedBy }: OverlayLayer,
  visitor: LayerVisitor,
  entries: readonly FileEntry[],
  capability: (path: string) => string | undefined,
): void {
  const gaps = folderGaps(visitor.gap);
  const scratch = { bytes: Buffer.alloc(0) };
  const open = (path: string) =>
    changedBy === 'nobody' ? openFolderFile(`${folder}/${path}`, scratch, true) : openBelow(folder, path, scratch);
  for (const entry of entries) {
    const { path } = entry;
    showEntry(visitor, withCapability(entry, capability(path)), () => open(path), gaps);
  }
  gaps.finish();
}

function withCapability(entry: FileEntry, capability: string | undefined): FileEntry {
  return capability === undefined ? entry : { ...entry, capability };
}

function incomplete(why: Text): Text {
  return {
    en: `whether it hides folders of the layers below, and has file capabilities, is not known for all of it: ${why.en}`,
    zh: `无法完全得知其是否遮蔽下层文件夹、是否含文件能力：${why.zh}`,
  };
}

const wholeAttributes: Text = {
  en: 'root on the engine’s own machine, with GNU tar',
  zh: '在引擎所在机器上以 root 运行，并安装 GNU tar',
};
const isElsewhere: Text = {
  en: 'an attribute of overlay makes it show something else than what lies here, which was not followed',
  zh: 'overlay 属性使其显示的不是此处的内容，未跟随',
};
const withoutAttributes: Text = {
  en: 'a layer without such attributes, an engine without redirect_dir',
  zh: '不含此类属性的层，且引擎未启用 redirect_dir',
};
