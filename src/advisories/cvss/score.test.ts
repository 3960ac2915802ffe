import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { assert, constantFrom, nat, property, shuffledSubarray, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CvssVersion, cvssScore } from './score.ts';
import { scoredVectors } from './scored-vectors.fixture.ts';

/** Values of each metric, as the specifications list them. */
const metricsOf: Readonly<Record<CvssVersion, Readonly<Record<string, string>>>> = {
  '2.0': { AV: 'LAN', AC: 'HML', Au: 'MSN', C: 'NPC', I: 'NPC', A: 'NPC' },
  '3.0': { AV: 'NALP', AC: 'LH', PR: 'NLH', UI: 'NR', S: 'UC', C: 'HLN', I: 'HLN', A: 'HLN' },
  '3.1': { AV: 'NALP', AC: 'LH', PR: 'NLH', UI: 'NR', S: 'UC', C: 'HLN', I: 'HLN', A: 'HLN' },
  '4.0': {
    AV: 'NALP',
    AC: 'LH',
    AT: 'NP',
    PR: 'NLH',
    UI: 'NPA',
    VC: 'HLN',
    VI: 'HLN',
    VA: 'HLN',
    SC: 'HLN',
    SI: 'HLN',
    SA: 'HLN',
  },
};

function vectorOf(version: CvssVersion, metrics: string): string {
  return version === '2.0' ? metrics : `CVSS:${version}/${metrics}`;
}

/** All metrics of a version, one after the other in each of their values: `AV:L/AC:H/…`. */
function allMetrics(version: CvssVersion): readonly string[] {
  return Object.entries(metricsOf[version]).reduce<readonly string[]>(
    (starts, [name, values]) =>
      starts.flatMap((start) => values.split('').map((value) => `${start}${start && '/'}${name}:${value}`)),
    [''],
  );
}

describe.each(scoredVectors)('CVSS %s', (version, list) => {
  const rows = list
    .trim()
    .split('\n')
    .map((line): readonly [number, string] => {
      const [score = '', metrics = ''] = line.trim().split(' ');
      return [Number(score), metrics];
    });

  test.each(rows)('%f for %s', (score, metrics) => {
    expect(cvssScore(vectorOf(version, metrics))).toStrictEqual({ version, score });
  });

  test('every value of a metric is there with every value of each other', () => {
    const seen = new Set(rows.flatMap(([, metrics]) => pairs(metrics.split('/'))));
    const metrics = Object.entries(metricsOf[version]);
    const wanted = metrics.flatMap(([left, leftValues], index) =>
      metrics
        .slice(index + 1)
        .flatMap(([right, rightValues]) =>
          leftValues
            .split('')
            .flatMap((one) => rightValues.split('').map((other) => `${left}:${one} ${right}:${other}`)),
        ),
    );
    expect(wanted.filter((pair) => !seen.has(pair))).toStrictEqual([]);
    expect(rows.length).toBeGreaterThan(60);
  });

  const metrics = constantFrom(...rows.map(([, each]) => each.split('/')));

  test('the order of metrics means nothing', () => {
    const shuffled = metrics.chain((each) =>
      shuffledSubarray(each, { minLength: each.length }).map((other) => [each.join('/'), other.join('/')] as const),
    );
    assert(
      property(shuffled, ([sorted, other]) => {
        expect(cvssScore(vectorOf(version, other))).toStrictEqual(cvssScore(vectorOf(version, sorted)));
      }),
    );
  });

  test('without one metric, with one twice, with one that is not known or has no such value it is none', () => {
    assert(
      property(metrics, nat(), (each, place) => {
        const index = place % each.length;
        const [name = ''] = (each[index] ?? '').split(':');
        const wrongs = [
          each.toSpliced(index, 1),
          each.toSpliced(index, 0, each[index] ?? ''),
          [...each, `${name}:${each[index]?.at(-1) ?? ''}`],
          each.with(index, `${name}:Z`),
          each.with(index, `${name}:`),
          each.with(index, name),
          each.with(index, `${name.toLowerCase()}:N`),
          each.with(index, ''),
          [...each, 'ZZ:N'],
          [...each, ''],
          [...each, 'constructor:name'],
          [...each, ':'],
        ];
        const texts = wrongs.map((wrong) => vectorOf(version, wrong.join('/')));
        expect(texts.filter((text) => cvssScore(text))).toStrictEqual([]);
      }),
    );
  });
});

