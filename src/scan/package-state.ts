import type { PackageAnswer } from '../advisories/match.ts';
import type { FindingState } from '../model/image-change.ts';
import type { VulnerabilityStatus } from '../model/vulnerability.ts';

/** What is known of one package, as far as a change of it is worth telling. */
export interface PackageState {
  /** Why nothing is known of it. */
  readonly unknown?: string;
  /** By the name of the vulnerability. */
  readonly findings: ReadonlyMap<string, FindingState>;
}

/** Why nothing is known ('' where something is), then a list for each finding: its name, status, severity and, as far as they are there, more. */
type Packed = readonly [unknown: string, ...findings: PackedFinding[]];
type PackedFinding = readonly [
  id: string,
  status: VulnerabilityStatus,
  severity: FindingState['severity'],
  fixedIn?: string,
  exploitedSince?: string,
];

/** The same text for the same state, whatever the order in which it was found. */
export function packState({ asked, uncovered, found }: PackageAnswer): string {
  const findings = found.map(
    ({ found: { id, status, severity, fixedIn = '', exploitedSince = '' } }): PackedFinding => {
      if (exploitedSince !== '') return [id, status, severity.level, fixedIn, exploitedSince];
      return fixedIn === '' ? [id, status, severity.level] : [id, status, severity.level, fixedIn];
    },
  );
  findings.sort(([left], [right]) => (left < right ? -1 : Number(left > right)));
  const packed: Packed = [asked.length > 0 ? '' : (uncovered?.reason ?? 'no-data'), ...findings];
  return JSON.stringify(packed);
}

/** @throws SyntaxError for what `packState` did not write */
export function unpackState(text: string): PackageState {
  const [unknown, ...findings] = JSON.parse(text) as Packed;
  return {
    ...(unknown === '' ? {} : { unknown }),
    findings: new Map(
      findings.map(([id, status, severity, fixedIn = '', exploitedSince = '']) => [
        id,
        {
          status,
          ...(fixedIn === '' ? {} : { fixedIn }),
          severity,
          ...(exploitedSince === '' ? {} : { exploitedSince }),
        },
      ]),
    ),
  };
}
