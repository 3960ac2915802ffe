import { array, constantFrom, property, string, tuple } from 'fast-check';
import type { Arbitrary, IProperty } from 'fast-check';

import { compareVersions } from './ordering.ts';
import type { VersionOrdering } from './ordering.ts';

/** `1.0 < 1.1`, `1.0 = 1.00`: each line as it is where that holds both ways. */
export function asOrdered<Version>(ordering: VersionOrdering<Version>, lines: readonly string[]): string[] {
  return lines.map((line) => {
    const [left = '', , right = ''] = line.split(' ');
    const forth = compareVersions(ordering, left, right) ?? Number.NaN;
    const back = compareVersions(ordering, right, left) ?? Number.NaN;
    const sign = forth < 0 && back > 0 ? '<' : forth > 0 && back < 0 ? '>' : forth === 0 && back === 0 ? '=' : '?';
    return `${left} ${sign} ${right}`;
  });
}

/** No versions anywhere. */
const hostile = ['', ' ', '1\0', '1\n2', '1.'.repeat(500_000), '9'.repeat(1_000_000), '-'.repeat(1_000_000)];

/** Those that an ordering takes for versions, of these and of some that are meant to do harm. */
export function versionsAmong<Version>(ordering: VersionOrdering<Version>, texts: readonly string[]): string[] {
  return [...texts, ...hostile].filter((text) => ordering.parse(text) !== undefined);
}

/** Texts of one of some starts and then of some pieces; both are given with a space between them. */
export function anyVersion(starts: string, pieces: string): Arbitrary<string> {
  const after = array(constantFrom(...pieces.split(' ')), { maxLength: 6 });
  return tuple(constantFrom(...starts.split(' ')), after).map(([start, chosen]) => start + chosen.join(''));
}

/** Of any three versions among such texts; and no text whatever does harm. */
export function totalOrder<Version>(
  { parse, compare }: VersionOrdering<Version>,
  texts: Arbitrary<string>,
): IProperty<[Version, Version, Version, string]> {
  const version = texts.map(parse).filter((parsed) => parsed !== undefined);
  const sign = (left: Version, right: Version): number => Math.sign(compare(left, right));
  return property(version, version, version, string({ unit: 'binary' }), (one, other, another, text) => {
    // As they are sorted, none is after one that follows it, and the first is before the last where a step between them goes up.
    const [first, second, third] = [one, other, another].toSorted(compare) as [Version, Version, Version];
    const steps = [sign(first, second), sign(second, third), sign(first, third)];
    const back = [sign(second, first), sign(third, second), sign(third, first)];
    const parsed = parse(text);
    return (
      [first, second, third].every((same) => compare(same, same) === 0) &&
      steps.every((step, index) => step <= 0 && step + (back[index] ?? 0) === 0) &&
      Math.min(...steps.slice(0, 2)) === steps[2] &&
      (parsed === undefined || compare(parsed, parsed) === 0)
    );
  });
}
