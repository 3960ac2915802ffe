import { known, unreadable, type Fact, type UnreadableFact } from '../../model/fact.ts';
import type { FileKind } from '../../model/file-tree.ts';
import type { ContentsLayer, Distribution, FoundSecret, ImageContents } from '../../model/image-contents.ts';
import { bestDistribution } from '../catalogers/os-release.ts';
import type { LayerFindings } from '../layer-part.ts';
import { kindAt } from '../layer-tree.ts';
import { folderLinks } from '../unchanged-files.ts';
import { gapsOf, gatherReadings, type PlacedReading } from './gathered.ts';
import { isSystemPackage } from '../../model/package.ts';
import { inOrder } from './in-order.ts';
import { mergeNotable, placesOf } from './notable.ts';
import { type Ownership, readOwnership } from './ownership.ts';
import { mergePackages } from './packages.ts';
import { mergeSecrets } from './secrets.ts';
import { mergeTrees, type VisibleTree } from './visible-tree.ts';

export interface LayerToMerge extends Omit<ContentsLayer, 'bytes'> {
  /** Absent where it was not read. */
  readonly findings?: LayerFindings;
}

export interface Merged {
  readonly contents: ImageContents;
  readonly tree: VisibleTree;
  readonly ownership: Ownership;
  /** What the listing says of a file that is there; without a leading slash. */
  readonly entryAt: (path: string) => ListedEntry | undefined;
}

export interface ListedEntry {
  readonly layer: number;
  readonly kind: FileKind;
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
}

/** Puts what is known of each layer, the lowest first, together to what is in the image. */
export function mergeLayers(
  layers: readonly LayerToMerge[],
  { secrets }: { readonly secrets: readonly FoundSecret[] },
): Merged {
  const findings = layers.map((layer) => layer.findings);
  const tree = mergeTrees(findings.map((each) => each?.tree.tree));
  const readings = gatherReadings(findings, tree);
  const distribution = distributionOf(readings);
  const { packages, owners } = mergePackages(readings, distribution.known ? distribution.value : undefined);
  const ownership = readOwnership(readings, owners, linksOf(findings, tree));
  const ownersOfFiles = ownership.ownersOf([...packages.map(({ path }) => fileOf(path)), ...placesOf(findings)]);
  const contents: ImageContents = {
    distribution,
    layers: layers.map(({ findings: _findings, ...layer }, index) => ({
      ...layer,
      bytes: tree.totals.layerBytes[index] ?? 0,
    })),
    packages: inOrder(packages, ({ purl, path }) => `${purl} ${path}`).map((each) => {
      // Their database belongs to one of them, as rpm's does to the package rpm; they do not.
      const owner = isSystemPackage(each) ? undefined : ownersOfFiles.get(fileOf(each.path));
      return owner === undefined ? each : { ...each, ownedBy: owner };
    }),
    secrets: [...secrets, ...inOrder(mergeSecrets(findings, tree), secretPlace)],
    files: inOrder(
      mergeNotable(findings, tree, ownersOfFiles),
      ({ path, kind, detail }) => `${path}\0${kind} ${detail}`,
    ),
    fileCount: tree.totals.fileCount,
    bytes: tree.totals.bytes,
    wastedBytes: tree.totals.wastedBytes,
    gaps: distinct([...layers.flatMap(({ unread }) => unread ?? []), ...gapsOf(findings)]),
  };
  return { contents, tree, ownership, entryAt: (path) => listedAt(path, findings, tree) };
}

function listedAt(path: string, findings: readonly (LayerFindings | undefined)[], tree: VisibleTree) {
  const place = tree.placeOf(path);
  const listing = place ? findings[place.layer]?.tree.tree : undefined;
  if (!place || !listing) return undefined;
  const { index } = place;
  return {
    layer: place.layer,
    kind: kindAt(listing, index),
    mode: listing.modes[index] ?? 0,
    size: listing.sizes[index] ?? 0,
    modified: listing.modified[index] ?? 0,
  };
}

/** By file, line and column, as a reader goes through them. */
function secretPlace({ place, rule }: FoundSecret): string {
  if (place.kind !== 'file') return '';
  return [place.path, String(place.line).padStart(10), String(place.column).padStart(10), rule].join('\0');
}

/** The file on disk, of what may be inside of an archive. */
function fileOf(path: string): string {
  const inside = path.indexOf('!/');
  return path.slice(1, inside < 0 ? undefined : inside);
}

function distributionOf(readings: readonly PlacedReading[]): Fact<Distribution> {
  const candidates = readings.flatMap(({ reading: { path, distribution } }) =>
    distribution ? [{ path, distribution }] : [],
  );
  const best = bestDistribution(candidates);
  if (best) return known(best.distribution, 'file', `/${best.path}`);
  return unreadable(
    'file',
    '/etc/os-release',
    { en: 'nothing says which operating system this is', zh: '没有文件说明这是什么操作系统' },
    { en: 'an image with /etc/os-release, or none with packages of a distribution', zh: '含 /etc/os-release 的镜像' },
  );
}

/** Folders at the top that are links in the merged tree. */
function linksOf(findings: readonly (LayerFindings | undefined)[], tree: VisibleTree): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const [layer, each] of findings.entries()) {
    for (const [path, target] of each ? folderLinks(each.tree.tree) : []) {
      if (tree.layerOf(path) === layer) links.set(path, target);
    }
  }
  return links;
}

function distinct(gaps: readonly UnreadableFact[]): UnreadableFact[] {
  return [...new Map(gaps.map((gap) => [`${gap.path} ${gap.reason.en}`, gap])).values()];
}
