import { array, assert, constantFrom, option, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rating } from './advisory.ts';
import { severityOf } from './severity.ts';

const version2 = 'AV:N/AC:L/Au:N/C:P/I:P/A:P';
const version30 = 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N';
const version31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const version4 = 'CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N';

function word(source: string, text: string, of?: string): Rating {
  return { source, word: text, ...(of !== undefined && { of }) };
}

function vector(text: string, source = 'record', of?: string): Rating {
  return { source, vector: text, ...(of !== undefined && { of }) };
}

describe('words by source', () => {
  test.each([
    ['redhat', 'critical', 'critical'],
    ['redhat', 'Important', 'high'],
    ['redhat', 'moderate', 'medium'],
    ['redhat', 'low', 'low'],
    ['almalinux', 'important', 'high'],
    ['rocky', 'moderate', 'medium'],
    ['suse', 'important', 'high'],
    ['amazon', 'medium', 'medium'],
    ['amazon', 'important', 'high'],
    ['ubuntu', 'critical', 'critical'],
    ['ubuntu', 'high', 'high'],
    ['ubuntu', 'medium', 'medium'],
    ['ubuntu', 'low', 'low'],
    ['ubuntu', 'negligible', 'info'],
    ['debian', 'high', 'high'],
    ['debian', 'medium**', 'medium'],
    ['debian', 'low', 'low'],
    ['debian', 'unimportant', 'info'],
    ['ghsa', 'CRITICAL', 'critical'],
    ['ghsa', 'HIGH', 'high'],
    ['ghsa', 'MODERATE', 'medium'],
    ['ghsa', 'LOW', 'low'],
    ['bitnami', 'None', 'info'],
    ['rustsec', 'unmaintained', 'info'],
    ['rustsec', 'informational', 'info'],
    ['rubysec', 'moderate', 'medium'],
    ['somebody', 'important', 'high'],
  ])('%s says %s: %s', (source, text, level) => {
    expect(severityOf([word(source, text)], undefined)).toStrictEqual({ level, source });
  });

  test.each([
    ['ubuntu', 'untriaged'],
    ['debian', 'not yet assigned'],
    ['bitnami', 'unknown'],
  ])('%s says %s: it is not known, and who says so is', (source, text) => {
    expect(severityOf([word(source, text)], undefined)).toStrictEqual({ level: 'unknown', source });
  });

  test.each([
    ['redhat', 'severe'],
    ['redhat', 'negligible'],
    ['debian', 'critical'],
    ['debian', 'end-of-life'],
    ['ubuntu', 'low***'],
    ['somebody', 'unimportant'],
    ['ghsa', 'constructor'],
    ['constructor', '__proto__'],
    ['ghsa', ''],
  ])('%s says %s: that is no rating', (source, text) => {
    expect(severityOf([word(source, text)], undefined)).toStrictEqual({ level: 'unknown', source: '' });
    expect(severityOf([word(source, text), word('bitnami', 'low')], undefined).source).toBe('bitnami');
  });
});

