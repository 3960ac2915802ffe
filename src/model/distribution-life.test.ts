import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lifeOf } from './distribution-life.ts';
import { distributionLifeReviewed, distributionLives } from './distribution-life-days.ts';

function life(id: string, version: string, day: string, name = id) {
  return lifeOf({ id, version, name, idLike: [] }, new Date(`${day}T12:00:00Z`));
}

describe('a release', () => {
  test('is supported up to its last day, then by others, then by nobody', () => {
    const days = { ends: '2024-08-14', extendedEnds: '2026-08-31' };
    expect(life('debian', '11', '2024-08-14')).toEqual({ state: 'supported', ...days });
    expect(life('debian', '11', '2024-08-15')).toEqual({ state: 'extended', ...days });
    expect(life('debian', '11', '2026-08-31')).toEqual({ state: 'extended', ...days });
    expect(life('debian', '11', '2026-09-01')).toEqual({ state: 'ended', ...days });
  });

  test('without another day ends with the first', () => {
    expect(life('centos', '8', '2022-01-01')).toEqual({ state: 'ended', ends: '2021-12-31' });
  });

  test('whose days are not known yet is supported', () => {
    expect(life('fedora', '44', distributionLifeReviewed)).toEqual({ state: 'supported' });
  });

  test.each([
    ['alpine', '3.20.1', 'ended'],
    ['alpine', '3.2', 'ended'],
    ['alpine', '3.24.0', 'supported'],
    ['rhel', '8.10', 'supported'],
    ['rhel', '7.9', 'extended'],
    ['ubuntu', '20.04', 'extended'],
    ['ubuntu', '22.04', 'supported'],
    ['ubuntu', '22.10', 'ended'],
    ['amzn', '2', 'ended'],
    ['amzn', '2023', 'supported'],
    ['amzn', '2018.03', 'ended'],
    ['sles', '15.5', 'extended'],
    ['sles', '15.7', 'supported'],
    ['opensuse-leap', '15.6', 'ended'],
    ['debian', '12', 'extended'],
    ['debian', '13', 'supported'],
    ['debian', '6', 'ended'],
    ['ol', '7.9', 'extended'],
    ['photon', '5.0', 'supported'],
    ['azurelinux', '3.0', 'supported'],
    ['mariner', '2.0', 'ended'],
  ])('%s %s was %s when the lists were reviewed', (id, version, state) => {
    expect(life(id, version, distributionLifeReviewed).state).toBe(state);
  });

  test('of CentOS is another than of CentOS Stream', () => {
    expect(life('centos', '8', '2023-01-01', 'CentOS Linux 8').state).toBe('ended');
    expect(life('centos', '8', '2023-01-01', 'CentOS Stream 8').state).toBe('supported');
  });

  test('that is not in the lists is unknown, as is a service pack that nobody knows', () => {
    expect(life('debian', '99', '2026-01-01')).toEqual({ state: 'unknown' });
    expect(life('sles', '15.99', '2026-01-01')).toEqual({ state: 'unknown' });
    expect(life('somebody', '1', '2026-01-01')).toEqual({ state: 'unknown' });
  });
});

test.each([
  ['wolfi', '20230201', ''],
  ['arch', '', ''],
  ['debian', '', 'Debian GNU/Linux forky/sid'],
  ['alpine', '3.25.0_alpha20260805', ''],
  ['fedora', '46', 'Fedora Linux 46 (Container Image Rawhide Prerelease)'],
])('%s %j has no release that could end', (id, version, name) => {
  expect(life(id, version, '2026-01-01', name)).toEqual({ state: 'rolling' });
});

const releases = [...distributionLives].flatMap(([id, each]) => each.releases.map((release) => ({ id, release })));

test('no release is in the lists twice', () => {
  const names = releases.map(({ id, release: [version] }) => `${id} ${version}`);
  expect(new Set(names).size).toBe(names.length);
});

test('days in the lists are days', () => {
  for (const { release } of releases) {
    for (const day of release.slice(1)) expect(new Date(day ?? '').toISOString().slice(0, 10)).toBe(day);
  }
});

test('the second day of a release follows the first', () => {
  for (const {
    release: [, ends = '', extendedEnds],
  } of releases) {
    expect(ends < (extendedEnds ?? '9')).toBe(true);
  }
});

test('any distribution has an answer', () => {
  assert(
    property(string(), string(), (id, version) => {
      expect(life(id, version, '2026-01-01').state).toBeTypeOf('string');
    }),
  );
  expect(life('__proto__', 'constructor', '2026-01-01')).toEqual({ state: 'unknown' });
});
