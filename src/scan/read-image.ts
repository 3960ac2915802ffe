import { notableKey, secretsKeyOf, treeKey, analyserKeys } from '../contents/analysers.ts';
import { startAnalysis } from '../contents/analyse-layer.ts';
import { configurationSecrets } from '../contents/configuration-secrets.ts';
import type { FileListing, ListedFile } from '../contents/difference.ts';
import type {
  AnalyserKey,
  CatalogerPart,
  LayerFindings,
  NotablePart,
  SecretsPart,
  TreePart,
} from '../contents/layer-part.ts';
import { folderLetter } from '../contents/layer-tree.ts';
import { historyMask } from '../contents/masked-history.ts';
import { type LayerToMerge, type Merged, mergeLayers } from '../contents/merge/merge.ts';
import { unreadable, type UnreadableFact } from '../model/fact.ts';
import type { LayerVisitor } from '../model/file-tree.ts';
import type { OpenedImage, OpenedLayer } from '../model/opened-image.ts';
import type { ScanStore } from '../store/scan-store.ts';
import { findChangedFiles } from './changed-files.ts';
import type { Inside, LookOptions } from './look-inside.ts';
import { spareMemory } from './spare-memory.ts';

type Parts = ReadonlyMap<AnalyserKey, object>;

/** Reads what is not known of an image's layers, and puts all of it together. */
export async function readImage(
  image: OpenedImage,
  options: LookOptions,
): Promise<Inside & { readonly incomplete: boolean }> {
  const merged = await mergeImage(image, options);
  const { files, gaps } = findChangedFiles(image, merged, options.thorough);
  const contents = {
    ...merged.contents,
    files: [...merged.contents.files, ...files],
    gaps: [...merged.contents.gaps, ...gaps],
  };
  const { incomplete } = merged;
  return { contents, incomplete, ...(options.listing ? { listing: listingOf(merged) } : {}) };
}

type MergedImage = Merged & {
  readonly layers: readonly LayerToMerge[];
  /** Something of it could not be read this time. */
  readonly incomplete: boolean;
};

/** The layers of an image as one tree, and what is in it. */
async function mergeImage(image: OpenedImage, options: LookOptions): Promise<MergedImage> {
  const parts = image.stream ? await readTogether(image, options) : await readEach(image, options);
  const masked = image.facts ? historyMask(image.facts) : (line: string) => line;
  const layers = image.layers.map((layer, index) => mergeable(layer, parts[index], masked));
  const secrets = image.facts ? configurationSecrets(image.facts) : [];
  const merged = mergeLayers(layers, { secrets });
  const incomplete = layers.some(({ findings }) => findings === undefined || findings.tree.gaps.length > 0);
  return { ...merged, layers, incomplete };
}

/** Every file of the merged tree. */
function listingOf({ tree, layers }: MergedImage): FileListing {
  const listing = new Map<string, ListedFile>();
  const targets = layers.map(({ findings }) => new Map(findings?.tree.tree.targets));
  for (const { path, layer, index } of tree.entries()) {
    const entries = layers[layer]?.findings?.tree.tree;
    const kind = entries?.kinds[index] ?? '';
    if (!entries || kind === folderLetter) continue;
    const mode = (entries.modes[index] ?? 0).toString(8);
    listing.set(`/${path}`, {
      size: entries.sizes[index] ?? 0,
      nature: `${kind}${mode} ${targets[layer]?.get(index) ?? ''}`,
    });
  }
  return listing;
}

function mergeable(
  { digest, createdBy, ofContainer, unread }: OpenedLayer,
  read: ReadLayer | undefined,
  masked: (line: string) => string,
): LayerToMerge {
  const why = unread ?? (read && !('parts' in read) ? read : undefined);
  return {
    ...(digest === undefined ? {} : { digest }),
    ...(createdBy === undefined ? {} : { createdBy: masked(createdBy) }),
    ...(ofContainer ? { ofContainer } : {}),
    ...(why ? { unread: why } : {}),
    ...(read && 'parts' in read ? { findings: findingsOf(read.parts) } : {}),
  };
}

type ReadLayer = { readonly parts: Parts } | UnreadableFact;

async function readEach(image: OpenedImage, options: LookOptions): Promise<(ReadLayer | undefined)[]> {
  const read: (ReadLayer | undefined)[] = [];
  for (const [index, layer] of image.layers.entries()) {
    options.onProgress?.(index, image.layers.length);
    read.push(layer.unread ? undefined : await readLayer(layer, options));
  }
  return read;
}

