import type { JsonObject } from '../model/json.ts';
import { isSystemPackage, type Package } from '../model/package.ts';
import type { ReportContents } from '../model/report-contents.ts';
import type { Coverage, Report } from '../model/report.ts';
import { imageComponent, packageComponent, systemComponent } from './bill/cyclonedx-component.ts';
import { partsOf, uuidOf, wellFormed } from './bill/digests.ts';
import { distinctNames } from './bill/distinct-names.ts';
import { oneContents } from './bill/one-contents.ts';

/**
 * A bill of materials as CycloneDX 1.6 in JSON. The same contents have the same serial number, and the same report the same bytes.
 * What the format has no field for is in properties, see `model/bill-property.ts`.
 *
 * @throws PlimsollError `usage` for a report that is not of exactly one image
 */
export function renderCycloneDx(report: Report): string {
  const contents = oneContents(report);
  const { target, distribution, layers, packages } = contents;
  const named = distinctNames('|');
  const image = named(`image:${target.name}`);
  const system = distribution && named(`operating-system:${distribution.id}@${distribution.version}`);
  const several = repeatedPurls(contents);
  // The same package at two places is two components, told apart by the place.
  const references = packages.map(({ purl, path }) => named(several.has(purl) ? `${purl}|${path}` : purl));
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(partsOf(contents))}`,
    version: 1,
    metadata: {
      timestamp: report.finished,
      lifecycles: [{ phase: 'post-build' }],
      tools: { components: [{ type: 'application', name: report.tool.name, version: report.tool.version }] },
      component: imageComponent(target, image, layers),
    },
    components: [
      ...(distribution && system !== null ? [systemComponent(distribution, system)] : []),
      ...packages.map((each, index) => packageComponent(each, references[index] ?? '', layers)),
    ],
    dependencies: dependenciesOf(image, system, references, packages),
    compositions: [compositionOf(contents, report.coverage, image)],
  };
  return `${JSON.stringify(document, wellFormed, 2)}\n`;
}

/** What is known of it: the system's packages hang on the system, all else on the image. */
function dependenciesOf(
  image: string,
  system: string | null,
  references: readonly string[],
  packages: readonly Package[],
): JsonObject[] {
  if (system === null) return [{ ref: image, dependsOn: references }];
  const isOfSystem = packages.map(isSystemPackage);
  const ofSystem = references.filter((_, index) => isOfSystem[index]);
  const others = references.filter((_, index) => !isOfSystem[index]);
  return [
    { ref: image, dependsOn: [system, ...others] },
    { ref: system, dependsOn: ofSystem },
  ];
}

function repeatedPurls({ packages }: ReportContents): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(packages.flatMap(({ purl }) => (seen.has(purl) ? [purl] : (seen.add(purl), []))));
}

/** Whether the list is known to lack something. That it lacks nothing is for nobody to say who looks at files. */
function compositionOf(
  { subject, layers }: ReportContents,
  coverage: readonly Coverage[],
  reference: string,
): JsonObject {
  const unread =
    layers.some((layer) => layer.unread) ||
    coverage.some((each) => each.subject === subject && each.status === 'unreadable');
  return { aggregate: unread ? 'incomplete' : 'unknown', assemblies: [reference] };
}
