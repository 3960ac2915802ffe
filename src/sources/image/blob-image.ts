import type { OpenedImage } from '../../model/opened-image.ts';
import { verifiedBytes } from './blob-read.ts';
import type { BlobStore, Descriptor } from './blob-store.ts';
import { type ImageOptions, imageFromParts, type LayerPart } from './image-parts.ts';
import { largestConfiguration } from './manifest.ts';
import { chooseManifest } from './manifest-choice.ts';
import { whyUnread } from './manifest-layer.ts';

/**
 * Opens the image that a descriptor leads to, an index or a manifest, wherever its parts are kept: every manifest and the
 * configuration are verified here, every layer when it is read. The store is closed with the image, and where this throws.
 *
 * @throws PlimsollError
 */
export async function openFromBlobs(store: BlobStore, root: Descriptor, options: ImageOptions): Promise<OpenedImage> {
  try {
    const { manifest } = await chooseManifest(store, root, options.platform);
    const { config } = manifest;
    const configuration = await verifiedBytes(store, config, largestConfiguration, `${store.source} ${config.digest}`);
    const image = await imageFromParts(
      {
        id: config.digest,
        configuration,
        type: config.mediaType,
        layers: manifest.layers.map((layer) => partOf(store, layer, options)),
      },
      options,
    );
    return {
      ...image,
      close: async () => {
        await image.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function partOf(store: BlobStore, layer: Descriptor, { factSource = 'file' }: ImageOptions): LayerPart {
  const { digest, size } = layer;
  const unread = whyUnread(layer, store.has?.(digest), factSource);
  return {
    place: store.source,
    name: `${store.source} ${digest}`,
    open: () => store.open(layer),
    // Only what lies here tells whether it has something.
    isLocal: store.has !== undefined,
    digest,
    ...(size === undefined ? {} : { size }),
    ...(unread ? { unread } : {}),
  };
}
