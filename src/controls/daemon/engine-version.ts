import type { EngineVersion } from '../../model/engine.ts';
import { type EngineAdvisory, engineAdvisories, type ReleaseLine, releaseLines } from './release-lines.ts';

/** A version of Docker Engine, taken apart. */
export interface ReleaseNumber {
  /** `20.10` or, from 27 on, `28`. */
  readonly line: string;
  readonly numbers: readonly [number, number, number];
  readonly preRelease: boolean;
}

/** Reads `28.3.3`, `29.0.0-rc.2`, `20.10.24+dfsg1`; `undefined` for what is no version number. */
export function parseRelease(version: string): ReleaseNumber | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(.*)$/.exec(version.trim());
  if (!match) return undefined;
  const [, major = '', minor = '', patch = '0', suffix = ''] = match;
  return {
    line: Number(major) >= 27 ? major : `${major}.${minor}`,
    numbers: [Number(major), Number(minor), Number(patch)],
    preRelease: /^-(rc|beta|alpha|tp|dev)/.test(suffix),
  };
}

/** Negative when `left` comes before `right`. A pre-release comes before its release. */
export function compareReleases(left: ReleaseNumber, right: ReleaseNumber): number {
  for (const [index, number] of left.numbers.entries()) {
    const difference = number - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(right.preRelease) - Number(left.preRelease);
}

/**
 * The component whose version bears a packager's mark, so that the number alone does not say which fixes are in.
 * Ubuntu marks only runc and containerd, SUSE goes on writing `-ce` long after upstream stopped with 18.06.
 */
export function packagedComponent({ version, components }: EngineVersion): string | undefined {
  const release = parseRelease(version);
  const suffix = version.trim().replace(/^v?[\d.]+/, '');
  const upstream = /^(|-(rc|beta|alpha|tp|dev).*|-rd)$/.test(suffix);
  const edition = /^-[ce]e/.test(suffix) && (release?.numbers[0] ?? 0) <= 18;
  if (release && !upstream && !edition) return `Engine ${version}`;
  const neighbour = Object.entries(components).find(
    ([name, each]) => name !== 'Engine' && /[+~](dfsg|ds|deb)|ubuntu|\.(el|fc|amzn|azl)\d|\+azure/.test(each),
  );
  return neighbour?.join(' ');
}

/** Where a version belongs among the lines that are known here. */
export function releaseLineOf(release: ReleaseNumber): ReleaseLine | 'older' | 'unlisted' {
  const listed = releaseLines.find(({ name }) => name === release.line);
  if (listed) return listed;
  const newestEnded = releaseLines.findLast(({ ended }) => ended !== undefined);
  const last = newestEnded && parseRelease(`${newestEnded.name}.0`);
  return last && compareReleases(release, last) < 0 ? 'older' : 'unlisted';
}

/** Whether a version came after the last of its line in Docker's own release notes: others built it, with backports. */
export function isTakenOver(release: ReleaseNumber): boolean {
  const line = releaseLineOf(release);
  const last = typeof line === 'string' || !line.lastByDocker ? undefined : parseRelease(line.lastByDocker);
  return last !== undefined && compareReleases(release, last) > 0;
}

/** The faults of a version that were known on a day. */
export function advisoriesOf(release: ReleaseNumber, day: Date): EngineAdvisory[] {
  return engineAdvisories.filter(({ published, introduced, fixed }) => {
    if (new Date(published) > day) return false;
    if (introduced !== undefined && isBefore(release, introduced)) return false;
    const isMended = fixed.some((first) => parseRelease(first)?.line === release.line && !isBefore(release, first));
    return !isMended && isBefore(release, fixed.at(-1) ?? '');
  });
}

function isBefore(release: ReleaseNumber, version: string): boolean {
  const other = parseRelease(version);
  return other !== undefined && compareReleases(release, other) < 0;
}