function pairs(metrics: readonly string[]): readonly string[] {
  return metrics.flatMap((left, index) => metrics.slice(index + 1).map((right) => `${left} ${right}`));
}

describe('metrics besides those of the base', () => {
  test.each([
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 'E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H', 7.8],
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 'E:POC/RL:TF/RC:UR/CDP:LM/TD:ND/CR:ND/IR:L/AR:ND', 7.8],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'E:U/RL:O/RC:U', 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'CR:L/IR:L/AR:L/MAV:P/MAC:H/MPR:H/MUI:R/MS:C/MC:N/MI:N/MA:N', 9.8],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'E:U', 9.3],
    [
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
      'E:P/CR:L/IR:L/AR:L/MAV:P/MAC:H/MAT:P/MPR:H/MUI:A/MVC:N/MVI:N/MVA:N/MSC:N/MSI:S/MSA:S/S:P/AU:Y/R:I/V:C/RE:H/U:Amber',
      9.3,
    ],
  ])('%s/%s', (base, others, score) => {
    expect(cvssScore(base)?.score).toBe(score);
    expect(cvssScore(`${base}/${others}`)?.score).toBe(score);
    const wrongs = others.split('/').flatMap((other) => {
      const name = other.slice(0, other.indexOf(':'));
      return [`${base}/${name}:Q`, `${base}/${other}/${other}`];
    });
    expect(wrongs.filter((wrong) => cvssScore(wrong))).toStrictEqual([]);
  });

  test('metrics of one version are none of another', () => {
    expect(cvssScore('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/AT:N')).toBeUndefined();
    expect(cvssScore('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/RL:OF')).toBeUndefined();
    expect(cvssScore('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N')).toBeUndefined();
    expect(cvssScore('AV:N/AC:L/Au:N/C:P/I:P/A:P/RL:O')).toBeUndefined();
  });
});

describe('what stands before the metrics', () => {
  const metrics = 'AV:N/AC:L/Au:N/C:P/I:P/A:P';

  test('version 2 may stand in parentheses', () => {
    expect(cvssScore(`(${metrics})`)).toStrictEqual({ version: '2.0', score: 7.5 });
  });

  test.each([
    '',
    '()',
    '(',
    `(${metrics}`,
    `${metrics})`,
    `((${metrics}))`,
    ` ${metrics}`,
    `/${metrics}`,
    `${metrics}/`,
    '(CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H)',
    'CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'CVSS:3/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n',
    // A value that is not there, as a real record has it.
    'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:U/A:U',
    'CVSS:3.1',
    'CVSS:4.0/',
    '7.5',
  ])('nothing else may: %j', (text) => {
    expect(cvssScore(text)).toBeUndefined();
  });
});

describe('any text', () => {
  test('has a score from 0 to 10 in tenths, or none', () => {
    const starts = constantFrom('', 'CVSS:3.0/', 'CVSS:3.1/', 'CVSS:4.0/', '(');
    const units = constantFrom('AV:N', 'AC:L', 'A', 'V', ':', '/', 'N', '__proto__', 'toString:name', '\0', '😀');
    assert(
      property(starts, string({ unit: units, maxLength: 200 }), (start, text) => {
        const { score = 0 } = cvssScore(`${start}${text}`) ?? {};
        expect(score).toBe(Math.round(score * 10) / 10);
        expect(score >= 0 && score <= 10).toBe(true);
      }),
    );
  });

  test('that is longer than any vector is none', () => {
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
    expect(cvssScore(`${vector}${'/E:X'.repeat(500)}`)).toBeUndefined();
    expect(cvssScore(`CVSS:4.0/${'/'.repeat(1e6)}`)).toBeUndefined();
  });
});

