import { describe, expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { parseConfiguration } from './parse.ts';

const parse = (text: string) => parseConfiguration('plimsoll.yaml', text);

const waiver = `  - control: container-pids-limit
    subject: container/batch-*
    reason: batch work forks
    owner: shop
    until: 2027-01-31
`;

const answer = `  - control: operations-incident-response
    holds: true
    note: wiki.example/incidents
    owner: harbour
    date: 2026-07-01
`;

describe('what it may say', () => {
  test('everything', () => {
    const text = `# the rules of the house
baseline: strict
language: zh
failOn: high
skip: [daemon-rootless, '5.29']
exclude: ['vendor/', '*.generated.yaml']
kubernetesVersion: 1.30
parameters:
  container-pids-limit:
    suggested: 500
  container-env-labelled: { ownerLabels: [team, squad] }
waivers:
${waiver}answers:
${answer}`;
    expect(parse(text)).toEqual({
      baseline: 'strict',
      language: 'zh',
      failOn: 'high',
      skip: ['daemon-rootless', '5.29'],
      exclude: ['vendor/', '*.generated.yaml'],
      kubernetesVersion: { major: 1, minor: 30 },
      parameters: {
        'container-pids-limit': { suggested: 500 },
        'container-env-labelled': { ownerLabels: ['team', 'squad'] },
      },
      waivers: [
        {
          control: 'container-pids-limit',
          subject: 'container/batch-*',
          reason: 'batch work forks',
          owner: 'shop',
          until: '2027-01-31',
        },
      ],
      answers: [
        {
          control: 'operations-incident-response',
          holds: true,
          note: 'wiki.example/incidents',
          owner: 'harbour',
          date: '2026-07-01',
        },
      ],
    });
  });

  test.each(['', '\n', '# nothing yet\n', '---\n', 'waivers:\nskip: ~\n', '\uFEFF'])('%j says nothing', (text) => {
    expect(parse(text)).toEqual({});
  });

  test('numbers stay as they are written: 5.20 is not 5.2', () => {
    expect(parse('skip: [5.20]')).toEqual({ skip: ['5.20'] });
  });

  test('texts over several lines are one', () => {
    const text = waiver.replace('batch work forks', '>-\n      batch work\n      forks');
    expect(parse(`waivers:\n${text}`).waivers?.[0]?.reason).toBe('batch work forks');
  });

  test('an alias of another tool names a control', () => {
    expect(parse('skip: [cis-docker:5.29]').skip).toEqual(['cis-docker:5.29']);
  });

  test('the last day of a leap year’s February is a day', () => {
    expect(parse(`waivers:\n${waiver.replace('2027-01-31', '2028-02-29')}`).waivers?.[0]?.until).toBe('2028-02-29');
  });
});

test.each([
  ['not YAML', 'baseline: [strict', '1:18', /expected|Flow/i],
  ['not YAML further down', 'baseline: strict\nskip:\n\t- a\n', '3:1', /tab/i],
  ['the same key twice', 'baseline: strict\nbaseline: default\n', '2:1', /is there twice/],
  ['two documents', 'baseline: strict\n---\nbaseline: default\n', '3:1', /one document/],
  ['a list', '- baseline\n', '1:1', /expected a mapping/],
  ['a text', 'strict\n', '1:1', /expected a mapping/],
  ['an unknown key', 'baseline: strict\nwaiver: []\n', '2:1', /"waiver" is not known here; did you mean "waivers"\?/],
  [
    'an unknown key like none',
    'colour: red\n',
    '1:1',
    /"colour" is not known here \(known: baseline, .*waivers, answers\)/,
  ],
  ['an unknown baseline', 'baseline: strikt\n', '1:11', /there is no baseline "strikt"/],
  ['an unknown language', 'language: de\n', '1:11', /expected one of en, zh/],
  ['an unknown severity', 'failOn: hihg\n', '1:9', /expected one of critical, high, .*; did you mean "high"\?/],
  ['a list as a word', 'failOn: [high]\n', '1:9', /expected a text/],
  ['a word as a list', 'skip: container-pids-limit\n', '1:7', /expected a list/],
  ['an empty text', 'skip: ["  "]\n', '1:8', /expected a text that is not empty/],
  ['an unknown control', 'skip:\n  - container-pid-limit\n', '2:5', /no control is called "container-pid-limit"/],
  ['a boolean as a text', 'skip: [true]\n', '1:8', /expected a text/],
  ['nothing in a list', 'skip:\n  -\n  - container-pids-limit\n', '2:4', /expected a text/],
  ['an alias', 'skip: [&a container-pids-limit, *a]\n', '1:33', /expected a text/],
  ['a merge', 'base: &b {}\n<<: *b\n', '1:1', /"base" is not known/],
  ['waivers that are no list', 'waivers: {}\n', '1:10', /expected a list/],
  ['a waiver that is a text', 'waivers: [container-pids-limit]\n', '1:11', /expected a mapping/],
  ['parameters that are a list', 'parameters: []\n', '1:13', /expected a mapping/],
  ['parameters of an unknown control', 'parameters: { container-pid: {} }\n', '1:15', /no control is called/],
  ['parameters of an alias', 'parameters: { 5.29: {} }\n', '1:15', /expected a control's full id/],
  ['a version that is none', 'kubernetesVersion: newest\n', '1:20', /a version such as 1\.31/],
  ['parameters of nothing', 'parameters:\n  container-pids-limit:\n', '2:', /expected a mapping/],
  [
    'an unknown parameter',
    'parameters:\n  container-pids-limit:\n    sugested: 5\n',
    '3:5',
    /"sugested" is not known here; did you mean "suggested"\?/,
  ],
  [
    'a parameter that every object has',
    'parameters:\n  container-pids-limit:\n    constructor: {}\n',
    '3:5',
    /"constructor" is not known here/,
  ],
  [
    'a parameter of another type',
    'parameters:\n  container-pids-limit:\n    suggested: many\n',
    '3:16',
    /expected a number/,
  ],
  ['a parameter without a value', 'parameters:\n  container-pids-limit:\n    suggested:\n', '3:', /expected a number/],
  ['a parameter that is no number', 'parameters: { container-pids-limit: { suggested: .nan } }\n', '1:50', /a number/],
  [
    'a flag that is a text',
    'parameters:\n  container-cpuset:\n    required: "yes"\n',
    '3:15',
    /expected true or false/,
  ],
  [
    'a list with something else in it',
    'parameters:\n  container-env-labelled:\n    ownerLabels: [team, {a: b}]\n',
    '3:25',
    /expected a text/,
  ],
])('%s is an error with its place', async (_, text, place, expectation) => {
  const error = await failureOf(() => parse(text));
  expect(error.text.en).toMatch(new RegExp(`^plimsoll\\.yaml:${place}`));
  expect(error.text.zh).toMatch(new RegExp(`^plimsoll\\.yaml:${place}`));
  expect(error.text.en).toMatch(expectation);
  expect(error.text.en).not.toContain('\n');
});

describe('a waiver', () => {
  test.each(['control', 'subject', 'reason', 'owner', 'until'])('needs its %s', async (key) => {
    const lines = waiver.replace('  - ', '    ').split('\n');
    const without = lines.filter((line) => !line.trim().startsWith(`${key}:`)).join('\n');
    const error = await failureOf(() => parse(`waivers:\n  -\n${without}`));
    const expected = key === 'control' ? '"control" or "vulnerability"' : `"${key}"`;
    expect(error.text.en).toBe(`plimsoll.yaml:3:5: expected ${expected} in the waiver`);
    const empty = await failureOf(() => parse(`waivers:\n${waiver.replace(new RegExp(`${key}: .*`), `${key}:`)}`));
    expect(empty.text.en).toContain(`expected "${key}"`);
  });

  test.each([
    '2027-02-30',
    '2027-13-01',
    '27-01-31',
    '31.01.2027',
    '2027-1-31',
    'tomorrow',
    '2027',
    '2027-01-31T00:00:00Z',
    '+002027-01-31',
  ])('does not end on %s', async (until) => {
    const error = await failureOf(() => parse(`waivers:\n${waiver.replace('2027-01-31', until)}`));
    expect(error.text.en).toBe('plimsoll.yaml:6:12: expected a date such as 2027-01-31');
  });

  test('is of a control that there is', async () => {
    const error = await failureOf(() => parse(`waivers:\n${waiver.replace('pids-limit', 'pid-limit')}`));
    expect(error.text.en).toContain('plimsoll.yaml:2:14: no control is called "container-pid-limit"');
    expect(error.advice?.en).toContain('Did you mean container-pids-limit?');
  });

  test('has no other keys', async () => {
    const error = await failureOf(() => parse(`waivers:\n${waiver}    until_: 2027-01-31\n`));
    expect(error.text.en).toContain('did you mean "until"?');
  });
});

describe('a waiver of a vulnerability', () => {
  const short = `  - vulnerability: CVE-2024-1234
    reason: never run
    owner: shop
    until: 2027-01-31
`;

  test('stands in the same list, in any order', () => {
    const whole = `${short}    package: pkg:deb/debian/openssl*
    image: registry.example/shop/*
    status: not-affected
    justification: vulnerable-code-not-in-execute-path
`;
    expect(parse(`waivers:\n${short}${waiver}${whole}`)).toEqual({
      waivers: [expect.objectContaining({ control: 'container-pids-limit' })],
      vulnerabilityWaivers: [
        { vulnerability: 'CVE-2024-1234', reason: 'never run', owner: 'shop', until: '2027-01-31', status: 'affected' },
        {
          vulnerability: 'CVE-2024-1234',
          package: 'pkg:deb/debian/openssl*',
          image: 'registry.example/shop/*',
          reason: 'never run',
          owner: 'shop',
          until: '2027-01-31',
          status: 'not-affected',
          justification: 'vulnerable-code-not-in-execute-path',
        },
      ],
    });
  });

  test.each([
    ['no reason', short.replace('    reason: never run\n', ''), '2:5', 'expected "reason" in the waiver'],
    ['no owner', short.replace('    owner: shop\n', ''), '2:5', 'expected "owner" in the waiver'],
    ['no end', short.replace('    until: 2027-01-31\n', ''), '2:5', 'expected "until" in the waiver'],
    ['no name', short.replace('CVE-2024-1234', ''), '2:5', 'expected "vulnerability" in the waiver'],
    ['no such day', short.replace('01-31', '02-30'), '5:12', 'expected a date such as 2027-01-31'],
    [
      'a control too',
      `${short}    control: container-pids-limit\n`,
      '6:5',
      'a waiver is of a "control" or of a "vulnerability", not of both',
    ],
    [
      'a control first',
      `${waiver}    vulnerability: CVE-1\n`,
      '7:5',
      'a waiver is of a "control" or of a "vulnerability", not of both',
    ],
    ['a misspelt key', short.replace('vulnerability', 'vulnerabilty'), '2:5', 'did you mean "vulnerability"?'],
    ['a subject', `${short}    subject: image/*\n`, '6:5', '"subject" is not known here'],
    ['a package that is a name', `${short}    package: openssl\n`, '6:14', 'expected a purl such as pkg:deb/'],
    ['another status', `${short}    status: fixed\n`, '6:13', 'expected one of affected, under-investigation, not-aff'],
    [
      'another justification',
      `${short}    status: not-affected\n    justification: because\n`,
      '7:20',
      'expected one of component-not-present',
    ],
    [
      'a justification of what is affected',
      `${short}    justification: component-not-present\n`,
      '6:20',
      'it needs status: not-affected',
    ],
    ['a control with a package', `${waiver}    package: pkg:npm/a\n`, '7:5', '"package" is not known here'],
  ])('with %s is an error with its place', async (_, text, place, expectation) => {
    const error = await failureOf(() => parse(`waivers:\n${text}`));
    expect(error.text.en).toContain(`plimsoll.yaml:${place}: `);
    expect(error.text.zh).toContain(`plimsoll.yaml:${place}：`);
    expect(error.text.en).toContain(expectation);
  });
});

describe('an answer', () => {
  test('may end on a day of its own, and may say that it does not hold', () => {
    const text = `answers:\n${answer.replace('true', 'false')}    until: 2026-12-31\n`;
    expect(parse(text).answers).toMatchObject([{ holds: false, until: '2026-12-31' }]);
  });

  test.each(['control', 'holds', 'note', 'owner', 'date'])('needs its %s', async (key) => {
    const without = answer.replace('  - ', '    ').replace(new RegExp(` *${key}: .*\n`), '');
    const error = await failureOf(() => parse(`answers:\n  -\n${without}`));
    expect(error.text.en).toBe(`plimsoll.yaml:3:5: expected "${key}" in the answer`);
  });

  test.each([
    ['of a control that asks nobody', ['operations-incident-response', 'container-pids-limit'], '2:14', /asks nobody/],
    ['of an unknown control', ['incident', 'incidents'], '2:14', /no control is called/],
    ['of an alias', ['operations-incident', 'ops-incident'], '2:14', /expected a control's full id/],
    ['of several controls', ['operations-incident-response', 'operations-*'], '2:14', /expected a control's full id/],
    ['that is neither true nor false', ['true', 'yes'], '3:12', /expected true or false/],
    ['of no day', ['2026-07-01', 'today'], '6:11', /expected a date/],
    ['with another key', ['owner', 'owners'], '5:5', /did you mean "owner"\?/],
  ] as const)('%s is an error with its place', async (_, [before, after], place, expectation) => {
    const error = await failureOf(() => parse(`answers:\n${answer.replace(before, after)}`));
    expect(error.text.en).toMatch(new RegExp(`^plimsoll\\.yaml:${place}: `));
    expect(error.text.en).toMatch(expectation);
    expect(error.text.zh).toMatch(new RegExp(`^plimsoll\\.yaml:${place}`));
  });

  test('stands alone for its control', async () => {
    const error = await failureOf(() => parse(`answers:\n${answer}${answer}`));
    expect(error.text.en).toBe('plimsoll.yaml:7:14: operations-incident-response is answered twice');
  });
});

describe('what is meant to harm', () => {
  test('aliases that would grow without end are not followed', async () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0 ? 'l0: &l0 [a, a]' : `l${level}: &l${level} [*l${level - 1}, *l${level - 1}]`,
    );
    const error = await failureOf(() => parse(levels.join('\n')));
    expect(error.text.en).toMatch(/^plimsoll\.yaml:1:1: aliases expand to too many nodes/);
    const inItself = 'parameters: { container-env-labelled: { ownerLabels: &a [*a] } }';
    expect((await failureOf(() => parse(inItself))).text.en).toContain('contains itself');
  });

  test('lists within lists without end are an error, not a fault', async () => {
    const error = await failureOf(() => parse(`skip: ${'['.repeat(20_000)}`));
    expect(error.code).toBe('configuration');
    expect(error.text.en).toMatch(/^plimsoll\.yaml:\d+:\d+: /);
  });
});
