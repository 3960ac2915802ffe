/** A kernel's release, taken apart. Two compare only where their flavours are the same. */
export interface KernelRelease {
  /** What it is built for: `amd64`, `aws`, `el.x86_64`; the number of the distribution is left out. */
  readonly flavour: string;
  /** The version, with the packager's own numbers. */
  readonly numbers: readonly number[];
  /** Numbers after the version: of the distribution and its updates. */
  readonly further: readonly number[];
}

/** Marks of a distribution whose number is no part of the flavour: `el9_4`, `fc40`, `deb13`, `arch1-2`. */
const distributionMark = /(?<![a-z\d])(el|fc|deb|amzn|azl|cm|arch|zen|hardened|r)\d+(?:[._-]\d+)*(?!\d)/g;

/** Reads `6.1.0-21-amd64`, `5.14.0-427.13.1.el9_4.x86_64`, `6.9.1-arch1-2`; `undefined` for what bears no version. */
export function parseKernelRelease(release: string): KernelRelease | undefined {
  const [version] = /^\d+\.\d+(?:[.-]\d+(?![a-z\d]))*/.exec(release) ?? [];
  if (version === undefined) return undefined;
  const rest = release.slice(version.length);
  return {
    flavour: rest.replaceAll(distributionMark, '$1').replace(/^[.+_~-]/, ''),
    numbers: numbersIn(version),
    further: numbersIn(rest),
  };
}

/** Negative when `left` is the older one. Of releases that lack a number, the one without it is. */
export function compareKernelReleases(left: KernelRelease, right: KernelRelease): number {
  return compareNumbers(left.numbers, right.numbers) || compareNumbers(left.further, right.further);
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  const index = [...Array(Math.max(left.length, right.length)).keys()].find((each) => left[each] !== right[each]);
  return index === undefined ? 0 : (left[index] ?? -1) - (right[index] ?? -1);
}

function numbersIn(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}
