import type { Evidence, UnreadableFact } from '../../model/fact.ts';
import { matchesGlob } from '../../model/glob.ts';
import type { ContentsLayer, ImageContents } from '../../model/image-contents.ts';
import type { ImageFacts } from '../../model/image.ts';
import { readStep } from '../../model/image-step.ts';
import type { NotableFile, NotableKind } from '../../model/notable-file.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass, unknown, unknownFrom, type Verdict } from '../../model/verdict.ts';

/** A bill of materials tells of packages only: that it names no file says nothing of files. */
export function hasFiles({ bare, contents }: ImageFacts): boolean {
  return contents !== undefined && !(bare === true && contents.fileCount === 0);
}

/** Whatever was found of these kinds, and is there in the end or can be taken out all the same. */
export function notableFiles(
  contents: ImageContents | undefined,
  kinds: readonly NotableKind[],
  accepted: readonly string[] = [],
): readonly NotableFile[] {
  const all = contents?.files.filter(({ kind }) => kinds.includes(kind)) ?? [];
  return accepted.length === 0 ? all : all.filter(({ path }) => !isAccepted(path, accepted));
}

/** Whether a path is one of these, or is matched by one that has stars in it. */
export function isAccepted(path: string, accepted: readonly string[]): boolean {
  return accepted.some((each) => each === path || (each.includes('*') && matchesGlob(each, path)));
}

/** The names of accepted things, of which each control has its own; paths may have stars. */
export function acceptedPaths(description: Text) {
  return { default: [] as readonly string[], description };
}

/**
 * Why it cannot be said that there is nothing: a layer or its rest was not read, or one of `places`, a file that decides or a
 * folder. What was not understood within another file changes nothing.
 */
export function unseenPart(contents: ImageContents, places: readonly string[] = []): UnreadableFact | undefined {
  const layer = contents.layers.find(({ unread }) => unread !== undefined);
  if (layer?.unread) return layer.unread;
  return contents.gaps.find(
    ({ path }) => path === '/' || path === 'notable files' || places.some((place) => isSameOrAbove(path, place)),
  );
}

/** An unreadable folder hides what is in it. */
function isSameOrAbove(path: string, place: string): boolean {
  return path === place || place.startsWith(`${path}/`) || (place.endsWith('/') && path.startsWith(place));
}

interface Answer {
  readonly found: readonly NotableFile[];
  readonly fails: (list: readonly NotableFile[]) => Text;
  readonly passes: Text;
  /** Files and folders (with a slash at the end) without which it cannot pass. */
  readonly places?: readonly string[];
}

/** The verdict on what must not be there: what was found fails, and nothing passes only where all was looked at. */
export function judgeFiles({ contents }: ImageFacts, { found, fails, passes, places }: Answer): Verdict {
  if (!contents) return notOpened();
  if (found.length > 0) return fail(fails(found), evidenceOfFiles(found, contents), 'contents.files');
  const unseen = unseenPart(contents, places);
  return unseen ? unknownFrom(unseen) : pass(passes, lookedAt(contents));
}

export function notOpened(): Verdict {
  return unknown(
    { en: 'It was not looked into.', zh: '未查看镜像内容。' },
    { en: 'plimsoll scan of the image', zh: '对该镜像运行 plimsoll scan' },
  );
}

export function lookedAt({ fileCount }: ImageContents): Evidence {
  return { source: 'file', path: '/', value: `${fileCount} files` };
}

/** Pieces of evidence that a report has room for. */
const most = 100;

export function evidenceOfFiles(files: readonly NotableFile[], contents: ImageContents): Evidence[] {
  return files.slice(0, most).map(({ path, detail, layer, ownedBy, deleted }) => ({
    source: 'file',
    path,
    value: [
      detail,
      ...(ownedBy === undefined ? [] : [packageName(ownedBy)]),
      ...broughtBy(layer, contents, deleted),
    ].join(' · '),
  }));
}

/** The name in a purl: `mount` of `pkg:deb/debian/mount@2.38?arch=amd64`. */
function packageName(purl: string): string {
  const name = /^pkg:.*\/([^/@?#]+)(?:[@?#]|$)/.exec(purl.slice(0, 500))?.[1];
  return name ?? purl.slice(0, 100);
}

/** `layer 2 of 5 (COPY)`; nothing of a folder, which has no layers. The rest of the line that made it may hold a secret. */
export function broughtBy(layer: number, { layers }: ImageContents, deleted?: true): readonly string[] {
  const made: ContentsLayer | undefined = layers[layer];
  if (layers.length === 1 && made?.createdBy === undefined && made?.digest === undefined) return [];
  const keyword = made?.createdBy === undefined ? 'other' : readStep(made.createdBy).keyword;
  const by = made?.ofContainer ? ' (container)' : keyword === 'other' ? '' : ` (${keyword.toUpperCase()})`;
  return [`layer ${layer + 1} of ${layers.length}${by}${deleted ? ', deleted later' : ''}`];
}
