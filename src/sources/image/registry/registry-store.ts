import { PlimsollError } from '../../../model/error.ts';
import { type UnreadableFact, unreadable } from '../../../model/fact.ts';
import { canonicalName, type ParsedReference } from '../../../model/image-reference.ts';
import { RequestFailure } from '../../http/failure.ts';
import { patiently } from '../../http/patience.ts';
import type { BlobStore, Descriptor, OpenedBlob } from '../blob-store.ts';
import { type BlobProgress, streamBlob } from './blob-stream.ts';
import { type ClientSettings, type EndpointClient, openEndpointClient } from './endpoint-client.ts';
import { type EndpointChoice, endpointsOf, type RegistryEndpoint } from './endpoint.ts';
import { type FetchedManifest, fetchManifest } from './manifest-answer.ts';

/** A repository of a registry, with the manifest or index that a reference names. */
export interface RegistryStore {
  readonly store: BlobStore;
  /** What the reference names: a manifest, or an index of several. */
  readonly root: Descriptor;
  /** What is not certain about `root`. */
  readonly gaps: readonly UnreadableFact[];
}

export interface RegistryStoreOptions extends ClientSettings, EndpointChoice {
  readonly progress?: (step: BlobProgress) => void;
}

/**
 * Finds an image at the first endpoint that has it, and reads its manifest.
 *
 * @throws PlimsollError with the failure of the registry itself, where none has it
 */
export async function openRegistryStore(
  reference: ParsedReference,
  options: RegistryStoreOptions,
): Promise<RegistryStore> {
  const clients = endpointsOf(reference, options).map((endpoint) =>
    openEndpointClient(endpoint, reference.repository, options),
  );
  const close = () => {
    for (const client of clients) client.close();
  };
  try {
    const { index, manifest } = await fetchFromAny(clients, reference.digest ?? reference.tag ?? 'latest', options);
    // Mirrors that failed are not asked again.
    const useful = clients.slice(index);
    const fetched = new Map([[manifest.digest, manifest]]);
    const store: BlobStore = {
      source: canonicalName(reference),
      open: (descriptor) => openBlob(useful, descriptor, fetched, options),
      close: () => {
        close();
        return Promise.resolve();
      },
    };
    const { mediaType, digest, bytes } = manifest;
    return {
      store,
      root: { mediaType, digest, size: bytes.length, annotations: new Map(), urls: [] },
      gaps: doubtsAbout(reference, useful[0]?.endpoint),
    };
  } catch (error) {
    close();
    throw withName(error, reference, clients.at(-1)?.endpoint);
  }
}

/** Servers say that something is not there, and not what. */
function withName(
  error: unknown,
  { repository, tag = 'latest', digest }: ParsedReference,
  endpoint: RegistryEndpoint | undefined,
): unknown {
  if (!(error instanceof RequestFailure) || error.code !== 'registry-not-found' || !endpoint) return error;
  const image = `${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;
  const text = { en: `${endpoint.host} has no image ${image}`, zh: `${endpoint.host} 上没有镜像 ${image}` };
  return new RequestFailure(error.code, text, error.advice, error.chance);
}

interface Served {
  /** Which of the clients had it. */
  readonly index: number;
  readonly manifest: FetchedManifest;
}

async function fetchFromAny(
  clients: readonly EndpointClient[],
  reference: string,
  { patience, clock }: ClientSettings,
): Promise<Served> {
  for (const [index, client] of clients.entries()) {
    const isLast = index === clients.length - 1;
    try {
      // A mirror that is not well is not waited for: the registry itself is next.
      const few = isLast ? patience : { ...patience, tries: 1 };
      return { index, manifest: await patiently(few, clock, () => fetchManifest(client, reference)) };
    } catch (error) {
      if (isLast || !(error instanceof PlimsollError)) throw error;
    }
  }
  throw new Error('an image has one endpoint at least');
}

const manifestKinds = /^application\/vnd\.(?:oci\.image\.(?:index|manifest)|docker\.distribution\.manifest)\./;

async function openBlob(
  clients: readonly EndpointClient[],
  { digest, mediaType, size }: Pick<Descriptor, 'digest' | 'mediaType' | 'size'>,
  fetched: Map<string, FetchedManifest>,
  options: RegistryStoreOptions,
): Promise<OpenedBlob | undefined> {
  const isManifest = fetched.has(digest) || manifestKinds.test(mediaType);
  if (!isManifest) {
    const wanted = { digest, ...(size === undefined ? {} : { size }) };
    return {
      ...(size === undefined ? {} : { size }),
      chunks: () => streamBlob(clients, wanted, options),
      close: () => Promise.resolve(),
    };
  }
  try {
    const manifest = fetched.get(digest) ?? (await fetchFromAny(clients, digest, options)).manifest;
    fetched.set(digest, manifest);
    return heldBlob(manifest.bytes);
  } catch (error) {
    if (error instanceof RequestFailure && error.code === 'registry-not-found') return undefined;
    throw error;
  }
}

function heldBlob(bytes: Buffer): OpenedBlob {
  async function* chunks(): AsyncGenerator<Buffer, void> {
    yield bytes;
  }
  return { size: bytes.length, chunks, close: () => Promise.resolve() };
}

/** A digest says what an image is; a tag is what somebody says it is, and a mirror is not the one to say. */
function doubtsAbout(
  { tag = 'latest', digest }: ParsedReference,
  served: RegistryEndpoint | undefined,
): UnreadableFact[] {
  if (digest !== undefined || !served?.mirror) return [];
  return [
    unreadable(
      'registry',
      served.host,
      {
        en: `the mirror ${served.host} said which image ${tag} is; whether Docker Hub says the same was not asked`,
        zh: `标签 ${tag} 指向哪个镜像由加速地址 ${served.host} 给出，未向 Docker Hub 核对`,
      },
      { en: 'name the image by its digest', zh: '用摘要指定镜像' },
    ),
  ];
}
