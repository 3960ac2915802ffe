import type { VulnerabilitySeverity } from '../model/vulnerability.ts';
import type { Rating } from './advisory.ts';
import type { AdvisoryEntry } from './entry.ts';
import type { CveFacts, KnownAdvisory } from './lookup.ts';
import { splitEcosystem } from './package-name.ts';
import { severityOf } from './severity.ts';

export interface RatedVulnerability {
  readonly id: string;
  readonly ecosystem: string;
  readonly entry: Pick<AdvisoryEntry, 'ratings'>;
  readonly advisory: Pick<KnownAdvisory, 'ratings'>;
  readonly facts: CveFacts | undefined;
}

/** Whose words count as the vendor's own, by ecosystem. */
const vendors: ReadonlyMap<string, string> = new Map([
  ['Debian', 'debian'],
  ['Ubuntu', 'ubuntu'],
  ['Red Hat', 'redhat'],
  ['AlmaLinux', 'redhat'],
  ['Rocky Linux', 'redhat'],
  ['SUSE', 'suse'],
  ['openSUSE', 'suse'],
]);

/**
 * How bad a vulnerability is in this ecosystem: by the vendor of the package, then by the advisory, then by whoever rates the CVE with a
 * vector, then by what other vendors call it.
 */
export function severityIn({ id, ecosystem, entry, advisory, facts }: RatedVulnerability): VulnerabilitySeverity {
  const vendor = vendors.get(splitEcosystem(ecosystem)[0]);
  const others = facts?.ratings ?? [];
  const isVendors = ({ source }: Rating) => source === vendor;
  const steps: readonly (readonly Rating[])[] = [
    [...entry.ratings, ...advisory.ratings, ...others.filter(isVendors)],
    others.filter(({ vector }) => vector !== undefined),
    others,
  ];
  for (const ratings of steps) {
    const severity = severityOf(ratings, id);
    if (severity.level !== 'unknown') return severity;
  }
  return { level: 'unknown', source: '' };
}
