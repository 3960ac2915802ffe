import { createHash } from 'node:crypto';
import { tarOf, type WrittenMember } from './tar-writer.ts';

/** `sha256:…`. */
export function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** An image as tests want it made. */
export interface MadeImage {
  readonly layers: readonly Buffer[];
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  /** Of the configuration. */
  readonly history?: readonly object[];
  readonly config?: object;
}

export function configurationOf(
  { layers, platform, history, config }: MadeImage,
  diffIds = layers.map(digestOf),
): Buffer {
  return Buffer.from(
    JSON.stringify({
      ...(platform ?? { os: 'linux', architecture: 'amd64' }),
      created: '2026-05-01T10:00:00Z',
      config: { Env: ['PATH=/bin'], Cmd: ['/bin/sh'], ...config },
      rootfs: { type: 'layers', diff_ids: diffIds },
      history: history ?? layers.map((_, index) => ({ created_by: `step ${index}` })),
    }),
  );
}

/** A layer of a few files. */
export function layerOf(...members: readonly WrittenMember[]): Buffer {
  return tarOf(members);
}

/** What `docker save` wrote before version 25. */
export function savedMembers(images: readonly (MadeImage & { readonly tags?: readonly string[] })[]): WrittenMember[] {
  const members: WrittenMember[] = [];
  const seen = new Map<string, string>();
  const manifest = images.map((image, number) => {
    const configuration = configurationOf(image);
    const name = `${digestOf(configuration).slice(7)}.json`;
    members.push({ path: name, content: configuration });
    const layers = image.layers.map((layer, index) => {
      const folder = createHash('sha256').update(`${number} ${index}`).digest('hex');
      const path = `${folder}/layer.tar`;
      const same = seen.get(digestOf(layer));
      members.push(
        { path: `${folder}/`, type: '5' },
        { path: `${folder}/VERSION`, content: '1.0' },
        { path: `${folder}/json`, content: '{}' },
        same === undefined ? { path, content: layer } : { path, type: '2', link: `../${same}` },
      );
      if (same === undefined) seen.set(digestOf(layer), path);
      return path;
    });
    return { Config: name, RepoTags: image.tags ?? null, Layers: layers };
  });
  return [...members, { path: 'manifest.json', content: JSON.stringify(manifest) }];
}

/** Blobs and an index: an OCI layout in the making. */
export interface MadeLayout {
  readonly blobs: Map<string, Buffer>;
  readonly manifests: object[];
}

export interface LayoutImage extends MadeImage {
  /** Layers as they are kept, where they are compressed. */
  readonly stored?: readonly Buffer[];
  readonly mediaTypes?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';

/** Adds an image to a layout; its descriptor. */
export function addImage({ blobs }: MadeLayout, image: LayoutImage): object {
  const add = (bytes: Buffer, mediaType: string, more: object = {}) => {
    blobs.set(digestOf(bytes), bytes);
    return { mediaType, digest: digestOf(bytes), size: bytes.length, ...more };
  };
  const { stored = image.layers, mediaTypes = [], annotations } = image;
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: add(configurationOf(image), 'application/vnd.oci.image.config.v1+json'),
    layers: stored.map((layer, index) => add(layer, mediaTypes[index] ?? 'application/vnd.oci.image.layer.v1.tar')),
  };
  return add(Buffer.from(JSON.stringify(manifest)), manifestType, {
    ...(image.platform ? { platform: image.platform } : {}),
    ...(annotations ? { annotations } : {}),
  });
}

/** Adds an index of descriptors; its own descriptor. */
export function addIndex({ blobs }: MadeLayout, manifests: readonly object[], annotations?: object): object {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }));
  blobs.set(digestOf(bytes), bytes);
  return { mediaType: indexType, digest: digestOf(bytes), size: bytes.length, ...(annotations ? { annotations } : {}) };
}

/** A layout of some images. */
export function layoutOf(...images: readonly LayoutImage[]): MadeLayout {
  const layout: MadeLayout = { blobs: new Map(), manifests: [] };
  for (const image of images) layout.manifests.push(addImage(layout, image));
  return layout;
}

/** The files of a layout, by path. */
export function layoutFiles({ blobs, manifests }: MadeLayout): Map<string, Buffer> {
  return new Map([
    ['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')],
    ['index.json', Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }))],
    ...[...blobs].map(([digest, bytes]) => [`blobs/${digest.replace(':', '/')}`, bytes] as const),
  ]);
}

export function layoutMembers(layout: MadeLayout): WrittenMember[] {
  return [...layoutFiles(layout)].map(([path, content]) => ({ path, content }));
}