describe('what counts first', () => {
  test('a word before any vector, which comes with it', () => {
    expect(severityOf([vector(version31), word('ubuntu', 'low')], undefined)).toStrictEqual({
      level: 'low',
      source: 'ubuntu',
      vector: version31,
      score: 9.8,
    });
  });

  test('with a word its own vector', () => {
    const ratings = [vector(version4), { source: 'redhat', word: 'important', vector: version30 }];
    expect(severityOf(ratings, undefined)).toStrictEqual({
      level: 'high',
      source: 'redhat',
      vector: version30,
      score: 5.3,
    });
  });

  test('what is said of exactly this vulnerability, and nothing that is said of another', () => {
    const ratings = [
      word('redhat', 'critical'),
      word('redhat', 'moderate', 'CVE-2024-1'),
      word('redhat', 'low', 'CVE-2024-2'),
    ];
    expect(severityOf(ratings, 'CVE-2024-1').level).toBe('medium');
    expect(severityOf(ratings, 'CVE-2024-2').level).toBe('low');
    expect(severityOf(ratings, 'CVE-2024-3').level).toBe('critical');
    expect(severityOf(ratings, undefined).level).toBe('critical');
    expect(severityOf(ratings.slice(1), 'CVE-2024-3')).toStrictEqual({ level: 'unknown', source: '' });
  });

  test('a word about all of them before a vector of exactly this one', () => {
    const ratings = [vector(version31, 'redhat', 'CVE-2024-1'), word('redhat', 'moderate')];
    expect(severityOf(ratings, 'CVE-2024-1')).toStrictEqual({
      level: 'medium',
      source: 'redhat',
      vector: version31,
      score: 9.8,
    });
  });

  test('who builds the package, wherever it stands', () => {
    const ratings = [word('somebody', 'critical'), word('ghsa', 'high'), word('debian', 'low')];
    expect(severityOf(ratings, undefined).source).toBe('debian');
    expect(severityOf(ratings.slice(0, 2), undefined).source).toBe('ghsa');
  });

  test.each([
    [[version2, version30, version31, version4], 'medium', 'cvss 4.0', 4.6],
    [[version2, version30, version31], 'critical', 'cvss 3.1', 9.8],
    [[version2, version30], 'medium', 'cvss 3.0', 5.3],
    [[version2], 'high', 'cvss 2.0', 7.5],
  ])('the newest version of %s', (vectors, level, source, score) => {
    const severity = { level, source, vector: vectors.at(-1), score };
    const ratings = vectors.map((text) => vector(text));
    expect(severityOf(ratings, undefined)).toStrictEqual(severity);
    expect(severityOf(ratings.toReversed(), undefined)).toStrictEqual(severity);
  });

  test('a vector of exactly this vulnerability, though of an older version', () => {
    expect(severityOf([vector(version4), vector(version30, 'record', 'CVE-2024-1')], 'CVE-2024-1').score).toBe(5.3);
  });

  test('of two vectors of one version the first, with its source', () => {
    expect(severityOf([vector(version31, 'cisa'), vector(version31, 'nvd')], undefined)).toMatchObject({
      source: 'cisa',
      level: 'critical',
    });
  });

  test('a vector that is not well formed is none', () => {
    expect(severityOf([vector(`${version4}/SA:N`), vector(version2)], undefined).source).toBe('cvss 2.0');
    expect(severityOf([vector('CVSS:3.1/')], undefined)).toStrictEqual({ level: 'unknown', source: '' });
  });

  test.each([
    ['ubuntu', 'untriaged'],
    ['rustsec', 'unsound'],
  ])('a vector before what %s says with %s: it says nothing of how bad it is', (source, text) => {
    expect(severityOf([word(source, text), vector(version31)], undefined)).toMatchObject({
      level: 'critical',
      source: 'cvss 3.1',
    });
    expect(severityOf([word(source, text), word('ghsa', 'low')], undefined)).toMatchObject({ source: 'ghsa' });
  });
});

describe('scales of scores', () => {
  test.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0, 'info'],
    ['CVSS:3.0/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.6, 'low'],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:L/I:N/A:N', 3.8, 'low'],
    ['CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L', 4, 'medium'],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:L', 6.5, 'medium'],
    ['CVSS:3.1/AV:L/AC:H/PR:N/UI:R/S:U/C:H/I:H/A:H', 7, 'high'],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', 8.8, 'high'],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H', 9, 'critical'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0, 'info'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3, 'critical'],
    ['AV:N/AC:L/Au:N/C:N/I:N/A:N', 0, 'low'],
    ['AV:N/AC:M/Au:N/C:P/I:N/A:N', 4.3, 'medium'],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 10, 'high'],
  ])('%s: %d is %s', (text, score, level) => {
    expect(severityOf([vector(text)], undefined)).toMatchObject({ score, level });
  });
});

test('whatever is rated: the source is one of a rating that applies, and so is the vector', () => {
  const vulnerabilities = constantFrom('CVE-2024-1', 'CVE-2024-2');
  const rating = record(
    {
      source: constantFrom('redhat', 'ubuntu', 'rustsec', 'nvd', 'record'),
      word: constantFrom('low', 'untriaged', 'unsound', 'moderate', 'nonsense'),
      vector: constantFrom(version2, version30, version31, version4, 'CVSS:9/nothing'),
      of: vulnerabilities,
    },
    { requiredKeys: ['source'] },
  );
  assert(
    property(array(rating, { maxLength: 8 }), option(vulnerabilities, { nil: undefined }), (ratings, of) => {
      const severity = severityOf(ratings, of);
      const applying = ratings.filter((each) => each.of === undefined || each.of === of);
      expect(['', ...applying.map(({ source }) => source)]).toContain(severity.source.replace(/^cvss .*/, 'record'));
      expect([undefined, ...applying.map((each) => each.vector)]).toContain(severity.vector);
      expect(severity.vector === undefined).toBe(severity.score === undefined);
      const isUnknown = severity.level === 'unknown';
      expect(severity.source !== '' || isUnknown).toBe(true);
      expect(isUnknown && severity.vector !== undefined).toBe(false);
    }),
  );
});
