import { PlimsollError } from '../../model/error.ts';
import { type FactSource, known, type UnreadableFact } from '../../model/fact.ts';
import type { ImageFacts } from '../../model/image.ts';
import type { JsonObject } from '../../model/json.ts';
import type { OpenedImage, OpenedLayer, TargetKind } from '../../model/opened-image.ts';
import { objectAt, stringAt, stringsAt, textAt } from '../engine/reading.ts';
import { isDigest } from './blob-digest.ts';
import { unreadableImage } from './blob-error.ts';
import { type BlobLayer, blobLayer, type BlobLayerOptions } from './blob-layer.ts';
import type { DescribedPlatform } from './blob-store.ts';
import { configurationOf, dateMeant, historyIn, linesOfLayers, openScriptReader } from './image-configuration.ts';
import { notAnImage, parseObject, platformOf } from './manifest.ts';
import { normalPlatform, platformText } from './manifest-platform.ts';

export interface ImageOptions {
  readonly kind: TargetKind;
  /** What reports call the image. */
  readonly name: string;
  /** Where it was read. */
  readonly source: string;
  /** What is told of it comes from there; absent: a file. */
  readonly factSource?: FactSource;
  /** As somebody asked for it; absent: this machine's, or the only one. */
  readonly platform?: DescribedPlatform;
  /** Names that it is known by. */
  readonly tags?: readonly string[];
  /** `registry.example/shop/web@sha256:…`. */
  readonly digests?: readonly string[];
  readonly gaps?: readonly UnreadableFact[];
  /** A folder for contents that are too large for memory. */
  readonly spool: string;
}

/** What an image is made of, wherever that was found. */
export interface ImageParts {
  /** `sha256:…` of the configuration, which is verified. */
  readonly id: string;
  readonly configuration: Buffer;
  /** What it calls itself, where it is no image: a chart, a plugin. */
  readonly type?: string;
  /** The lowest first. */
  readonly layers: readonly LayerPart[];
}

export interface LayerPart extends Omit<BlobLayerOptions, 'diffId' | 'spool'> {
  /** Bytes as it is kept. */
  readonly size?: number;
  readonly unread?: UnreadableFact;
}

/**
 * An image from its parts. `close` frees what is held of them.
 *
 * @throws PlimsollError where the configuration is none, or does not fit the layers
 */
export async function imageFromParts(parts: ImageParts, options: ImageOptions): Promise<OpenedImage> {
  const configuration = readConfiguration(parts, options);
  const diffIds = stringsAt(objectAt(configuration, 'rootfs'), 'diff_ids');
  const lines = linesOfLayers(configuration, diffIds.length);
  const platform = platformOf(configuration);
  const opened: BlobLayer[] = [];
  const close = async () => {
    for (const each of opened) await each.close();
  };
  const layers: OpenedLayer[] = [];
  try {
    for (const [index, { unread, ...part }] of parts.layers.entries()) {
      const digest = diffIds[index] ?? '';
      const layer = unread ? undefined : await blobLayer({ ...part, diffId: digest, spool: options.spool });
      if (layer) opened.push(layer);
      const createdBy = lines?.[index];
      layers.push({
        digest,
        ...(createdBy === undefined ? {} : { createdBy }),
        ...(unread ? { unread } : {}),
        ...(layer ? { source: layer.source } : {}),
      });
    }
    return {
      kind: options.kind,
      name: options.name,
      source: options.source,
      facts: await factsOf(parts, configuration, diffIds, options),
      ...(platform ? { platform: platformText(normalPlatform(platform)) } : {}),
      layers,
      gaps: options.gaps ?? [],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function readConfiguration(parts: ImageParts, { source, platform: wanted }: ImageOptions): JsonObject {
  const { id, configuration: bytes, layers, type } = parts;
  const name = `${source} ${id}`;
  const configuration = parseObject(bytes, name);
  const rootfs = objectAt(configuration, 'rootfs');
  const platform = platformOf(configuration);
  const isImage = Array.isArray(rootfs.diff_ids) || (layers.length === 0 && platform !== undefined);
  if (!isImage) throw notAnImage(source, type || undefined);
  const diffIds = stringsAt(rootfs, 'diff_ids');
  if (diffIds.length !== layers.length || !diffIds.every(isDigest)) {
    throw notFitting(name, diffIds.length, layers.length);
  }
  // Configurations leave the variant out more often than not.
  if (wanted && platform && !isSameArchitecture(wanted, platform)) throw otherPlatform(source, wanted, platform);
  return configuration;
}

function isSameArchitecture(left: DescribedPlatform, right: DescribedPlatform): boolean {
  const [mine, theirs] = [normalPlatform(left), normalPlatform(right)];
  return mine.os === theirs.os && mine.architecture === theirs.architecture;
}

async function factsOf(
  { id, layers }: ImageParts,
  configuration: JsonObject,
  diffIds: readonly string[],
  { source, factSource = 'file', tags = [], digests = [] }: ImageOptions,
): Promise<Omit<ImageFacts, 'usedBy' | 'contents'>> {
  const author = textAt(configuration, 'author');
  const scripts = await openScriptReader();
  // How large a layer is when it is unpacked is not known before it is read.
  const sizes = layers.map(({ size }) => size ?? 0);
  return {
    id,
    tags,
    digests,
    created: dateMeant(Date.parse(stringAt(configuration, 'created') ?? '')),
    ...(author === undefined ? {} : { author }),
    configuration: configurationOf(objectAt(configuration, 'config')),
    history: known(historyIn(configuration, sizes, scripts), factSource, `${source} ${id} history`),
    layers: diffIds,
  };
}

function notFitting(name: string, diffIds: number, layers: number): PlimsollError {
  return unreadableImage(name, {
    en: `it tells of ${diffIds} layers and the manifest of ${layers}, or a digest is none`,
    zh: `配置列出 ${diffIds} 层而清单列出 ${layers} 层，或其中的摘要无效`,
  });
}

function otherPlatform(source: string, wanted: DescribedPlatform, found: DescribedPlatform): PlimsollError {
  const [asked, offered] = [platformText(wanted), platformText(normalPlatform(found))];
  return new PlimsollError(
    'image-not-found',
    { en: `${source} has no image for ${asked}`, zh: `${source} 中没有 ${asked} 的镜像` },
    { en: `It is for ${offered}.`, zh: `该镜像的平台为 ${offered}。` },
  );
}