async function readLayer(
  { digest, source }: OpenedLayer,
  { store, thorough }: LookOptions,
): Promise<ReadLayer | undefined> {
  const kept = digest === undefined ? new Map<AnalyserKey, object>() : keptParts(store, digest, thorough);
  const wanted = new Set(analyserKeys(thorough).filter((key) => !kept.has(key)));
  if (wanted.size === 0) return { parts: kept };
  if (!source) return undefined;
  const analysis = startAnalysis({ wanted, kept, source, thorough });
  spareMemory();
  await source.read(analysis.visitor);
  spareMemory();
  const found = await analysis.finish();
  const parts = new Map([...kept, ...found]);
  keep(store, digest, found, parts);
  return { parts };
}

/** Layers come in any order, and the digest of each is known when it is over. */
async function readTogether(image: OpenedImage, options: LookOptions): Promise<(ReadLayer | undefined)[]> {
  const { store, thorough } = options;
  const parts = new Map<string, Parts>();
  const missing: string[] = [];
  for (const { digest, source, unread } of image.layers) {
    // What a container changed is read by itself.
    if (digest === undefined || source || unread) continue;
    const kept = keptParts(store, digest, thorough);
    if (analyserKeys(thorough).every((key) => kept.has(key))) parts.set(digest, kept);
    else missing.push(digest);
  }
  if (missing.length > 0) {
    const analyses = new Map<LayerVisitor, ReturnType<typeof startAnalysis>>();
    const ended: { readonly digest: string; readonly analysis: ReturnType<typeof startAnalysis> }[] = [];
    await image.stream?.(
      () => {
        const analysis = startAnalysis({ wanted: new Set(analyserKeys(thorough)), kept: new Map(), thorough });
        analyses.set(analysis.visitor, analysis);
        return analysis.visitor;
      },
      (digest, visitor) => {
        const analysis = analyses.get(visitor);
        if (analysis) ended.push({ digest, analysis });
        options.onProgress?.(ended.length, image.layers.length);
      },
    );
    for (const { digest, analysis } of ended) {
      const found = await analysis.finish();
      keep(store, digest, found, found);
      parts.set(digest, found);
    }
  }
  const read: (ReadLayer | undefined)[] = [];
  for (const layer of image.layers) {
    if (layer.source && !layer.unread) read.push(await readLayer(layer, options));
    else read.push(partsOr(layer, parts.get(layer.digest ?? '')));
  }
  return read;
}

/** A layer that was promised and did not come is not one without anything in it. */
function partsOr({ digest = '', unread }: OpenedLayer, found: Parts | undefined): ReadLayer | undefined {
  if (found) return { parts: found };
  if (unread) return undefined;
  return unreadable(
    'engine-api',
    digest,
    { en: 'the engine did not send this layer', zh: '引擎未发送该层' },
    {
      en: 'root on the machine of the engine, or the image as an archive',
      zh: '在引擎所在机器上以 root 运行，或使用镜像归档',
    },
  );
}

function keptParts(store: ScanStore | undefined, digest: string, thorough: boolean): Parts {
  const parts = new Map<AnalyserKey, object>();
  if (!store) return parts;
  const keys = new Map(analyserKeys(thorough).map((key) => [partKey(digest, key), key]));
  for (const [key, part] of store.get([...keys.keys()])) {
    const analyser = keys.get(key);
    if (analyser !== undefined) parts.set(analyser, part);
  }
  return parts;
}

/** A layer that was read only in part is read again the next time. */
function keep(store: ScanStore | undefined, digest: string | undefined, found: Parts, all: Parts): void {
  if (digest === undefined || (all.get(treeKey) as TreePart | undefined)?.gaps.length !== 0) return;
  store?.put(new Map([...found].map(([key, part]) => [partKey(digest, key), part])));
}

function partKey(digest: string, analyser: AnalyserKey): string {
  return `${digest} ${analyser}`;
}

const noSecrets: SecretsPart = { found: [], gaps: [] };

function findingsOf(parts: Parts): LayerFindings {
  const catalogers = new Map<AnalyserKey, CatalogerPart>();
  for (const [key, part] of parts) if ('files' in part) catalogers.set(key, part as CatalogerPart);
  return {
    tree: parts.get(treeKey) as TreePart,
    secrets: (parts.get(secretsKeyOf(true)) ?? parts.get(secretsKeyOf(false)) ?? noSecrets) as SecretsPart,
    notable: parts.get(notableKey) as NotablePart,
    catalogers,
  };
}
