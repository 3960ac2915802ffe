import { PlimsollError } from '../../model/error.ts';
import { type Fact, known } from '../../model/fact.ts';
import { isImageId, parseImageReference } from '../../model/image-reference.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { formatAddress } from '../engine/address.ts';
import type { EngineClient } from '../engine/client.ts';
import { gapFrom } from '../engine/gap.ts';
import { describeImage, type DescribedImage } from '../engine/images.ts';
import { promisedObject } from '../engine/promised.ts';
import { textAt } from '../engine/reading.ts';

/** One image as the engine describes it. */
export interface AskedImage {
  readonly facts: DescribedImage;
  /** The answer of its inspection. */
  readonly inspected: JsonObject;
  /** `linux/amd64`. */
  readonly platform?: string;
}

/**
 * Asks the engine about one image. Paths without a version are those of the engine's newest API, which spares a question: every field
 * that is read here is in all versions.
 *
 * @param reference a name with or without tag or digest, an id or the first digits of one
 * @throws PlimsollError where there is none, or the engine refuses
 */
export async function askImage(client: EngineClient, reference: string): Promise<AskedImage> {
  if (!parseImageReference(reference) && !isImageId(reference, reference)) throw notFound(client, reference);
  const path = `/images/${inPath(reference)}`;
  const [answer, history] = await Promise.all([client.get(`${path}/json`), askHistory(client, path)]);
  if (answer === null) throw notFound(client, reference);
  const inspected = promisedObject(answer, `${path}/json`);
  const platform = platformOf(inspected);
  return { facts: await describeImage(inspected, history), inspected, ...(platform === undefined ? {} : { platform }) };
}

async function askHistory(client: EngineClient, image: string): Promise<Fact<JsonValue>> {
  const path = `${image}/history`;
  try {
    return known(await client.get(path), 'engine-api', `GET ${path}`);
  } catch (error) {
    if (error instanceof PlimsollError) return gapFrom(error, `GET ${path}`);
    throw error;
  }
}

/** A reference as part of a path: engines take its slashes, colons and its at sign as they are. */
export function inPath(reference: string): string {
  // An id comes from the engine, which may write half a character.
  return encodeURIComponent(reference.toWellFormed())
    .replaceAll('%2F', '/')
    .replaceAll('%3A', ':')
    .replaceAll('%40', '@');
}

function platformOf(inspected: JsonObject): string | undefined {
  const parts = [textAt(inspected, 'Os'), textAt(inspected, 'Architecture')];
  if (parts.includes(undefined)) return undefined;
  return [...parts, textAt(inspected, 'Variant')].filter((part) => part !== undefined).join('/');
}

/** The engine has no such image. What is a name may be in a registry. */
export function notFound({ address }: EngineClient, reference: string): PlimsollError {
  const engine = formatAddress(address);
  return new PlimsollError(
    'image-not-found',
    { en: `the engine at ${engine} has no image ${reference}`, zh: `引擎 ${engine} 上没有镜像 ${reference}` },
    parseImageReference(reference)
      ? {
          en: `Pull or build it, check the name, or have it fetched from its registry: plimsoll scan registry:${reference}`,
          zh: `请拉取或构建该镜像、检查名称，或从其镜像仓库获取：plimsoll scan registry:${reference}`,
        }
      : { en: 'See docker images --all for names and ids.', zh: '请用 docker images --all 查看名称和 ID。' },
  );
}
