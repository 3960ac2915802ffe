import type { JsonObject, JsonValue } from '../../model/json.ts';
import { PlimsollError } from '../../model/error.ts';
import { fieldAt, isObject, listAt, numberAt, stringAt, stringsAt, textAt, textsAt } from '../engine/reading.ts';
import { isDigest } from './blob-digest.ts';
import { unreadableImage } from './blob-error.ts';
import type { DescribedPlatform, Descriptor } from './blob-store.ts';

/** Bytes: what registries themselves accept of a manifest, and more than any configuration has. */
export const largestManifest = 4 * 1024 ** 2;
export const largestConfiguration = 16 * 1024 ** 2;
/** Layers of one image; engines take 127. */
const mostLayers = 1000;
/** Manifests in one index. */
const mostManifests = 2000;

/** A list of images, of several platforms or with several names. */
export interface ImageIndex {
  readonly kind: 'index';
  readonly manifests: readonly Descriptor[];
}

export interface ImageManifest {
  readonly kind: 'manifest';
  readonly config: Descriptor;
  /** The lowest first. */
  readonly layers: readonly Descriptor[];
}

/**
 * Reads an OCI index or manifest, or Docker's of the second schema, by what it is and not by what its media type says: one that could be
 * taken for both is refused.
 *
 * @param name what errors call it
 * @throws PlimsollError
 */
export function readManifest(bytes: Buffer, name: string): ImageIndex | ImageManifest {
  const value = parseObject(bytes, name);
  if (isFirstSchema(value)) throw firstSchema(name);
  const isIndex = Array.isArray(value.manifests);
  const isManifest = Array.isArray(value.layers) || isObject(value.config);
  if (isIndex && isManifest) {
    throw unreadableImage(name, {
      en: 'it could be taken for the manifest of one image and for an index of several',
      zh: '它既可视为单个镜像的清单，又可视为多个镜像的索引',
    });
  }
  if (isIndex) return { kind: 'index', manifests: descriptorsAt(value, 'manifests', mostManifests, name) };
  const config = descriptorOf(fieldAt(value, 'config'));
  if (!isManifest || !config) throw notAnImage(name, textAt(value, 'artifactType') ?? textAt(value, 'mediaType'));
  return { kind: 'manifest', config, layers: descriptorsAt(value, 'layers', mostLayers, name) };
}

/** @throws PlimsollError where it is no JSON object */
export function parseObject(bytes: Buffer, name: string): JsonObject {
  const value = parseJson(bytes, name);
  if (isObject(value)) return value;
  throw unreadableImage(name, isNoDescription);
}

/** @throws PlimsollError where it is no JSON */
export function parseJson(bytes: Buffer, name: string): JsonValue {
  try {
    return JSON.parse(bytes.toString('utf8')) as JsonValue;
  } catch {
    throw unreadableImage(name, isNoDescription);
  }
}

const isNoDescription = { en: 'it is no JSON as it should be', zh: '其内容不是应有的 JSON' };

/** Manifests of 2013, without a configuration. */
function isFirstSchema(value: JsonObject): boolean {
  return value.schemaVersion === 1 || Array.isArray(value.fsLayers);
}

function firstSchema(name: string): PlimsollError {
  return unreadableImage(
    name,
    {
      en: "it is in the first format of Docker's manifests, which no engine reads any more",
      zh: '它是 Docker 第一版清单格式，现有引擎均已不再支持',
    },
    { en: 'Build it anew, or push it with a current engine.', zh: '请重新构建，或用当前版本的引擎推送。' },
  );
}

/** `type`: what it says that it is. */
export function notAnImage(name: string, type: string | undefined): PlimsollError {
  const [en, zh] = type === undefined ? ['', ''] : [`, but ${type}`, `，而是 ${type}`];
  return unreadableImage(
    name,
    { en: `it is no container image${en}`, zh: `它不是容器镜像${zh}` },
    { en: 'Name an image.', zh: '请指定镜像。' },
  );
}

function descriptorsAt(value: JsonObject, key: string, most: number, name: string): Descriptor[] {
  const written = listAt(value, key);
  if (written.length > most) {
    throw unreadableImage(name, {
      en: `it has ${written.length} ${key}, more than ${most}`,
      zh: `其 ${key} 有 ${written.length} 项，超过 ${most} 项`,
    });
  }
  return written.map((each) => {
    const descriptor = descriptorOf(each);
    if (descriptor) return descriptor;
    throw unreadableImage(name, {
      en: `one of its ${key} has no digest that could be verified`,
      zh: `其 ${key} 中有一项没有可验证的摘要`,
    });
  });
}

function descriptorOf(value: JsonValue | undefined): Descriptor | undefined {
  const digest = stringAt(value, 'digest') ?? '';
  if (!isDigest(digest)) return undefined;
  const size = numberAt(value, 'size');
  const platform = platformOf(fieldAt(value, 'platform'));
  return {
    mediaType: mediaTypeOf(stringAt(value, 'mediaType')),
    digest,
    ...(size !== undefined && Number.isSafeInteger(size) && size >= 0 ? { size } : {}),
    annotations: new Map(Object.entries(textsAt(value, 'annotations'))),
    ...(platform ? { platform } : {}),
    urls: stringsAt(value, 'urls'),
  };
}

function mediaTypeOf(written: string | undefined): string {
  return written?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** From an index, or from an image's configuration. */
export function platformOf(value: JsonValue | undefined): DescribedPlatform | undefined {
  const [os, architecture] = [textAt(value, 'os'), textAt(value, 'architecture')];
  if (os === undefined || architecture === undefined) return undefined;
  const variant = textAt(value, 'variant');
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

/** What was built along with an image, and is none: a statement of how it was built, a bill of materials. */
export function isAttestation({ annotations, platform, mediaType }: Descriptor): boolean {
  return (
    annotations.has('vnd.docker.reference.type') ||
    (platform?.os === 'unknown' && platform.architecture === 'unknown') ||
    mediaType.startsWith('application/vnd.in-toto')
  );
}
