import { PlimsollError } from '../../../model/error.ts';
import { canonicalName, type ParsedReference, parseImageReference } from '../../../model/image-reference.ts';
import type { OpenedImage } from '../../../model/opened-image.ts';
import type { Surroundings } from '../../engine/surroundings.ts';
import { type Clock, type Patience, systemClock, usualPatience } from '../../http/patience.ts';
import { openFromBlobs } from '../blob-image.ts';
import { parsePlatform } from '../manifest-platform.ts';
import type { BlobProgress } from './blob-stream.ts';
import type { EndpointChoice } from './endpoint.ts';
import { openRegistryStore } from './registry-store.ts';
import { certificateFolders } from './trust.ts';

/** With the environment and the home of the user whose credentials, certificates and proxies are used. */
export interface RegistryOptions extends Surroundings, EndpointChoice {
  /** `linux/arm64`; this machine's where absent. */
  readonly platform?: string;
  /** A folder for contents that are too large for memory. */
  readonly spool: string;
  /** A PEM file with an authority to trust besides those of the system. */
  readonly authority?: string;
  /** Told as bytes of layers arrive. */
  readonly progress?: (step: BlobProgress) => void;
  /** Folders with a folder for each registry; those of Docker and Podman where absent. */
  readonly certificateFolders?: readonly string[];
  readonly patience?: Patience;
  readonly clock?: Clock;
}

/**
 * Opens an image of a registry (distribution API v2). Its manifests and its configuration are read and verified at once, its layers when
 * they are asked for; nothing is kept.
 *
 * @param text a reference as engines take it: `alpine`, `registry.example:5000/shop/web:1`, `…@sha256:…`
 * @throws PlimsollError
 */
export async function openRegistryImage(text: string, options: RegistryOptions): Promise<OpenedImage> {
  const reference = parseImageReference(text);
  if (!reference) throw noReference(text);
  const platform = options.platform === undefined ? undefined : parsePlatform(options.platform);
  const { environment, home, authority } = options;
  const { store, root, gaps } = await openRegistryStore(reference, {
    ...options,
    surroundings: { environment, home },
    ...(authority === undefined ? {} : { authorityFile: authority }),
    certificateFolders: options.certificateFolders ?? certificateFolders(home),
    patience: options.patience ?? usualPatience,
    clock: options.clock ?? systemClock,
  });
  const name = engineName(reference);
  return await openFromBlobs(store, root, {
    kind: 'registry',
    name: text,
    source: store.source,
    factSource: 'registry',
    ...(platform ? { platform } : {}),
    // With a digest, the tag beside it says nothing of what was read.
    tags: reference.digest === undefined ? [`${name}:${reference.tag ?? 'latest'}`] : [],
    digests: [`${name}@${root.digest}`],
    gaps,
    spool: options.spool,
  });
}

/** As engines write names: `alpine`, `shop/web` of Docker Hub, `registry.example/shop/web`. */
function engineName(reference: ParsedReference): string {
  return canonicalName(reference).replace(/^docker\.io\/(?:library\/(?=[^/]+$))?/, '');
}

function noReference(text: string): PlimsollError {
  const shown = text.slice(0, 200);
  return new PlimsollError(
    'usage',
    { en: `"${shown}" is no name of an image`, zh: `“${shown}”不是有效的镜像名称` },
    {
      en: 'Write it as NAME:TAG, REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST, in small letters.',
      zh: '请写成 名称:标签、仓库地址/名称:标签 或 仓库地址/名称@sha256:摘要，名称须为小写。',
    },
  );
}
