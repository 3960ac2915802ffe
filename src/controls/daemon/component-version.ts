/** A version of containerd or runc, taken apart. */
export interface ComponentVersion {
  readonly numbers: readonly [number, number, number];
  /** The number of a release candidate; absent for a release. */
  readonly candidate?: number;
  /** Somebody else's mark stands behind the number: `+ds1`, `-0ubuntu1~24.04.1`, `+dev`. */
  readonly isPackaged: boolean;
}

/** Reads `v1.7.13`, `1.4.0-rc.3`, `1.0-rc95`, `1.1.5+ds1`; `undefined` for what is no version number. */
export function parseComponentVersion(text: string): ComponentVersion | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:-rc\.?(\d+))?(.*)$/.exec(text.trim());
  if (!match) return undefined;
  const [, major, minor, patch = '0', candidate, mark = ''] = match;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    ...(candidate === undefined ? {} : { candidate: Number(candidate) }),
    // `git describe` of the very release: no commit after it.
    isPackaged: mark !== '' && !/^-0-g[0-9a-f]+$/.test(mark),
  };
}

/** Negative when `left` comes before `right`. A candidate comes before its release. */
export function compareComponentVersions(left: ComponentVersion, right: ComponentVersion): number {
  for (const [index, number] of left.numbers.entries()) {
    const difference = number - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  const [ours, theirs] = [left.candidate ?? Infinity, right.candidate ?? Infinity];
  return ours === theirs ? 0 : ours - theirs;
}

/** Distributions that build these programs themselves and mend them without a mark in the version. */
const backporting = new Set([
  'alinux',
  'amzn',
  'anolis',
  'azurelinux',
  'euleros',
  'kylin',
  'mariner',
  'openeuler',
  'opensuse-leap',
  'sles',
  'tencentos',
]);

/** Whether the engine's programs may carry more fixes than their numbers say. Docker's own packages name their product. */
export function backports(distribution: string, product?: string): boolean {
  return backporting.has(distribution.toLowerCase()) && product !== 'Community Engine';
}

export function seriesOf({ numbers: [major, minor] }: ComponentVersion): string {
  return `${major}.${minor}`;
}
