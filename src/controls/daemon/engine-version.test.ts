import { expect, test } from 'vitest';
import {
  advisoriesOf,
  compareReleases,
  isTakenOver,
  packagedComponent,
  parseRelease,
  releaseLineOf,
} from './engine-version.ts';
import { engineAdvisories, releaseLines, releaseLinesReviewed } from './release-lines.ts';

function release(version: string) {
  const parsed = parseRelease(version);
  if (!parsed) throw new Error(version);
  return parsed;
}

const today = new Date('2026-10-01');
const known = (version: string, day = today) => advisoriesOf(release(version), day).flatMap(({ ids }) => ids);

const build = (version: string, components: Record<string, string> = {}) =>
  packagedComponent({ version, apiVersion: '1.41', minimumApiVersion: '1.12', experimental: false, components });

test('versions are ordered by number, and a preview comes before its release', () => {
  const order = ['19.03.15', '20.10.9', '20.10.24', '29.0.0-rc.2', '29.0.0', '29.0.10'].map((each) => release(each));
  expect(order.toSorted(compareReleases)).toEqual(order);
});

test('from 27 on a line is the major number alone', () => {
  expect(release('v26.1.5').line).toBe('26.1');
  expect(release('27.5.1').line).toBe('27');
});

test('a version belongs to a listed line, or is older or newer than all of them', () => {
  expect(releaseLineOf(release('20.10.24'))).toMatchObject({ name: '20.10' });
  expect(releaseLineOf(release('1.13.1'))).toBe('older');
  expect(releaseLineOf(release('18.05.0'))).toBe('older');
  expect(releaseLineOf(release('99.0.0'))).toBe('unlisted');
});

test.each([
  '20.10.24+dfsg1',
  '24.0.7-0ubuntu4',
  '26.1.5~deb12',
  '25.0.3-1.el9',
  '24.0.7_ce',
  '28.3.3-ce',
  '20.10.27+azure-1',
])('the number of %s was given by a distribution', (version) => expect(build(version)).toBe(`Engine ${version}`));

test.each(['28.3.3', 'v29.0.0', '29.0.0-rc.2', '18.06.3-ce', '28.3.3-rd'])('%s was built upstream', (version) => {
  expect(build(version, { Engine: version, containerd: 'v2.1.5', runc: '1.3.3' })).toBeUndefined();
});

test('Ubuntu and Debian mark the runc beside an engine that bears the upstream number', () => {
  expect(build('27.5.1', { Engine: '27.5.1', containerd: '1.7.27', runc: '1.2.5-0ubuntu1~24.04.1' })).toContain('runc');
  expect(build('20.10.24', { containerd: '1.6.20~ds1' })).toContain('containerd');
});

test('only 25.0 is maintained by others than Docker', () => {
  expect(
    ['25.0.6', '25.0.7', '25.0.18', '24.0.10', '29.9.0', '1.13.1'].filter((each) => isTakenOver(release(each))),
  ).toEqual(['25.0.7', '25.0.18']);
});

test.each([
  ['23.0.14', true],
  ['23.0.15', false],
  ['24.0.9', true],
  ['25.0.5', true],
  ['25.0.6', false],
  ['26.0.2', true],
  ['26.1.4', true],
  ['26.1.5', false],
  ['27.1.0', true],
  ['27.1.1', false],
  ['28.0.0', false],
  ['18.09.9', false],
])('CVE-2024-41110 in %s: %s', (version, affected) => {
  expect(known(version).includes('CVE-2024-41110')).toBe(affected);
});

test.each([
  ['28.1.1', false],
  ['28.2.0', true],
  ['28.3.3-rc.1', true],
  ['28.3.3', false],
  ['29.0.0', false],
])('CVE-2025-54388 in %s: %s', (version, affected) => {
  expect(known(version).includes('CVE-2025-54388')).toBe(affected);
});

test.each([
  ['29.3.0', 'CVE-2026-33997'],
  ['29.6.0', 'GHSA-mjcv-p78q-w5fw'],
  ['29.6.1', 'CVE-2026-15793'],
  ['29.6.2', 'CVE-2026-17106'],
  ['29.8.1', 'CVE-2026-92543'],
])('%s has %s', (version, id) => {
  expect(known(version)).toContain(id);
});

test('the newest release that was compared has no known fault', () => {
  expect(known('29.9.0', new Date(releaseLinesReviewed))).toEqual([]);
});

test('an advisory counts from the day on which it was published', () => {
  expect(known('29.3.0', new Date('2026-03-26'))).toEqual([]);
  expect(known('29.3.0', new Date('2026-03-27'))).toEqual(['CVE-2026-34040']);
});

test('the lists are well formed', () => {
  const names = releaseLines.map(({ name }) => release(`${name}.0`));
  expect(names.toSorted(compareReleases)).toEqual(names);
  for (const { fixed, introduced, published } of engineAdvisories) {
    const numbers = [introduced, ...fixed].filter((each) => each !== undefined).map((each) => release(each));
    expect(numbers.toSorted(compareReleases)).toEqual(numbers);
    expect(Number.isNaN(Date.parse(published))).toBe(false);
  }
});
