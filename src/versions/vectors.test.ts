import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { apkOrdering } from './apk.ts';
import { bitnamiOrdering } from './bitnami.ts';
import { cranOrdering } from './cran.ts';
import { dpkgOrdering } from './dpkg.ts';
import { goOrdering } from './go.ts';
import { hackageOrdering } from './hackage.ts';
import { jvmOrdering } from './jvm.ts';
import { mavenOrdering } from './maven.ts';
import { nugetOrdering } from './nuget.ts';
import { compareVersions } from './ordering.ts';
import type { VersionOrdering } from './ordering.ts';
import { packagistOrdering } from './packagist.ts';
import { pacmanOrdering } from './pacman.ts';
import { pep440Ordering } from './pep440.ts';
import { portageOrdering } from './portage.ts';
import { pubOrdering } from './pub.ts';
import { rpmOrdering } from './rpm.ts';
import { rubygemsOrdering } from './rubygems.ts';
import { semverOrdering } from './semver.ts';

/** Beside a checkout, where somebody put it: never a part of the project. */
const folder = join(import.meta.dirname, '../../../shared/data/versions');

const absent = !existsSync(folder);

/** Lines that do not hold, or whose constraint is more than comparisons, by the reason: each must be there, and must not hold. */
type Exceptions = Readonly<Record<string, readonly string[]>>;

interface VectorFile {
  readonly file: string;
  readonly compare: (left: string, right: string) => number | undefined;
  /** A line of vectors as it is; a row of constraints as `VERSION | CONSTRAINT`. */
  readonly exceptions: ReadonlyMap<string, string>;
}

function vectors<Version>(file: string, ordering: VersionOrdering<Version>, exceptions: Exceptions = {}): VectorFile {
  return {
    file,
    compare: (left, right) => compareVersions(ordering, left, right),
    exceptions: new Map(Object.entries(exceptions).flatMap(([reason, lines]) => lines.map((line) => [line, reason]))),
  };
}

const rpmWithoutEpoch =
  'It leaves out the epoch that only one side has. To rpm a missing epoch is 0: `rpm --eval` says so.';
const composerPads = 'It compares without what is left out. To Composer `3.0` and `3.0.0` are the same.';
const ignoresLocal =
  'A specifier passes over the local part of a version where it has none itself; the versions are not equal.';
const moreThanComparisons = 'A range of the ecosystem, which advisories of osv.dev do not have: no comparison alone.';

const leftOut = new Map([
  ['kb-constraints.txt', 'Numbers of Windows updates are the same or they are not: they have no order.'],
]);

