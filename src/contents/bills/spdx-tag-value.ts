import type { JsonObject } from '../../model/json.ts';

/**
 * Turns SPDX' own text form (`PackageName: bash`) into an object of the shape of its JSON form, as far as packages need it. A value
 * may stand between `<text>` and `</text>` and then go over lines.
 */
export function spdxOfTagValue(text: string): JsonObject {
  const packages: Record<string, unknown>[] = [];
  const relationships: JsonObject[] = [];
  const licences: Record<string, string>[] = [];
  let version = '';
  let current: Record<string, unknown> | undefined;
  let isFile = false;
  for (const [tag, value] of tagsIn(text)) {
    if (tag === 'SPDXVersion') version = value;
    else if (tag === 'Relationship') relationships.push(relationshipOf(value));
    else if (tag === 'LicenseID') licences.push({ licenseId: value });
    else if (tag === 'ExtractedText' || tag === 'LicenseName') {
      const licence = licences.at(-1);
      if (licence) licence[tag === 'LicenseName' ? 'name' : 'extractedText'] = value;
    } else if (tag === 'PackageName') {
      isFile = false;
      current = { name: value, externalRefs: [] };
      packages.push(current);
    } else if (tag === 'FileName' || tag === 'SnippetSPDXID') isFile = true;
    else if (!current || isFile) continue;
    else if (tag === 'ExternalRef') (current['externalRefs'] as JsonObject[]).push(referenceOf(value));
    else {
      const key = packageTags.get(tag);
      if (key !== undefined) current[key] = value;
    }
  }
  return {
    spdxVersion: version,
    packages: packages as unknown as readonly JsonObject[],
    relationships,
    hasExtractedLicensingInfos: licences,
  };
}

const packageTags: ReadonlyMap<string, string> = new Map([
  ['SPDXID', 'SPDXID'],
  ['PackageVersion', 'versionInfo'],
  ['PackageFileName', 'packageFileName'],
  ['PackageSupplier', 'supplier'],
  ['PackageOriginator', 'originator'],
  ['PackageSourceInfo', 'sourceInfo'],
  ['PackageLicenseDeclared', 'licenseDeclared'],
  ['PackageLicenseConcluded', 'licenseConcluded'],
  ['PrimaryPackagePurpose', 'primaryPackagePurpose'],
]);

function* tagsIn(text: string): Generator<readonly [tag: string, value: string]> {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    let end = feed < 0 ? text.length : feed;
    const line = text.slice(start, end);
    const colon = line.startsWith('#') ? -1 : line.indexOf(':');
    let value = line.slice(colon + 1).trim();
    if (colon > 0 && value.startsWith('<text>')) {
      const close = text.indexOf('</text>', start);
      // Never closed: the rest is that text.
      const last = close < 0 ? text.length : close;
      value = text.slice(text.indexOf('<text>', start) + '<text>'.length, last).trim();
      const after = text.indexOf('\n', last);
      end = after < 0 ? text.length : after;
    }
    if (colon > 0) yield [line.slice(0, colon).trim(), value];
    start = end + 1;
  }
}

/** `SPDXRef-DOCUMENT DESCRIBES SPDXRef-Package`. */
function relationshipOf(value: string): JsonObject {
  const [spdxElementId = '', relationshipType = '', relatedSpdxElement = ''] = value.split(/\s+/, 3);
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

/** `PACKAGE-MANAGER purl pkg:deb/debian/bash@5.2`. */
function referenceOf(value: string): JsonObject {
  const [referenceCategory = '', referenceType = '', referenceLocator = ''] = value.split(/\s+/, 3);
  return { referenceCategory, referenceType, referenceLocator };
}
