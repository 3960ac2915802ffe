import { setImmediate as turn } from 'node:timers/promises';
import type { JsonObject } from '../../model/json.ts';
import type { OpenedImage, OpenedLayer } from '../../model/opened-image.ts';
import { type EngineAddress, formatAddress } from '../engine/address.ts';
import { type EngineClient, openEngineClient } from '../engine/client.ts';
import { promisedObject } from '../engine/promised.ts';
import { createdByOfSteps } from './engine-history.ts';
import { type AskedImage, askImage } from './engine-question.ts';
import { type EngineStore, findEngineStore, findLayers, readCreatedBy } from './engine-store.ts';
import { openScriptReader } from './image-configuration.ts';
import { type OverlayLayer, overlaySource } from './overlay.ts';

export interface EngineImageOptions {
  /** Milliseconds that one answer of the engine may take. */
  readonly timeout?: number;
  /** A folder for contents that are too large for memory, where the image is streamed. */
  readonly spool: string;
  /** Loads what will be needed, while the engine thinks. */
  readonly meanwhile?: () => Promise<void>;
}

/**
 * Opens an image of an engine: its layers' folders in place where the engine is this machine's and the user is root, else as
 * the engine sends it.
 *
 * @param reference a name with or without tag or digest, an id or the first digits of one
 * @throws PlimsollError where there is no such image, or the engine cannot be asked
 */
export async function openEngineImage(
  address: EngineAddress,
  reference: string,
  options: EngineImageOptions,
): Promise<OpenedImage> {
  const client = await openEngineClient(address, options);
  try {
    const [asked, info] = await Promise.all([
      askImage(client, reference),
      askInfo(client),
      loadMeanwhile(options.meanwhile),
    ]);
    const { close: closeLayers, ...layers } = await openLayers(client, asked, info, options);
    return {
      kind: 'engine',
      name: reference,
      source: formatAddress(address),
      ...describedParts(asked),
      ...layers,
      gaps: [],
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

/** An engine takes 10 to 30 ms for its answers, about as long as it takes to load what they are read with. */
async function loadMeanwhile(load: EngineImageOptions['meanwhile']): Promise<void> {
  // Questions leave once the socket is connected.
  await turn();
  await turn();
  await Promise.all([openScriptReader(), load?.()]);
}

export async function askInfo(client: EngineClient): Promise<JsonObject> {
  return promisedObject(await client.get('/info'), '/info');
}

/** What an opened image says of itself. */
export function describedParts({ facts, platform }: AskedImage): Pick<OpenedImage, 'facts' | 'platform'> {
  return { facts, ...(platform === undefined ? {} : { platform }) };
}

export interface EngineLayers extends Pick<OpenedImage, 'layers' | 'stream'> {
  /** The layers' folders, where they are read in place. */
  readonly folders?: readonly OverlayLayer[];
  readonly close?: () => Promise<void>;
}

/** The layers of an image, from the quickest place where all of them are. */
export async function openLayers(
  client: EngineClient,
  asked: AskedImage,
  info: JsonObject,
  { spool }: EngineImageOptions,
): Promise<EngineLayers> {
  const store = findEngineStore(client.address, info);
  const lines = linesOf(asked, store);
  const named = asked.facts.layers.map((digest, index): OpenedLayer => {
    const createdBy = lines[index];
    return { digest, ...(createdBy ? { createdBy } : {}) };
  });
  const folders = store && findLayers(store, asked.facts.layers);
  if (folders) {
    const layers = folders.map((layer, index) => ({ ...named[index], source: overlaySource(layer) }));
    return { layers, folders };
  }
  // Whoever reads folders in place needs nothing that reads archives.
  if (store) {
    const { openContainerdImage } = await import('./containerd-image.ts');
    const kept = await openContainerdImage(store, info, asked, spool);
    if (kept) return kept;
  }
  const { streamFromEngine } = await import('./engine-stream.ts');
  return { layers: named, stream: streamFromEngine(client, asked, spool) };
}

function linesOf({ facts }: AskedImage, store: EngineStore | undefined): readonly (string | undefined)[] {
  const count = facts.layers.length;
  const written = store && readCreatedBy(store, facts.id, count);
  return written ?? createdByOfSteps(facts.history.known ? facts.history.value : [], count);
}