/** One row a file. */
const files: readonly VectorFile[] = [
  vectors('apk.txt', apkOrdering),
  vectors('apk-constraints.txt', apkOrdering),
  vectors('apk-generated.txt', apkOrdering),
  vectors('bitnami-constraints.txt', bitnamiOrdering),
  vectors('cran.txt', cranOrdering),
  vectors('cran-generated.txt', cranOrdering),
  vectors('dpkg.txt', dpkgOrdering),
  vectors('dpkg-constraints.txt', dpkgOrdering),
  vectors('dpkg-generated.txt', dpkgOrdering),
  vectors('gem.txt', rubygemsOrdering),
  vectors('gem-constraints.txt', rubygemsOrdering),
  vectors('gem-generated.txt', rubygemsOrdering),
  vectors('go.txt', goOrdering),
  vectors('go-constraints.txt', goOrdering),
  vectors('hackage.txt', hackageOrdering),
  vectors('jvm.txt', jvmOrdering),
  vectors('jvm-constraints.txt', jvmOrdering),
  vectors('maven.txt', mavenOrdering, {
    'It takes away which Java an artifact is for. To Maven `jre11` is a qualifier as any other.': [
      '12.10.2 = 12.10.2.jre11',
      '12.10.2.jdk17 = 12.10.2',
      '12.10.2.jre11 = 12.10.2.jdk17',
    ],
  }),
  vectors('maven-constraints.txt', mavenOrdering),
  vectors('maven-generated.txt', mavenOrdering, {
    'Padding with zeros makes a circle: `2.9.0.RC1` before `2.9.0` before `2.9.0-1`. Maven 3.9 orders them as here.': [
      '1.0.0-RC16 < 1.0.0.RC8-beta',
      '1.0.0-gradle-rework-beta3 < 1.0.0.RC7-3',
      '2.9.0-1 < 2.9.0.RC1',
      '1.0.0rc0 < 1.0.beta8',
      '1.1.0-01-glassfish < 1.1.0.Beta1',
    ],
    'The same circle. Maven 3.9 is in it too, but for a hyphen: to it `3.5.0.Beta1` is before `3.5.0-CR-2`.': [
      '3.5.0-CR-2 < 3.5.0.Beta-1',
    ],
    'By the specification of today `.rc` and `-rc` are the same, so that the number decides. Maven 3.9 orders them as here.':
      ['6.1.12.rc5 < 6.1.12rc1', '1.5.9.RC1 < 1.5.9-RC0'],
  }),
  vectors('nuget.txt', nugetOrdering),
  vectors('packagist.txt', packagistOrdering, {
    [composerPads]: ['1.0.0 > 1.0'],
    'No order: it has `1.2.3.#` equal to `1.2.3` too, which is before `1.2.3.1`. PHP passes over the `#`, and Composer refuses it.':
      ['1.2.3.# = 1.2.3.1'],
  }),
  vectors('packagist-generated.txt', packagistOrdering, {
    [composerPads]: [
      'v3.0 < v3.0.0-beta',
      'v3.4 < v3.4.0-alpha',
      'v4-beta4 < v4.0-alpha',
      'v4.4 < v4.4.0-beta',
      'v6.5 < v6.5.0-beta-0',
      'v6.6 < v6.6.0-beta',
    ],
    'It knows the words in lower case alone. To Composer case counts for nothing.': [
      'v1.9.0-ALPHA.1 = v1.9.0-BETA.1',
      'v1.9.0-BETA.1 < v1.9.0-ALPHA.2',
      'v1.9.0-ALPHA.2 = v1.9.0-BETA.2',
    ],
    'To Composer `-stable` is the release.': ['5.1.0-stable < 5.1.0-beta2'],
  }),
  vectors('pep440.txt', pep440Ordering, {
    'Its tab and line end are spelled out, and a backslash is in no version.': [String.raw`v1.0\t\n = 1.0`],
  }),
  vectors('pep440-constraints.txt', pep440Ordering, {
    [moreThanComparisons]: ["4.5.2 | '4.5.1' || '4.5.2'"],
    [ignoresLocal]: ['6.4+cgr.1 | <=6.4.0', '2.0.0+cgr.1 | = 2.0.0'],
  }),
  vectors('pep440-generated.txt', pep440Ordering),
  vectors('trivy-pep440-constraints.txt', pep440Ordering, {
    [moreThanComparisons]: [
      '1.2.3 | vulnerable=*;patched=;unaffected=',
      '1.2.4 | vulnerable=!1.0.0;patched=;unaffected=',
    ],
    [ignoresLocal]: ['4.2.8+sp1 | vulnerable=== 4.2.8;patched=== 4.2.9;unaffected='],
    'It finds that `1.2..4` is no version. setuptools had it before all others until 2022, and so do other vectors.': [
      '1.2..4 | vulnerable=<1.0.0;patched=;unaffected=',
    ],
  }),
  vectors('trivy-maven-constraints.txt', mavenOrdering, {
    [moreThanComparisons]: ['1.2.3 | vulnerable=(,1.2.3];patched=1.2.4;unaffected='],
  }),
  vectors('pacman.txt', pacmanOrdering, {
    'It orders as rpm does. To vercmp(8) letters at once after a number are before the end, and `~` is any separator.':
      ['1.0.0alpha > 1.0.0', '1.0.0~rc1 < 1.0.0'],
  }),
  vectors('portage.txt', portageOrdering),
  vectors('portage-constraints.txt', portageOrdering),
  vectors('pub.txt', pubOrdering),
  vectors('rpm.txt', rpmOrdering, {
    'It orders parts of versions, where `-` is any separator. In a whole version the last one starts the release.': [
      '1.2.3.4 = 1-2-3-4',
      '1-2-3-4 > 1.2.3a',
      '1-2-3-4 > 1.2.3b',
    ],
    [rpmWithoutEpoch]: [
      '1:0 < 1',
      '2:4.19.01-1.el7_5 = 4.19.1-1.el7_5',
      '4.19.01-1.el7_5 = 2:4.19.1-1.el7_5',
      '4.19.0-1.el7_5 > 12:4.19.0-1.el7',
      '3:4.19.0-1.el7_5 < 4.21.0-1.el7',
    ],
  }),
  vectors('rpm-constraints.txt', rpmOrdering, {
    [rpmWithoutEpoch]: [
      '1:0 | < 1',
      '1.0 | < 2:1.0',
      '2:4.19.01-1.el7_5 | <= 4.19.1-1.el7_5',
      '4.19.01-1.el7_5 | < 2:4.19.1-1.el7_5',
      '4.19.0-1.el7_5 | < 12:4.19.0-1.el7',
      '4.19.0-1.el7_5 | <= 12:4.19.0-1.el7',
      '3:4.19.0-1.el7_5 | < 4.21.0-1.el7',
      '4:1.2.3-3-el7_5 | < 1.2.3-el7_5~snapshot1',
    ],
    'It has the distributions `el8` and `el8.0.0` as equal. To rpm the longer one is newer.': [
      '8.3.1-5.el8 | < 0:8.3.1-5.el8.0.0',
      '8.3.1-5.el8.0.0 | > 0:8.3.1-5.el8',
    ],
  }),
  vectors('semver.txt', semverOrdering),
  vectors('semver-constraints.txt', semverOrdering, {
    'It makes one identifier of two. By the specification `alpha.beta` are two, and `alpha-beta` is one.': [
      '1.0.0.alpha.beta | = 1.0.0-alpha-beta',
      '1.0.0.rc.alpha | = 1.0.0-rc-alpha',
    ],
  }),
  vectors('trivy-npm-constraints.txt', semverOrdering, {
    [moreThanComparisons]: [
      '1.2.3 | vulnerable=*;patched=;unaffected=',
      '2.0.1 | vulnerable=2.0.x || 2.1.x;patched=>=2.2.x;unaffected=',
      '2.0.18 | vulnerable=<2.0.18 || <3.0.16;patched=^2.0.18 || ^3.0.16;unaffected=',
      '1.2.4 | vulnerable=!1.0.0;patched=;unaffected=',
    ],
  }),
];