describe('all there are, in whole numbers', () => {
  /** Scores are found without floating point here: a tenth more or less would show. */
  type Values = Readonly<Record<string, bigint>>;

  function valueOf(metrics: string, name: string, values: Values): bigint {
    const value = metrics.split('/').find((metric) => metric.startsWith(`${name}:`)) ?? '';
    return values[value.slice(name.length + 1)] ?? 0n;
  }

  function product(metrics: string, tables: Readonly<Record<string, Values>>): bigint {
    return Object.entries(tables).reduce((sum, [name, values]) => sum * valueOf(metrics, name, values), 1n);
  }

  test('of version 2', () => {
    const kept: Values = { N: 1000n, P: 725n, C: 340n };
    const ways: Readonly<Record<string, Values>> = {
      AV: { L: 395n, A: 646n, N: 1000n },
      AC: { H: 350n, M: 610n, L: 710n },
      Au: { M: 450n, S: 560n, N: 704n },
    };
    const wrongs = allMetrics('2.0').filter((metrics) => {
      const impact = 1041n * (10n ** 9n - product(metrics, { C: kept, I: kept, A: kept }));
      const sum = 6n * impact + 4n * 20n * 100n * product(metrics, ways) - 15n * 10n ** 11n;
      const half = 5n * 10n ** 13n;
      const tenths = impact === 0n ? 0n : (sum * 1176n + half) / (2n * half);
      return cvssScore(metrics)?.score !== Number(tenths) / 10;
    });
    expect(wrongs).toStrictEqual([]);
  });

  test.each(['3.0', '3.1'] as const)('of version %s', (version) => {
    const kept: Values = { N: 100n, L: 78n, H: 44n };
    const ways: Readonly<Record<string, Values>> = {
      AV: { N: 85n, A: 62n, L: 55n, P: 20n },
      AC: { L: 77n, H: 44n },
      UI: { N: 85n, R: 62n },
    };
    const one = 10n ** 100n;
    const wrongs = allMetrics(version).filter((metrics) => {
      const isChanged = metrics.includes('/S:C/');
      const privileges = isChanged ? { N: 85n, L: 68n, H: 50n } : { N: 85n, L: 62n, H: 27n };
      const share = 10n ** 6n - product(metrics, { C: kept, I: kept, A: kept });
      const impact = isChanged
        ? (752n * (share - 29_000n) * one) / 10n ** 8n - (325n * (share - 20_000n) ** 15n * one) / 10n ** 92n
        : (642n * share * one) / 10n ** 8n;
      const sum = impact + (822n * product(metrics, { ...ways, PR: privileges }) * one) / 10n ** 10n;
      const tenths = (isChanged ? (sum * 108n) / 100n : sum) * 10n;
      const whole = impact <= 0n ? 0n : (tenths + one - 1n) / one;
      const score = Math.min(Number(whole), 100) / 10;
      return cvssScore(vectorOf(version, metrics))?.score !== score;
    });
    expect(wrongs).toStrictEqual([]);
  });

  test('of version 4: as many of each level, and the same sum, as another calculator finds', () => {
    const tenths = allMetrics('4.0').map((metrics) =>
      Math.round((cvssScore(`CVSS:4.0/${metrics}`)?.score ?? NaN) * 10),
    );
    const bounds = [0, 1, 40, 70, 90, 101];
    const counts = bounds
      .slice(1)
      .map((bound, index) => tenths.filter((each) => each >= (bounds[index] ?? 0) && each < bound).length);
    expect(counts).toStrictEqual([144, 15_438, 57_559, 29_278, 2557]);
    expect(tenths.reduce((sum, each) => sum + each, 0)).toBe(5_964_883);
  });
});

/** Beside a checkout, where somebody put it: never a part of the project. */
const realFile = join(import.meta.dirname, '../../../../shared/data/osv/cve-meta.jsonl.gz');

test.skipIf(!existsSync(realFile))('every vector of shared/data/osv/cve-meta.jsonl.gz can be scored', () => {
  const text = gunzipSync(readFileSync(realFile)).toString('utf8');
  const vectors = new Set([...text.matchAll(/"(CVSS:[^" ]{1,300})"/g)].map(([, vector]) => vector ?? ''));
  expect(vectors.size).toBeGreaterThan(2000);
  expect([...vectors].filter((vector) => !cvssScore(vector))).toStrictEqual([]);
});
