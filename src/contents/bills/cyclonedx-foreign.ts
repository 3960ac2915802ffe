import { type JsonObject, listIn, objectIn, textIn } from '../../model/json.ts';
import type { BillBuilder } from './bill-builder.ts';
import { licencesIn } from './cyclonedx-licences.ts';
import { filledText, firstProperty } from './json-texts.ts';

type Properties = ReadonlyMap<string, readonly string[]>;

/** What is no package, so that nobody misses its purl. */
const noPackages: ReadonlySet<string> = new Set([
  'container',
  'cryptographic-asset',
  'data',
  'device',
  'device-driver',
  'file',
  'firmware',
  'machine-learning-model',
  'operating-system',
  'platform',
]);

/** A component that another tool wrote. Trivy, Syft, npm and cdxgen each have properties for what the format has no field for. */
export function addForeignComponent(
  component: JsonObject,
  properties: Properties,
  builder: BillBuilder,
  holder: string,
): void {
  const purl = filledText(component, 'purl');
  const type = textIn(component, 'type') ?? '';
  if (purl === undefined) {
    const isLockFile = properties.has('aquasecurity:trivy:Type');
    if (!noPackages.has(type) && !isLockFile) builder.gap('without-purl', textIn(component, 'name') ?? '?');
    return;
  }
  // An image within a bill, as a base image is; its packages are listed beside it.
  if (/^pkg:(?:oci|docker)\//i.test(purl)) return;
  const name = filledText(component, 'name');
  builder.addPurl(purl, {
    name,
    version: filledText(component, 'version'),
    epoch: firstProperty(properties, 'syft:metadata:epoch'),
    vendor: vendorOf(component),
    licenses: licencesIn(component),
    path: pathOf(component, properties) ?? holder,
    layer: builder.layerOf(
      firstProperty(
        properties,
        'aquasecurity:trivy:LayerDiffID',
        'syft:location:0:layerID',
        'aquasecurity:trivy:LayerDigest',
      ),
    ),
    source: sourceOf(properties, name),
    sourceRpm: firstProperty(properties, 'syft:metadata:sourceRpm'),
    modularity: firstProperty(
      properties,
      'aquasecurity:trivy:Modularitylabel',
      'aquasecurity:trivy:ModularityLabel',
      'syft:metadata:modularityLabel',
    ),
    development:
      textIn(component, 'scope') === 'excluded' || firstProperty(properties, 'cdx:npm:package:development') === 'true',
  });
}

function vendorOf(component: JsonObject): string | undefined {
  return (
    filledText(objectIn(component, 'supplier'), 'name') ??
    filledText(component, 'publisher') ??
    filledText(component, 'author')
  );
}

function pathOf(component: JsonObject, properties: Properties): string | undefined {
  const [occurrence] = listIn(objectIn(component, 'evidence'), 'occurrences');
  const path =
    firstProperty(
      properties,
      'aquasecurity:trivy:FilePath',
      'syft:location:0:path',
      'cdx:npm:package:path',
      'SrcFile',
    ) ?? filledText(occurrence, 'location');
  return path === undefined || path.startsWith('/') ? path : `/${path}`;
}

function sourceOf(
  properties: Properties,
  name: string | undefined,
): { readonly name: string; readonly version?: string | undefined } | undefined {
  const trivy = firstProperty(properties, 'aquasecurity:trivy:SrcName');
  if (trivy !== undefined) return { name: trivy, version: trivysVersion(properties) };
  const syft = firstProperty(properties, 'syft:metadata:source', 'syft:metadata:originPackage');
  if (syft !== undefined) return { name: syft, version: firstProperty(properties, 'syft:metadata:sourceVersion') };
  // Without one it is built from the source of its own name.
  return firstProperty(properties, 'syft:package:type') === 'deb' && name !== undefined ? { name } : undefined;
}

/** Trivy takes it apart. */
function trivysVersion(properties: Properties): string | undefined {
  const version = firstProperty(properties, 'aquasecurity:trivy:SrcVersion');
  if (version === undefined) return undefined;
  const release = firstProperty(properties, 'aquasecurity:trivy:SrcRelease');
  const epoch = firstProperty(properties, 'aquasecurity:trivy:SrcEpoch');
  const before = epoch === undefined || epoch === '0' ? '' : `${epoch}:`;
  return `${before}${version}${release === undefined ? '' : `-${release}`}`;
}
