import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import { type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import type { OpenedImage, OpenedLayer } from '../../model/opened-image.ts';
import { type EngineAddress, formatAddress } from '../engine/address.ts';
import { type EngineClient, openEngineClient } from '../engine/client.ts';
import { promisedObject } from '../engine/promised.ts';
import { listAt, objectAt, stringAt, textAt } from '../engine/reading.ts';
import { changesSource } from './container-changes.ts';
import { askInfo, describedParts, type EngineImageOptions, openLayers } from './engine-image.ts';
import { askImage } from './engine-question.ts';
import { findEngineStore, kernelSpares } from './engine-store.ts';
import { overlaySource } from './overlay.ts';

/** A container, opened as the layers of its image and what it changed itself. */
export interface OpenedContainer extends OpenedImage {
  readonly kind: 'container';
  /** What findings call it: `container/web`. */
  readonly subject: string;
}

/**
 * Opens a container, be it running or not. Its facts are those of its image; what is mounted into it is not part of it, and is told as
 * a gap.
 *
 * @param idOrName its name, its id or the first digits of one
 * @throws PlimsollError where there is no such container, its image is gone, or the engine cannot be asked
 */
export async function openContainer(
  address: EngineAddress,
  idOrName: string,
  options: EngineImageOptions,
): Promise<OpenedContainer> {
  const client = await openEngineClient(address, options);
  try {
    const [inspected, info] = await Promise.all([askContainer(client, idOrName), askInfo(client)]);
    const asked = await askImage(client, imageOf(inspected));
    const { close: closeLayers, folders, ...opened } = await openLayers(client, asked, info, options);
    const below = folders?.map(({ folder }) => folder);
    const layer = await ownLayer(client, inspected, info, below, options);
    const name = nameOf(inspected);
    return {
      kind: 'container',
      name,
      subject: `container/${name}`,
      source: formatAddress(address),
      ...describedParts(asked),
      ...opened,
      layers: [...opened.layers, layer],
      gaps: mountGaps(inspected),
      close: async () => {
        client.close();
        await closeLayers?.();
      },
    };
  } catch (error) {
    client.close();
    throw error;
  }
}

async function askContainer(client: EngineClient, idOrName: string): Promise<JsonObject> {
  const path = `/containers/${encodeURIComponent(idOrName)}/json`;
  const answer = /^[\w.-]+$/.test(idOrName) && !/^\.{1,2}$/.test(idOrName) ? await client.get(path) : null;
  if (answer !== null) return promisedObject(answer, path);
  const engine = formatAddress(client.address);
  throw new PlimsollError(
    'container-not-found',
    { en: `the engine at ${engine} has no container ${idOrName}`, zh: `引擎 ${engine} 上没有容器 ${idOrName}` },
    { en: 'See docker ps --all for names and ids.', zh: '请用 docker ps --all 查看名称和 ID。' },
  );
}

/** Docker names the image by its id; Podman may leave the algorithm out. */
function imageOf(inspected: JsonObject): string {
  return textAt(inspected, 'Image') ?? textAt(objectAt(inspected, 'Config'), 'Image') ?? '';
}

function nameOf(inspected: JsonObject): string {
  const name = (stringAt(inspected, 'Name') ?? '').replace(/^\//, '');
  return name || (stringAt(inspected, 'Id') ?? '').slice(0, 12);
}

/** What the container changed: its upper folder in place, else what the engine says that it changed. */
async function ownLayer(
  client: EngineClient,
  inspected: JsonObject,
  info: JsonObject,
  below: readonly string[] | undefined,
  { spool }: EngineImageOptions,
): Promise<OpenedLayer> {
  const store = findEngineStore(client.address, info);
  const upper = textAt(objectAt(objectAt(inspected, 'GraphDriver'), 'Data'), 'UpperDir');
  if (store && below && upper !== undefined && isUpper(upper, `${store.root}/overlay2`)) {
    const { idInside, rootless: heedsUser } = store;
    const ids = idInside ? { idInside } : {};
    const sparing = kernelSpares();
    const source = overlaySource({ folder: upper, below, changedBy: 'stranger', sparing, heedsUser, ...ids });
    return { ofContainer: true, source };
  }
  return { ofContainer: true, ...(await changesSource(client, inspected, { mounts: mountsOf(inspected), spool })) };
}

/** `…/overlay2/ID/diff` right below the engine's own folder, and there. */
function isUpper(path: string, folder: string): boolean {
  const isNamed = path.endsWith('/diff') && dirname(dirname(path)) === folder && !path.includes('/../');
  return isNamed && lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Where something is mounted into it, without the slash. */
function mountsOf(inspected: JsonObject): string[] {
  const places = listAt(inspected, 'Mounts').map((mount) => stringAt(mount, 'Destination') ?? '');
  const temporary = Object.keys(objectAt(objectAt(inspected, 'HostConfig'), 'Tmpfs'));
  return [...new Set([...places, ...temporary])].filter((each) => each.startsWith('/'));
}

const mostNamed = 20;

function mountGaps(inspected: JsonObject): UnreadableFact[] {
  const mounts = mountsOf(inspected);
  if (mounts.length === 0) return [];
  const named = mounts.slice(0, mostNamed);
  const more = mounts.length - named.length;
  return [
    unreadable(
      'engine-api',
      'Mounts',
      {
        en: `what is mounted into the container is no part of it and was not looked into: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
        zh: `挂载到容器中的内容不属于容器，未查看：${named.join('、')}${more > 0 ? `，另有 ${more} 处` : ''}`,
      },
      { en: "scan the volumes' own folders", zh: '单独扫描各卷所在的文件夹' },
    ),
  ];
}
