import { exemplarContents } from '../src/model/exemplar-contents.ts';
import type { ImageFacts } from '../src/model/image.ts';
import type { Vulnerability, VulnerabilityFindings } from '../src/model/vulnerability.ts';
import { opened } from './subjects.ts';

/** The purl of the one package of the exemplary image. */
export const vulnerablePurl = exemplarContents.packages[0]?.purl ?? '';

/** A high one that is repaired in version 2 of the one package of the exemplary image. */
export function vulnerability(change: Partial<Vulnerability> = {}): Vulnerability {
  return {
    id: 'CVE-2024-1',
    aliases: [],
    advisory: 'DSA-1',
    purl: vulnerablePurl,
    path: '/var/lib/dpkg/status',
    layer: 0,
    status: 'fixed',
    fixedIn: '2',
    severity: { level: 'high', source: 'debian' },
    summary: '',
    reason: {
      ecosystem: 'Debian:13',
      name: 'base-files',
      compared: 'source',
      version: '1',
      ordering: 'dpkg',
      doubts: [],
    },
    ...change,
  };
}

/** The exemplary image, matched against advisories that know of these. */
export function vulnerableImage(
  found: readonly Vulnerability[],
  change: Partial<VulnerabilityFindings> = {},
): ImageFacts {
  const asked = [{ ecosystem: 'Debian:13', packages: 1, newest: null, read: null }];
  return opened({ vulnerabilities: { found, uncovered: [], asked, exploitedRead: 1_700_000_000, ...change } });
}
