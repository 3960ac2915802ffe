/** How one family of packages orders its versions. One a file, called by the file's name. */
export interface VersionOrdering<Version = unknown> {
  /** The name of its file. */
  readonly id: string;
  /** Reads a version once, so that it can be compared often. `undefined` for what is no version here: nothing is then said of it. */
  readonly parse: (text: string) => Version | undefined;
  /** Negative where `left` is the older one, 0 where they are the same version, positive where it is the newer one: a total order. */
  readonly compare: (left: Version, right: Version) => number;
}

/** Checks the shape of one ordering. */
export function defineOrdering<Version>(ordering: VersionOrdering<Version>): VersionOrdering<Version> {
  return ordering;
}

/** Compares two versions as they are written; `undefined` where one of them is none. */
export function compareVersions<Version>(
  { parse, compare }: VersionOrdering<Version>,
  left: string,
  right: string,
): number | undefined {
  const [first, second] = [parse(left), parse(right)];
  return first === undefined || second === undefined ? undefined : compare(first, second);
}
