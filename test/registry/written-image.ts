import { gzipSync, zstdCompressSync } from 'node:zlib';
import { digestOf } from '../fake-registry.ts';
import { tarOf } from '../tar-writer.ts';

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

type MaybeLater<T> = T | Promise<T>;

/** Where the parts of an image are brought to. */
export interface ImagePlace {
  readonly blob: (bytes: Buffer, mediaType: string) => MaybeLater<Descriptor>;
  readonly manifest: (content: object, mediaType: string, tag?: string) => MaybeLater<Descriptor>;
}

export const compressions = ['none', 'gzip', 'zstd'] as const;
export type Compression = (typeof compressions)[number];

export interface WrittenLayer {
  /** Files by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly compression?: Compression;
  /** Another media type than that of such a layer, and where it is kept. */
  readonly mediaType?: string;
  readonly urls?: readonly string[];
}

const suffixes: Readonly<Record<Compression, string>> = { none: '', gzip: '+gzip', zstd: '+zstd' };

/** Brings an image somewhere, and how an index names it. */
export async function writeImage(
  place: ImagePlace,
  layers: readonly WrittenLayer[],
  { tag, architecture = 'amd64', docker = false }: { tag?: string; architecture?: string; docker?: boolean } = {},
): Promise<Descriptor & { readonly platform: { readonly os: string; readonly architecture: string } }> {
  const archives = layers.map(({ files }) =>
    tarOf(Object.entries(files).map(([path, content]) => ({ path, content }))),
  );
  const descriptors = [];
  for (const [index, { compression = 'gzip', mediaType, urls }] of layers.entries()) {
    const bytes = compressed(archives[index] ?? Buffer.alloc(0), compression);
    const usual = docker
      ? 'application/vnd.docker.image.rootfs.diff.tar.gzip'
      : `application/vnd.oci.image.layer.v1.tar${suffixes[compression]}`;
    const type = mediaType ?? usual;
    const written = urls ? { mediaType: type, digest: digestOf(bytes), size: bytes.length } : place.blob(bytes, type);
    descriptors.push({ ...(await written), ...(urls ? { urls } : {}) });
  }
  const platform = { os: 'linux', architecture };
  const configuration = {
    ...platform,
    config: { Env: ['PATH=/bin'], Cmd: ['/bin/web'], Labels: { of: architecture } },
    rootfs: { type: 'layers', diff_ids: archives.map(digestOf) },
    history: layers.map((_, index) => ({ created_by: `COPY layer ${index}` })),
  };
  const kind = docker ? 'application/vnd.docker.container.image.v1+json' : 'application/vnd.oci.image.config.v1+json';
  const config = await place.blob(Buffer.from(JSON.stringify(configuration)), kind);
  const mediaType = docker
    ? 'application/vnd.docker.distribution.manifest.v2+json'
    : 'application/vnd.oci.image.manifest.v1+json';
  const content = { schemaVersion: 2, mediaType, config, layers: descriptors };
  return { ...(await place.manifest(content, mediaType, tag)), platform };
}

function compressed(bytes: Buffer, compression: Compression): Buffer {
  if (compression === 'none') return bytes;
  return compression === 'gzip' ? gzipSync(bytes) : zstdCompressSync(bytes);
}
