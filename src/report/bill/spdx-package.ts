import { type AnnotatedImage, billAnnotation } from '../../model/bill-property.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Package } from '../../model/package.ts';
import type { ReportDistribution, ReportLayer, ReportTarget } from '../../model/report-contents.ts';
import { sha256Digits } from './digests.ts';
import { imagePurl, isImage } from './image-purl.ts';
import type { SpdxLicences } from './spdx-licences.ts';

/** Writes comments under one hand and date. */
export type Annotate = (begin: string, value: object) => readonly JsonObject[];

/** @param created RFC 3339 without parts of a second, the only form that SPDX 2 takes */
export function annotator(tool: string, created: string): Annotate {
  return (begin, value) => [
    { annotator: tool, annotationDate: created, annotationType: 'OTHER', comment: begin + JSON.stringify(value) },
  ];
}

/** Nothing of it was looked for: SPDX tells that from what is known not to be there. */
const unasked = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;

/** A package in the words of SPDX; all of it that SPDX has no words for is in its annotation. */
export function packageEntry(each: Package, reference: string, licences: SpdxLicences, annotate: Annotate): JsonObject {
  const { purl, name, version, ...rest } = each;
  const { source, vendor, licenses } = each;
  return {
    SPDXID: reference,
    name,
    ...(version === '' ? {} : { versionInfo: version }),
    supplier: vendor === undefined ? 'NOASSERTION' : `Organization: ${vendor}`,
    ...unasked,
    licenseDeclared: licences.declared(licenses),
    ...(source === undefined ? {} : { sourceInfo: `built package from: ${source.name} ${source.version}` }),
    primaryPackagePurpose: 'LIBRARY',
    externalRefs: [purlReference(purl)],
    annotations: annotate(billAnnotation.package, rest),
  };
}

/** The image itself, or the folder. */
export function imageEntry(
  target: ReportTarget,
  reference: string,
  layers: readonly ReportLayer[],
  annotate: Annotate,
): JsonObject {
  const { name, digest, platform, tags, repoDigests } = target;
  const purl = imagePurl(target);
  const digits = sha256Digits(digest);
  const image: AnnotatedImage = {
    ...(digest === undefined ? {} : { id: digest }),
    ...(platform === undefined ? {} : { platform }),
    tags,
    repoDigests,
    layers: layers.map((layer) => layer.digest ?? ''),
  };
  return {
    SPDXID: reference,
    name,
    ...(digest === undefined ? {} : { versionInfo: digest }),
    supplier: 'NOASSERTION',
    ...unasked,
    licenseDeclared: 'NOASSERTION',
    primaryPackagePurpose: isImage(target) ? 'CONTAINER' : 'OTHER',
    ...(digits === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: digits }] }),
    ...(purl === undefined ? {} : { externalRefs: [purlReference(purl)] }),
    annotations: annotate(billAnnotation.image, image),
  };
}

/** The operating system, in the words of its os-release. */
export function systemEntry(distribution: ReportDistribution, reference: string, annotate: Annotate): JsonObject {
  const { life: _life, ...described } = distribution;
  return {
    SPDXID: reference,
    name: distribution.id,
    ...(distribution.version === '' ? {} : { versionInfo: distribution.version }),
    supplier: 'NOASSERTION',
    ...unasked,
    licenseDeclared: 'NOASSERTION',
    summary: distribution.name,
    primaryPackagePurpose: 'OPERATING_SYSTEM',
    annotations: annotate(billAnnotation.distribution, described),
  };
}

function purlReference(purl: string): JsonObject {
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl };
}
