/** Part of an open file: a whole archive, a layer inside of it. */
export interface FileRange {
  readonly descriptor: number;
  /** Bytes from the beginning of the file. */
  readonly start: number;
  readonly size: number;
}

/** What a manifest or an index says of something that is kept elsewhere. */
export interface Descriptor {
  /** `application/vnd.oci.image.layer.v1.tar+gzip`; '' where nothing was said. */
  readonly mediaType: string;
  /** `sha256:…` or `sha512:…`, in lower case and of the right length. */
  readonly digest: string;
  /** Bytes; absent where nothing was said. */
  readonly size?: number;
  readonly annotations: ReadonlyMap<string, string>;
  /** As an index says it: `os`, `architecture`, `variant`. */
  readonly platform?: DescribedPlatform;
  /** Where a foreign layer is kept. They are never asked. */
  readonly urls: readonly string[];
}

export interface DescribedPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/**
 * Contents kept under their digests: a layout's folder, an archive, a registry, containerd's content store. A store does not
 * verify what it hands out: whoever reads does (`verifiedBytes`, `blobLayer`).
 */
export interface BlobStore {
  /** What messages and gaps call the place: a file, a folder, a registry's repository. */
  readonly source: string;
  /**
   * Finds one blob; `undefined` where it is not there.
   *
   * @throws PlimsollError where it cannot be told whether it is, or where it may not be read
   */
  readonly open: (descriptor: Pick<Descriptor, 'digest' | 'mediaType' | 'size'>) => Promise<OpenedBlob | undefined>;
  /** Whether it is there, where that can be told without waiting. Stores that hold only some platforms have it. */
  readonly has?: (digest: string) => boolean;
  /** Frees what the store holds; called once by the image that was made from it. */
  readonly close: () => Promise<void>;
}

/** One blob, ready to be read. It must be closed. */
export interface OpenedBlob {
  /** Bytes, where that is known before it is read. */
  readonly size?: number;
  /** Where it lies in a file on this machine: then a layer that is not compressed is read in place. */
  readonly file?: FileRange;
  /**
   * Its bytes in order, from the beginning with every call. A chunk may be written over once the next one is asked for. Who stops
   * early returns the iterator, which ends what feeds it.
   *
   * @throws PlimsollError where the source ends too soon or refuses; it has been tried again by then
   */
  readonly chunks: () => AsyncIterable<Buffer>;
  readonly close: () => Promise<void>;
}
