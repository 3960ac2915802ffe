import { join } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import type { JsonObject } from '../../model/json.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import { listAt, stringsAt } from '../engine/reading.ts';
import { readIfPossible } from '../host/file.ts';
import { readProcesses, readStatus } from '../host/processes.ts';
import { openFromBlobs } from './blob-image.ts';
import type { AskedImage } from './engine-question.ts';
import type { EngineStore } from './engine-store.ts';
import { parsePlatform } from './manifest-platform.ts';
import { folderStore } from './oci-layout.ts';

/**
 * The layers of an image that the engine keeps in containerd, from containerd's own content folder. Its blobs are verified, so that it
 * does not matter how the folder was found. `undefined` where the engine does not use it, or parts of the image are not
 * there: containerd may be told to throw packed layers away.
 */
export async function openContainerdImage(
  store: EngineStore,
  info: JsonObject,
  { facts, platform }: AskedImage,
  spool: string,
): Promise<Pick<OpenedImage, 'layers' | 'close'> | undefined> {
  if (!keepsInContainerd(info)) return undefined;
  const content = contentFolder(store, facts.id);
  if (content === undefined) return undefined;
  const root = { mediaType: '', digest: facts.id, annotations: new Map<string, string>(), urls: [] };
  const options = { kind: 'engine' as const, name: facts.id, source: content.source, spool };
  try {
    const wanted = platform === undefined ? {} : { platform: parsePlatform(platform) };
    const opened = await openFromBlobs(content, root, { ...options, ...wanted });
    const isWhole = opened.layers.every(({ source }) => source !== undefined);
    if (isWhole && isSame(opened.layers, facts.layers)) return { layers: opened.layers, close: opened.close };
    await opened.close();
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
  }
  return undefined;
}

function isSame(layers: OpenedImage['layers'], digests: readonly string[]): boolean {
  return layers.length === digests.length && layers.every(({ digest }, index) => digest === digests[index]);
}

/** `["driver-type", "io.containerd.snapshotter.v1"]`. */
function keepsInContainerd(info: JsonObject): boolean {
  return listAt(info, 'DriverStatus').some((pair) =>
    stringsAt({ pair }, 'pair').some((word) => word.startsWith('io.containerd.snapshotter.')),
  );
}

/** Where the image's own blob is: below the engine's root for a containerd that it started itself, else in containerd's. */
function contentFolder({ root }: EngineStore, digest: string): ReturnType<typeof folderStore> | undefined {
  for (const find of [() => usualRoots(root), runningRoots]) {
    for (const each of find()) {
      const store = folderStore(join(each, 'io.containerd.content.v1.content'));
      if (store.has?.(digest)) return store;
    }
  }
  return undefined;
}

function usualRoots(root: string): string[] {
  const configured = configuredRoot('/etc/containerd/config.toml');
  return [join(root, 'containerd/daemon'), ...configured, '/var/lib/containerd'];
}

function configuredRoot(file: string): string[] {
  const [, , path] = /^root\s*=\s*(["'])(\/[^"']*)\1/m.exec(readIfPossible(file) ?? '') ?? [];
  return path === undefined ? [] : [path];
}

/** As the processes that run were told: root's own, for anybody may call his so, and name a device or a pipe as its configuration. */
function runningRoots(): string[] {
  return readProcesses()
    .filter(({ name, container, pid }) => name === 'containerd' && container === undefined && isRoots(pid))
    .flatMap(({ pid }) => {
      const words = (readIfPossible(`/proc/${pid}/cmdline`) ?? '').split('\0');
      return [
        ...valuesOf(words, 'root'),
        ...[...valuesOf(words, 'config'), ...valuesOf(words, 'c')].flatMap(configuredRoot),
      ];
    });
}

function isRoots(pid: number): boolean {
  try {
    return /^0\s/.test(readStatus(pid).get('Uid') ?? '');
  } catch {
    return false;
  }
}

/** `--root /srv/containerd`, `--root=/srv/containerd`. */
function valuesOf(words: readonly string[], option: string): string[] {
  return words.flatMap((word, index) => {
    const [, named, value] = /^--?([a-z]+)(?:=(.*))?$/.exec(word) ?? [];
    const path = value ?? words[index + 1] ?? '';
    return named === option && path.startsWith('/') ? [path] : [];
  });
}
