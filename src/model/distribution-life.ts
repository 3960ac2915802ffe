import { distributionLives } from './distribution-life-days.ts';
import type { ReleaseLife } from './distribution-lives.ts';
import type { Distribution } from './image-contents.ts';

export interface DistributionLife {
  /**
   * `extended`: fixes are only made for who has a contract for it, or by others than before. `rolling`: there are no releases that could
   * end. `unknown`: a distribution or a release that is not in the lists.
   */
  readonly state: 'supported' | 'extended' | 'ended' | 'rolling' | 'unknown';
  /** `YYYY-MM-DD`: the last day on which everybody gets fixes; absent while it is not known. */
  readonly ends?: string;
  readonly extendedEnds?: string;
}

/** By their `ID`: distributions that are always made anew. */
const rolling: ReadonlySet<string> = new Set([
  'arch',
  'archarm',
  'artix',
  'chainguard',
  'endeavouros',
  'gentoo',
  'kali',
  'manjaro',
  'opensuse-tumbleweed',
  'solus',
  'void',
  'wolfi',
]);

/** Others that have the same releases, under another `ID`. */
const sameReleases: ReadonlyMap<string, string> = new Map([
  ['sled', 'sles'],
  ['sles_sap', 'sles'],
  ['redhat', 'rhel'],
  ['oracle', 'ol'],
  ['amazon', 'amzn'],
]);

/** Whether a distribution's release still gets fixes of flaws. */
export function lifeOf(distribution: Distribution, now: Date): DistributionLife {
  if (isRolling(distribution)) return { state: 'rolling' };
  const release = releaseOf(distribution);
  if (!release) return { state: 'unknown' };
  const [, ends, extendedEnds] = release;
  const today = now.toISOString().slice(0, 10);
  const days = { ...(ends === undefined ? {} : { ends }), ...(extendedEnds === undefined ? {} : { extendedEnds }) };
  if (ends === undefined || today <= ends) return { state: 'supported', ...days };
  return { state: extendedEnds !== undefined && today <= extendedEnds ? 'extended' : 'ended', ...days };
}

/**
 * What is not released yet is made anew all the time, too: Debian's testing and unstable, which have no version; Alpine's edge, with the
 * next version's `_alpha`; Fedora's rawhide, which has the next number.
 */
function isRolling({ id, version, name }: Distribution): boolean {
  if (rolling.has(id)) return true;
  if (id === 'debian') return version === '';
  if (id === 'alpine') return version.includes('_alpha') || version === 'edge';
  return id === 'fedora' && /rawhide/i.test(name);
}

function releaseOf({ id, version, name }: Distribution): ReleaseLife | undefined {
  const isStream = id === 'centos' && /\bstream\b/i.test(name);
  const lives = distributionLives.get(isStream ? 'centos-stream' : (sameReleases.get(id) ?? id));
  if (!lives) return undefined;
  const parts = version.split('.');
  const release = lives.by === 'whole' ? version : parts.slice(0, lives.by === 'major' ? 1 : 2).join('.');
  // Up to 6.0 Debian's releases had two numbers.
  return lives.releases.find(([each]) => each === release) ?? lives.releases.find(([each]) => each === `${release}.0`);
}