/** Of lines generated from real advisories at most so many may be exceptions. */
const greatestShareOfExceptions = 0.001;

describe.skipIf(absent)(`shared vectors${absent ? ' (skipped: not on this machine)' : ''}`, () => {
  test('none is forgotten', () => {
    const named = [...files.map(({ file }) => file), ...leftOut.keys()];
    expect(readdirSync(folder).toSorted()).toStrictEqual(named.toSorted());
  });

  test.for(files.filter(({ file }) => !file.endsWith('-constraints.txt')))('$file', ({ file, compare, exceptions }) => {
    const lines = linesOf(file);
    const failing = lines.filter((line) => !holds(line, compare));
    expect(failing).toStrictEqual(lines.filter((line) => exceptions.has(line)));
    expect(lines).toStrictEqual(expect.arrayContaining([...exceptions.keys()]));
    const share = file.endsWith('-generated.txt') ? failing.length / lines.length : 0;
    expect(share).toBeLessThanOrEqual(greatestShareOfExceptions);
  });

  test.for(files.filter(({ file }) => file.endsWith('-constraints.txt')))('$file', ({ file, compare, exceptions }) => {
    const rows = linesOf(file).map((line) => {
      const [version = '', constraint = '', expected] = line.split('\t');
      const found = satisfies(version, constraint, compare);
      return { name: `${version} | ${constraint}`, holds: String(found) === expected };
    });
    const failing = rows.filter((row) => !row.holds).map(({ name }) => name);
    const listed = rows.map(({ name }) => name).filter((name) => exceptions.has(name));
    expect(failing).toStrictEqual(listed);
    expect(listed).toStrictEqual(expect.arrayContaining([...exceptions.keys()]));
  });
});

function linesOf(file: string): readonly string[] {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function holds(line: string, compare: VectorFile['compare']): boolean {
  const [left = '', sign, right = ''] = line.split(' ');
  const [forth, back] = [compare(left, right), compare(right, left)];
  if (forth === undefined || back === undefined || Math.sign(forth) + Math.sign(back) !== 0) return false;
  return sign === (forth < 0 ? '<' : forth > 0 ? '>' : '=');
}

/**
 * `> 1.0, < 2.0 || = 3`: alternatives of comparisons that hold together. `vulnerable=…;patched=…;unaffected=…`: the first and none of the
 * others. `undefined` for what says more than comparisons.
 */
function satisfies(version: string, constraint: string, compare: VectorFile['compare']): boolean | undefined {
  const advisory = /^vulnerable=(.*);patched=(.*);unaffected=(.*)$/.exec(constraint);
  if (advisory) {
    const [vulnerable, ...others] = advisory.slice(1).map((part) => part !== '' && satisfies(version, part, compare));
    const safe = new Set(others);
    return vulnerable === undefined || safe.has(undefined) ? undefined : vulnerable && !safe.has(true);
  }
  const each = new Set(constraint.split('||').map((alternative) => satisfiesAll(version, alternative, compare)));
  return each.has(undefined) ? undefined : each.has(true);
}

function satisfiesAll(version: string, comparisons: string, compare: VectorFile['compare']): boolean | undefined {
  // A space parts two comparisons too, but not an operator from its version.
  const parts = comparisons
    .trim()
    .replaceAll(/([<>=])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  const each = new Set(parts.map((part) => satisfiesOne(version, part, compare)));
  return each.has(undefined) ? undefined : !each.has(false);
}

function satisfiesOne(version: string, comparison: string, compare: VectorFile['compare']): boolean | undefined {
  const [, operator, bound = ''] = /^([<>]=?|={0,3})([^<>=^~!*'"()[\]]+)$/.exec(comparison) ?? [];
  if (operator === undefined || /\.x$/i.test(bound)) return undefined;
  const order = compare(version, bound);
  // Nothing is said of what is no version.
  if (order === undefined) return false;
  if (order === 0) return operator !== '<' && operator !== '>';
  return operator.startsWith(order < 0 ? '<' : '>');
}
