import { expect, test } from 'vitest';
import { backports, compareComponentVersions, parseComponentVersion, seriesOf } from './component-version.ts';

const version = (text: string) => parseComponentVersion(text) ?? { numbers: [0, 0, 0] as const, isPackaged: false };

test('versions are ordered by number, candidates among themselves and before their release', () => {
  const order = [
    '1.0.0-rc6',
    '1.0-rc10',
    '1.0.0-rc95',
    '1.0.0',
    '1.1.9',
    '1.1.12',
    '1.4.0-rc.2',
    '1.4.0-rc.3',
    'v1.4.0',
  ];
  const parsed = order.map((each) => version(each));
  expect(parsed.toReversed().toSorted(compareComponentVersions)).toEqual(parsed);
  expect(compareComponentVersions(version('1.2.0'), version('v1.2.0'))).toBe(0);
});

test.each(['1.1.5+ds1', '1.2.5-0ubuntu1~24.04.1', '1.6.20~ds1', '1.0.0-rc6+dev', '1.1.12-3.el9', '1.1.12-4-gabcdef0'])(
  '%s bears somebody’s mark',
  (text) => {
    expect(version(text).isPackaged).toBe(true);
  },
);

test.each(['1.3.4', 'v2.2.1', '1.4.0-rc.3', 'v1.1.12-0-g51d5e94'])('%s is as upstream made it', (text) => {
  expect(version(text).isPackaged).toBe(false);
});

test('a distribution mends what it built, and not the packages of Docker', () => {
  expect(['amzn', 'openEuler', 'debian', 'fedora'].filter((each) => backports(each))).toEqual(['amzn', 'openEuler']);
  expect(backports('openEuler', 'Community Engine')).toBe(false);
});

test('a series is major and minor, and what is no version has none', () => {
  expect(seriesOf(version('v1.7.13'))).toBe('1.7');
  expect(['', 'unknown', '51d5e94601ceffbb'].map((text) => parseComponentVersion(text))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
