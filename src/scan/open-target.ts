import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { PlimsollError } from '../model/error.ts';
import type { OpenedImage } from '../model/opened-image.ts';
import type { EngineAddress } from '../sources/engine/address.ts';
import { parsePlatform } from '../sources/image/manifest-platform.ts';
import { pathOf, type Surroundings, type Target } from './target.ts';

export interface OpenOptions {
  /** Of an image for several platforms: `linux/arm64`. */
  readonly platform?: string;
  /** Only asked where the target is an image or a container of it. */
  readonly engine: () => EngineAddress;
  /** Milliseconds that one answer of the engine may take. */
  readonly timeout?: number;
  /** A folder for what must be put down while it is read. */
  readonly spool: string;
  readonly registry: RegistrySetting;
  /** Loads what will be needed, while the engine of an image thinks; never called for other targets. */
  readonly meanwhile?: () => Promise<void>;
}

export interface RegistrySetting {
  /** A file of certificates in PEM form. */
  readonly authority?: string;
  /** Hosts that may be spoken to without verified TLS. */
  readonly insecure: readonly string[];
  /** Of Docker Hub, asked in this order. */
  readonly mirrors: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The file system as far as it decides what a target is. */
export const fileSystem: Surroundings = {
  kindOf(path) {
    const status = statSync(path, { throwIfNoEntry: false });
    return status?.isDirectory() ? 'folder' : status ? 'file' : undefined;
  },
  headOf(path) {
    const head = Buffer.alloc(512);
    const descriptor = openSync(path, 'r');
    try {
      return head.subarray(0, readSync(descriptor, head));
    } finally {
      closeSync(descriptor);
    }
  },
};

/** What holds one platform only leaves nothing to choose. */
function refusePlatform({ kind, value }: Target, platform: string | undefined): void {
  if (platform === undefined) return;
  parsePlatform(platform);
  if (kind === 'archive' || kind === 'oci-layout' || kind === 'registry') return;
  throw new PlimsollError(
    'usage',
    { en: `--platform: ${value} is there for one platform only`, zh: `--platform：${value} 只有一个平台` },
    {
      en: 'It chooses from archives, layouts and images of registries.',
      zh: '该选项用于归档、OCI 布局和镜像仓库中的镜像。',
    },
  );
}

/**
 * Opens what is to be looked into; only the code for its kind is loaded.
 *
 * @throws PlimsollError
 */
export async function openTarget(target: Target, options: OpenOptions): Promise<OpenedImage> {
  const { value, kind } = target;
  const { platform, spool, timeout, meanwhile } = options;
  refusePlatform(target, platform);
  const path = pathOf(target, fileSystem.kindOf);
  const named = path === value ? undefined : value.slice(path.length + 1);
  const place = { spool, ...(platform === undefined ? {} : { platform }) };
  const patience = timeout === undefined ? {} : { timeout };
  switch (kind) {
    case 'folder':
      return (await import('../sources/image/folder.ts')).openFolder(value);
    case 'oci-layout': {
      const { openLayout } = await import('../sources/image/oci-layout.ts');
      return openLayout(path, { ...place, ...(named === undefined ? {} : { reference: named }) });
    }
    case 'archive': {
      const { openArchive } = await import('../sources/image/archive.ts');
      return openArchive(path, { ...place, ...(named === undefined ? {} : { image: named }) });
    }
    case 'container': {
      const { openContainer } = await import('../sources/image/engine-container.ts');
      return openContainer(options.engine(), value, { spool, ...patience });
    }
    case 'registry': {
      const { openRegistryImage } = await import('../sources/image/registry/registry-image.ts');
      return openRegistryImage(value, { ...place, ...options.registry });
    }
    default: {
      const { openEngineImage } = await import('../sources/image/engine-image.ts');
      return openEngineImage(options.engine(), value, { spool, ...patience, ...(meanwhile ? { meanwhile } : {}) });
    }
  }
}
