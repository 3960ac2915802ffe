import { expect, test } from 'vitest';
import { judge } from '../../../test/subjects.ts';
import { vulnerability, vulnerableImage, vulnerablePurl as purl } from '../../../test/vulnerable-image.ts';
import { imageNoUnfixedHigh as control } from './image-no-unfixed-high.ts';

const { fixedIn: _, ...unfixed } = vulnerability({ status: 'will-not-fix' });

test('names what nobody has repaired, and what the vendor says; the critical ones first', () => {
  const critical = { ...unfixed, id: 'CVE-2024-2', severity: { level: 'critical', source: 'debian' } } as const;
  const verdict = judge(control, vulnerableImage([unfixed, critical]));
  expect(verdict).toMatchObject({ status: 'fail', repairable: false });
  expect(verdict.evidence.map(({ value }) => value)).toEqual([
    `CVE-2024-2 · ${purl} · will-not-fix`,
    `CVE-2024-1 · ${purl} · will-not-fix`,
  ]);
});

test('a milder threshold', () => {
  const found = vulnerableImage([{ ...unfixed, severity: { level: 'medium', source: 'debian' } }]);
  expect(judge(control, found).status).toBe('pass');
  expect(judge(control, found, { parameters: { threshold: 'medium' } }).status).toBe('fail');
});

test('is unknown while the vendor is still finding out, unless that is mild', () => {
  const open = { ...unfixed, status: 'under-investigation' } as const;
  expect(judge(control, vulnerableImage([open]))).toMatchObject({ status: 'unknown', repairable: false });
  expect(judge(control, vulnerableImage([open, unfixed])).status).toBe('fail');
  const mild = { ...open, severity: { level: 'low', source: 'debian' } } as const;
  expect(judge(control, vulnerableImage([mild])).status).toBe('pass');
});

test('is unknown where nobody has rated it; of what is repaired another control asks', () => {
  const unrated = { level: 'unknown', source: '' } as const;
  expect(judge(control, vulnerableImage([{ ...unfixed, severity: unrated }]))).toMatchObject({
    status: 'unknown',
    repairable: false,
    message: { en: 'Nobody has rated 1 of the vulnerabilities that are not fixed yet.' },
  });
  expect(judge(control, vulnerableImage([vulnerability({ severity: unrated })])).status).toBe('pass');
});
