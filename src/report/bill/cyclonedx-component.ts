import { billProperty } from '../../model/bill-property.ts';
import type { JsonObject } from '../../model/json.ts';
import { isNamedByDistribution, isSystemPackage, type Package } from '../../model/package.ts';
import { parsePurl } from '../../model/purl.ts';
import type { ReportDistribution, ReportLayer, ReportTarget } from '../../model/report-contents.ts';
import { imagePurl, isImage } from './image-purl.ts';
import { licenceKind } from './licence.ts';
import { sha256Digits } from './digests.ts';

/** One of CycloneDX's pairs of name and value; `undefined` values are left out. */
type Pair = readonly [name: string, value: string | undefined];

/** A package as a component. */
export function packageComponent(each: Package, reference: string, layers: readonly ReportLayer[]): JsonObject {
  const { purl, name, version, vendor, licenses, path } = each;
  const group = groupOf(each);
  return {
    type: 'library',
    'bom-ref': reference,
    ...(vendor === undefined ? {} : { supplier: { name: vendor } }),
    ...(group === undefined ? {} : { group }),
    name,
    ...(version === '' ? {} : { version }),
    ...(each.development ? { scope: 'excluded' } : {}),
    ...(licenses.length === 0 ? {} : { licenses: licencesOf(licenses) }),
    purl,
    evidence: { occurrences: [{ location: path }] },
    properties: propertiesOf(packagePairs(each, layers)),
  };
}

/** What stands in a package's identity before its name; the distribution of a system's package is no group of it. */
function groupOf(each: Package): string | undefined {
  return isNamedByDistribution(each) ? undefined : each.namespace;
}

function packagePairs(each: Package, layers: readonly ReportLayer[]): readonly Pair[] {
  const identity = parsePurl(each.purl);
  const { type, namespace, source } = each;
  return [
    [billProperty.cataloger, each.cataloger],
    [billProperty.type, type === identity?.type ? undefined : type],
    [billProperty.namespace, namespace === identity?.namespace ? undefined : (namespace ?? '')],
    [billProperty.architecture, each.architecture],
    [billProperty.sourceName, source?.name],
    [billProperty.sourceVersion, source?.version],
    [billProperty.modularity, each.modularity],
    [billProperty.state, each.state === 'installed' ? undefined : each.state],
    [billProperty.development, each.development ? 'true' : undefined],
    [billProperty.ownedBy, each.ownedBy],
    [billProperty.layer, String(each.layer)],
    [billProperty.layerDigest, layers[each.layer]?.digest],
    // Trivy looks advisories up by source packages, and takes them from nowhere else.
    ['aquasecurity:trivy:SrcName', isSystemPackage(each) ? source?.name : undefined],
    ['aquasecurity:trivy:SrcVersion', isSystemPackage(each) ? source?.version : undefined],
  ];
}

/** Either one expression or a list of ids and names, says the format; what is an expression among others is a name there. */
function licencesOf(licenses: readonly string[]): JsonObject[] {
  const [only = ''] = licenses;
  if (licenses.length === 1 && licenceKind(only) === 'expression') {
    return [{ expression: only, acknowledgement: 'declared' }];
  }
  return licenses.map((each) => ({
    license: { [licenceKind(each) === 'id' ? 'id' : 'name']: each, acknowledgement: 'declared' },
  }));
}

/** The image itself, or the folder. */
export function imageComponent(target: ReportTarget, reference: string, layers: readonly ReportLayer[]): JsonObject {
  const { name, digest, platform, tags, repoDigests } = target;
  const purl = imagePurl(target);
  const digits = sha256Digits(digest);
  return {
    type: isImage(target) ? 'container' : 'application',
    'bom-ref': reference,
    name,
    ...(digest === undefined ? {} : { version: digest }),
    ...(digits === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: digits }] }),
    ...(purl === undefined ? {} : { purl }),
    properties: propertiesOf([
      [billProperty.imageId, digest],
      [billProperty.platform, platform],
      ...tags.map((tag): Pair => [billProperty.tag, tag]),
      ...repoDigests.map((each): Pair => [billProperty.repoDigest, each]),
      ...layers.map((layer): Pair => [billProperty.imageLayer, layer.digest ?? '']),
    ]),
  };
}

/** The operating system, in the words of its os-release. */
export function systemComponent(distribution: ReportDistribution, reference: string): JsonObject {
  const { id, version, name, codename, idLike } = distribution;
  return {
    type: 'operating-system',
    'bom-ref': reference,
    name: id,
    ...(version === '' ? {} : { version }),
    description: name,
    properties: propertiesOf([
      [billProperty.distributionId, id],
      [billProperty.codename, codename],
      ...idLike.map((each): Pair => [billProperty.idLike, each]),
    ]),
  };
}

function propertiesOf(pairs: readonly Pair[]): JsonObject[] {
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
