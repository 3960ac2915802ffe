import type { UncoveredReason } from '../../advisories/uncovered.ts';
import { mergePackages } from '../../contents/merge/packages.ts';
import type { FoundPackage } from '../../contents/cataloger.ts';
import { type Fact, type UnreadableFact, known, unreadable } from '../../model/fact.ts';
import { advisoriesOf, readAdvisories } from '../../model/host-component.ts';
import type { Distribution } from '../../model/image-contents.ts';
import type { Package } from '../../model/package.ts';
import type { Text } from '../../model/text.ts';
import type { UncoveredPackages, VulnerabilityFindings } from '../../model/vulnerability.ts';
import type { OpenedFinder } from '../find-vulnerabilities.ts';
import type { PackageOwner } from './package-owner.ts';
import type { OwnedPaths } from './packages-owning.ts';

/** Where components are looked at, and held against what. */
export interface HostPlace {
  readonly distribution: Fact<Distribution>;
  readonly owned: OwnedPaths;
  readonly finder: OpenedFinder;
}

/** The package as everything else tells of packages; its distribution is the host's. */
export function systemPackage({ found, cataloger, database }: PackageOwner, { distribution }: HostPlace): Package {
  const reading = { path: database, modified: 0, packages: [found satisfies FoundPackage] };
  const release = distribution.known ? distribution.value : undefined;
  const [merged] = mergePackages([{ cataloger, layer: 0, before: [], reading }], release).packages;
  if (!merged) throw new TypeError('a package that was read is a package');
  return merged;
}

/** Reasons for which a package is somebody else's than the distribution's. */
const ofOthers: ReadonlySet<string> = new Set<UncoveredReason>(['other-distribution', 'third-party']);

export function isOfOthers({ uncovered }: VulnerabilityFindings): boolean {
  return uncovered.some(({ code }) => ofOthers.has(code));
}

/** Findings count as known where anything could be asked; what could not be is told beside. */
export function factOf(
  findings: VulnerabilityFindings,
  path: string,
  otherwise: UnreadableFact,
): Fact<VulnerabilityFindings> {
  if (findings.asked.length > 0) return known(findings, 'file', path);
  const [first] = findings.uncovered;
  return first ? unreadable('file', path, reasonText(first), needFor(first)) : otherwise;
}

function reasonText({ reason, ecosystem }: UncoveredPackages): Text {
  if (ecosystem === undefined) return reason;
  return { en: `${reason.en} (${ecosystem})`, zh: `${reason.zh}（${ecosystem}）` };
}

function needFor({ code, ecosystem }: UncoveredPackages): Text {
  if (code !== 'no-data') return whoMadeIt;
  return ecosystem === undefined ? readAdvisories : advisoriesOf(ecosystem);
}

export const whoMadeIt: Text = { en: 'what whoever made it says of its flaws', zh: '制作方发布的漏洞信息' };
