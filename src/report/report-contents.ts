import { lifeOf } from '../model/distribution-life.ts';
import type { ImageFacts } from '../model/image.ts';
import type { Distribution, ImageContents } from '../model/image-contents.ts';
import type {
  ReportContents,
  ReportDistribution,
  ReportTarget,
  ReportVulnerabilities,
} from '../model/report-contents.ts';
import { severities } from '../model/severity.ts';
import type { Language } from '../model/text.ts';
import type { Vulnerability, VulnerabilityFindings } from '../model/vulnerability.ts';

/** What was scanned, and how it was found. */
export interface ScannedSubject {
  readonly id: string;
  readonly target: Pick<ReportTarget, 'kind' | 'name' | 'source' | 'platform'>;
  readonly image: ImageFacts;
  readonly contents: ImageContents;
}

/** What a scan found, in the form in which it is published. */
export function reportContentsOf(
  { id, target, image, contents }: ScannedSubject,
  now: Date,
  language: Language,
): ReportContents {
  const { distribution, layers, packages } = contents;
  const brought = Map.groupBy(packages, ({ layer }) => layer);
  return {
    subject: id,
    target: {
      ...target,
      ...(image.id === '' ? {} : { digest: image.id }),
      tags: image.tags,
      repoDigests: image.digests,
    },
    distribution: distribution.known ? distributionOf(distribution.value, now) : null,
    layers: layers.map(({ unread, ...layer }, index) => ({
      ...layer,
      packages: brought.get(index)?.length ?? 0,
      ...(unread ? { unread: true } : {}),
    })),
    packages,
    secrets: contents.secrets,
    files: contents.files,
    vulnerabilities: contents.vulnerabilities ? vulnerabilitiesOf(contents.vulnerabilities, language) : null,
    fileCount: contents.fileCount,
    bytes: contents.bytes,
    wastedBytes: contents.wastedBytes,
  };
}

/** Of several packages the one with the worst comes first; what a package of the system speaks for comes last. */
export function vulnerabilitiesOf(
  { data, found, uncovered, asked, exploitedRead }: VulnerabilityFindings,
  language: Language,
): ReportVulnerabilities {
  const ranks: readonly string[] = [...severities, 'unknown'];
  const rankOf = ({ severity, coveredBy, exploitedSince }: Vulnerability) =>
    ranks.indexOf(severity.level) + (coveredBy === undefined ? 0 : 100) - (exploitedSince === undefined ? 0 : 10);
  const ordered = found.toSorted(
    (left, right) => rankOf(left) - rankOf(right) || compare(left.id, right.id) || compare(left.purl, right.purl),
  );
  return {
    found: ordered,
    uncovered: uncovered.map((each) => ({ ...each, reason: each.reason[language] })),
    ...(data === undefined ? {} : { data }),
    asked: asked.map((each) => ({ ...each, newest: timeOf(each.newest), read: timeOf(each.read) })),
    ...(exploitedRead === undefined ? {} : { exploitedRead: new Date(exploitedRead * 1000).toISOString() }),
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function timeOf(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}

export function distributionOf(distribution: Distribution, now: Date): ReportDistribution {
  const life = lifeOf(distribution, now);
  if (life.state === 'unknown' || life.state === 'rolling') return distribution;
  const { state, ends = null, extendedEnds } = life;
  return { ...distribution, life: { state, ends, ...(extendedEnds === undefined ? {} : { extendedEnds }) } };
}
