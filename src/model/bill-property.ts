/**
 * Names of properties that Plimsoll writes into CycloneDX documents, for what the format has no field for. They are read
 * again, so that a scan of the document tells the same packages: none is ever renamed. `docs/bills.md` lists them.
 */
export const billProperty = {
  /** Of a component: who read it. Its presence says that Plimsoll wrote the component. */
  cataloger: 'plimsoll:package:cataloger',
  /** Only where the purl says otherwise. */
  type: 'plimsoll:package:type',
  /** Only where the purl says otherwise; empty for none. */
  namespace: 'plimsoll:package:namespace',
  architecture: 'plimsoll:package:architecture',
  sourceName: 'plimsoll:package:source:name',
  sourceVersion: 'plimsoll:package:source:version',
  modularity: 'plimsoll:package:modularity',
  /** Only `declared`: a lock file asks for it, and it is not there. */
  state: 'plimsoll:package:state',
  /** Only `true`. */
  development: 'plimsoll:package:development',
  /** The purl of the operating system's package that its file belongs to. */
  ownedBy: 'plimsoll:package:ownedBy',
  /** The place of its layer among those of the image, from 0. */
  layer: 'plimsoll:package:layer',
  layerDigest: 'plimsoll:package:layer:digest',
  /** Of the image: its id, `sha256:…` of the configuration. */
  imageId: 'plimsoll:image:id',
  /** `linux/amd64`. */
  platform: 'plimsoll:image:platform',
  /** Once for each repository. */
  repoDigest: 'plimsoll:image:repoDigest',
  tag: 'plimsoll:image:tag',
  /** Once for each layer, the lowest first: its digest, or nothing where it has none. */
  imageLayer: 'plimsoll:image:layer',
  /** Of the operating system. */
  distributionId: 'plimsoll:distribution:id',
  codename: 'plimsoll:distribution:codename',
  /** Once for each, the nearest first. */
  idLike: 'plimsoll:distribution:idLike',
} as const;

/**
 * How the comment of an annotation begins in SPDX documents; an object in JSON follows: all of a `Package` but what the format has
 * fields for, what the image is, the `Distribution`.
 */
export const billAnnotation = {
  package: 'plimsoll:package ',
  image: 'plimsoll:image ',
  distribution: 'plimsoll:distribution ',
} as const;

/** What is said of the image in `billAnnotation.image`. */
export interface AnnotatedImage {
  readonly id?: string;
  readonly platform?: string;
  readonly tags: readonly string[];
  readonly repoDigests: readonly string[];
  /** Digests, '' where a layer has none. */
  readonly layers: readonly string[];
}
