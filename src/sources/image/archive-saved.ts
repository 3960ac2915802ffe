import { PlimsollError } from '../../model/error.ts';
import { unreadable } from '../../model/fact.ts';
import { imageDigits } from '../../model/image-reference.ts';
import type { JsonValue } from '../../model/json.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import { fieldAt, listAt, objectAt, stringAt, stringsAt } from '../engine/reading.ts';
import { type ArchiveFile, memberBlob, type WantedImage } from './archive-file.ts';
import { otherFiles, smallMember } from './archive-layout.ts';
import { checkDigest, digestOf } from './blob-digest.ts';
import { unreadableImage } from './blob-error.ts';
import { missingBlob } from './blob-read.ts';
import { imageFromParts, type LayerPart } from './image-parts.ts';
import { largestConfiguration, parseJson, parseObject } from './manifest.ts';
import { isSameName, noneCalled, severalImages } from './manifest-reference.ts';

/** One image, as `manifest.json` of `docker save` names its parts. */
export interface SavedImage {
  /** The file of its configuration. */
  readonly config: string;
  readonly tags: readonly string[];
  /** Files of its layers, the lowest first. */
  readonly layers: readonly string[];
  /** Layers that are kept elsewhere, by their diff ids. */
  readonly foreign: ReadonlySet<string>;
}

/** Images in one archive; layers of one image. Engines take 127 layers. */
const mostImages = 2000;
const mostLayers = 1000;

/**
 * The images of an archive in the form of `docker save`; `undefined` where it is none: a root file system may have a `manifest.json` too.
 */
export async function readSavedImages(file: ArchiveFile): Promise<readonly SavedImage[] | undefined> {
  let value: JsonValue;
  try {
    const bytes = await smallMember(file, 'manifest.json');
    if (!bytes) return undefined;
    value = parseJson(bytes, 'manifest.json');
  } catch (error) {
    if (error instanceof PlimsollError) return undefined;
    throw error;
  }
  if (!Array.isArray(value)) return undefined;
  const images = (value as readonly JsonValue[]).slice(0, mostImages).flatMap(savedImageOf);
  return images.length > 0 ? images : undefined;
}

function savedImageOf(value: JsonValue): SavedImage[] {
  const config = stringAt(value, 'Config');
  if (config === undefined || !Array.isArray(fieldAt(value, 'Layers'))) return [];
  return [
    {
      config,
      tags: stringsAt(value, 'RepoTags'),
      layers: stringsAt(value, 'Layers').slice(0, mostLayers),
      foreign: new Set(
        Object.entries(objectAt(value, 'LayerSources')).flatMap(([diffId, layer]) =>
          listAt(layer, 'urls').length > 0 ? [diffId] : [],
        ),
      ),
    },
  ];
}

/**
 * Opens one of them. Layers are verified by the digests in the configuration, and the configuration by its own name, where that is one.
 *
 * @throws PlimsollError
 */
export async function openSavedArchive(
  file: ArchiveFile,
  images: readonly SavedImage[],
  { image, platform, spool }: WantedImage,
): Promise<OpenedImage> {
  const { path } = file;
  const saved = chooseSaved(images, image, path);
  const configuration = await smallMember(file, saved.config, largestConfiguration);
  if (!configuration) throw missingBlob(path, saved.config);
  const id = digestOf(configuration);
  const promised = digestInName(saved.config);
  if (promised !== undefined) checkDigest(`${path} ${saved.config}`, promised, id);
  const diffIds = stringsAt(objectAt(parseObject(configuration, `${path} ${saved.config}`), 'rootfs'), 'diff_ids');
  return await imageFromParts(
    {
      id,
      configuration,
      layers: saved.layers.map((name, index) => partOf(file, name, saved.foreign.has(diffIds[index] ?? ''))),
    },
    {
      kind: 'archive',
      name: image === undefined ? path : `${path}:${image}`,
      source: path,
      tags: saved.tags,
      ...(platform ? { platform } : {}),
      gaps: otherFiles(file),
      spool,
    },
  );
}

function partOf(file: ArchiveFile, name: string, isForeign: boolean): LayerPart {
  const blob = memberBlob(file, name);
  return {
    place: file.path,
    name: `${file.path} ${name}`,
    open: () => Promise.resolve(blob),
    isLocal: true,
    ...(blob?.size === undefined ? {} : { size: blob.size }),
    ...(blob ? {} : { unread: whyMissing(file.path, name, isForeign) }),
  };
}

function whyMissing(path: string, name: string, isForeign: boolean) {
  return unreadable(
    'file',
    `${path} ${name}`,
    isForeign
      ? { en: 'the layer is a foreign one, which is kept elsewhere', zh: '该层为外部层（foreign layer），存放在别处' }
      : { en: 'the layer is missing', zh: '缺少该层' },
    { en: 'an image that holds all of its layers', zh: '包含全部层的镜像' },
  );
}

/** `0123….json`, `blobs/sha256/0123…`, `sha256:0123…`: files that are called by what they hold. */
function digestInName(name: string): string | undefined {
  const [, digits] = /(?:^|[/:])([\da-f]{64})(?:\.json)?$/.exec(name) ?? [];
  return digits === undefined ? undefined : `sha256:${digits}`;
}

function chooseSaved(images: readonly SavedImage[], wanted: string | undefined, path: string): SavedImage {
  const names = images.flatMap(({ tags, config }) => (tags.length > 0 ? tags : [digestInName(config) ?? config]));
  const [first] = images;
  if (!first) throw unreadableImage(path, { en: 'it holds no image', zh: '其中没有镜像' });
  if (wanted === undefined) {
    if (images.every(({ config }) => config === first.config)) return first;
    throw severalImages(names, path);
  }
  const named = images.find(
    ({ tags, config }) => tags.some((tag) => isSameName(tag, wanted)) || isIdOf(wanted, digestInName(config) ?? ''),
  );
  if (named) return named;
  throw noneCalled(wanted, names, path);
}

/** Whether it is all of an id, or the first digits of it. */
function isIdOf(wanted: string, id: string): boolean {
  const digits = imageDigits(wanted);
  return /^[\da-f]{4,64}$/.test(digits) && imageDigits(id).startsWith(digits);
}
