import { isSystemPackage } from '../model/package.ts';
import type { JsonObject } from '../model/json.ts';
import type { Report } from '../model/report.ts';
import { digestOf, partsOf, uuidOf, wellFormed } from './bill/digests.ts';
import { distinctNames } from './bill/distinct-names.ts';
import { oneContents } from './bill/one-contents.ts';
import { spdxLicences } from './bill/spdx-licences.ts';
import { annotator, imageEntry, packageEntry, systemEntry } from './bill/spdx-package.ts';

const document = 'SPDXRef-DOCUMENT';

/**
 * A bill of materials as SPDX 2.3 in JSON. The same report gives the same bytes; another run gets another namespace, as the
 * specification asks for. What SPDX has no field for is in annotations, see `model/bill-property.ts`.
 *
 * @throws PlimsollError `usage` for a report that is not of exactly one image
 */
export function renderSpdx(report: Report): string {
  const contents = oneContents(report);
  const { target, distribution, layers, packages } = contents;
  const { name, version } = report.tool;
  // Neither parts of a second nor other zones are allowed.
  const created = report.finished.replace(/\.\d+Z$/, 'Z');
  const tool = `Tool: ${name}-${version}`;
  const annotate = annotator(tool, created);
  const licences = spdxLicences();
  const named = distinctNames('-');
  const image = named(`SPDXRef-Image-${digestOf([target.name, target.digest]).slice(0, 16)}`);
  const system =
    distribution && named(`SPDXRef-OperatingSystem-${digestOf([distribution.id, distribution.version]).slice(0, 16)}`);
  const entries = packages.map((each) => {
    const reference = named(`SPDXRef-Package-${digestOf([each.purl, each.path, each.layer]).slice(0, 16)}`);
    const holder = system !== null && isSystemPackage(each) ? system : image;
    return { reference, holder, entry: packageEntry(each, reference, licences, annotate) };
  });
  const written = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: document,
    name: target.name,
    documentNamespace: `urn:uuid:${uuidOf([...partsOf(contents), report.finished])}`,
    creationInfo: { created, creators: [tool] },
    packages: [
      imageEntry(target, image, layers, annotate),
      ...(distribution && system !== null ? [systemEntry(distribution, system, annotate)] : []),
      ...entries.map(({ entry }) => entry),
    ],
    relationships: [
      { spdxElementId: document, relationshipType: 'DESCRIBES', relatedSpdxElement: image },
      ...(system === null ? [] : [contains(image, system)]),
      ...entries.map(({ holder, reference }) => contains(holder, reference)),
    ],
    ...(licences.extracted().length === 0 ? {} : { hasExtractedLicensingInfos: licences.extracted() }),
  };
  return `${JSON.stringify(written, wellFormed, 2)}\n`;
}

function contains(holder: string, reference: string): JsonObject {
  return { spdxElementId: holder, relationshipType: 'CONTAINS', relatedSpdxElement: reference };
}
