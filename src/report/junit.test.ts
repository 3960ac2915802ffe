import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { sampleFilesReport } from '../../test/sample-files-report.ts';
import { hostileTexts, reportOf, sampleReport } from '../../test/sample-report.ts';
import type { Report } from '../model/report.ts';
import { languages } from '../model/text.ts';
import { renderJunit } from './junit.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
});

/** The parts that these tests look at. */
interface Suites extends Counts {
  readonly time: string;
  readonly testsuite: readonly Suite[];
}
interface Suite extends Counts {
  readonly name: string;
  readonly timestamp: string;
  readonly properties: { readonly property: readonly { readonly name: string; readonly value: string }[] };
  readonly testcase?: readonly Case[];
}
interface Counts {
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
}
interface Case {
  readonly classname: string;
  readonly name: string;
  readonly file?: string;
  readonly line?: string;
  readonly failure?: { readonly type: string; readonly message: string; readonly text: string };
  readonly skipped?: { readonly message: string };
}

function parse(report: Report): Suites {
  const text = renderJunit(report);
  expect(XMLValidator.validate(text)).toBe(true);
  return (parser.parse(text) as { readonly testsuites: Suites }).testsuites;
}

function caseOf(report: Report, control: string, subject: string): Case {
  const suite = parse(report).testsuite.find((each) => each.name === subject);
  const found = suite?.testcase?.find((each) => each.name.startsWith(`${control}: `));
  if (!found) throw new Error(`no case of ${control} in ${subject}`);
  return found;
}

test.each(languages)('every subject is a suite and every finding a case, in %s', (language) => {
  const report = sampleReport({ language });
  const suites = parse(report);
  expect(suites.testsuite.map((suite) => suite.name)).toEqual(report.subjects.map((subject) => subject.id));
  expect(suites.testsuite.flatMap((suite) => suite.testcase ?? [])).toHaveLength(report.findings.length);
});

test('the counts agree with the cases', () => {
  const { testsuite, ...all } = parse(sampleReport());
  expect(all).toMatchObject({ tests: '22', failures: '9', errors: '0', skipped: '5', time: '3.250' });
  for (const suite of testsuite) {
    const cases = suite.testcase ?? [];
    expect(Number(suite.tests)).toBe(cases.length);
    expect(Number(suite.failures)).toBe(cases.filter((each) => each.failure !== undefined).length);
    expect(Number(suite.skipped)).toBe(cases.filter((each) => each.skipped !== undefined).length);
    expect(suite.timestamp).toBe('2026-07-01T08:00:00');
  }
});

test('a subject without findings is an empty suite', () => {
  const { testsuite } = parse(sampleReport({ findings: [] }));
  expect(testsuite[0]).toMatchObject({ tests: '0', failures: '0' });
});

test('a failure has its severity as type and says evidence, place and remedy', () => {
  const found = caseOf(sampleReport(), 'container-not-privileged', 'container/web');
  expect(found).toMatchObject({ classname: 'container/web', file: '/srv/shop/compose.yaml', line: '14' });
  expect(found.failure).toMatchObject({ type: 'critical', message: 'It is started with --privileged.' });
  for (const part of [
    'critical: It is started with --privileged.',
    'HostConfig.Privileged: true (engine API)',
    '/srv/shop/compose.yaml:14:5 services.web.privileged',
    '(the container is re-created)',
    '\ndocker compose up -d web',
  ]) {
    expect(found.failure?.text).toContain(part);
  }
});

test('an unknown, a waived and a not applicable finding are skipped and say why', () => {
  const report = sampleReport();
  expect(caseOf(report, 'daemon-userns-remap', 'engine/prod-docker-07').skipped?.message).toBe(
    'unknown: permission denied\nTo find out: run as root',
  );
  expect(caseOf(report, 'daemon-live-restore', 'engine/prod-docker-07').skipped?.message).toBe(
    'not applicable: Live restore does not work on a Swarm node.',
  );
  const waived = caseOf(report, 'container-docker-socket', 'container/web').skipped?.message;
  expect(waived).toContain('OPS-412');
  expect(waived).toContain('platform@example.com');
  expect(waived).toContain('2027-01-31');
});

test('an expired waiver does not skip the failure', () => {
  const found = caseOf(sampleReport(), 'container-memory-limit', 'container/db');
  expect(found.skipped).toBeUndefined();
  expect(found.failure?.text).toContain('Expired waiver: 2026-06-01, dba, Load test');
});

test.each(hostileTexts)('%j changes neither the structure nor the text', (text) => {
  const xml = renderJunit(reportOf(text));
  const suites = parse(reportOf(text));
  expect(suites.testsuite.flatMap((suite) => suite.testcase ?? [])).toHaveLength(22);
  const shown = suites.testsuite[2]?.testcase?.[0]?.failure?.message;
  const illegal = ['\u0000', '\u0007', '\u001B', '\uFFFE', '\uFFFF'];
  expect(shown).toBe(illegal.reduce((before, each) => before.replaceAll(each, '\uFFFD'), text.toWellFormed()));
  expect(xml).not.toMatch(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
});

test('of files every file is a suite, and places of one control are told apart without their lines', () => {
  const suites = parse(sampleFilesReport()).testsuite;
  expect(suites.map(({ name }) => name)).toEqual([
    'web/Dockerfile',
    'compose.yaml',
    'deploy/web.yaml',
    'scripts/deploy.sh',
    'Dockerfile',
  ]);
  const names = suites.flatMap(({ testcase = [] }) => testcase.map(({ classname, name }) => `${classname} ${name}`));
  expect(names).toHaveLength(sampleFilesReport().findings.length);
  expect(new Set(names).size).toBe(names.length);
  expect(suites[0]?.testcase?.filter(({ name }) => name.startsWith('dockerfile-no-apt'))).toMatchObject([
    { name: 'dockerfile-no-apt: Scripts use apt-get, not apt', file: 'web/Dockerfile', line: '3' },
    { name: 'dockerfile-no-apt: Scripts use apt-get, not apt #2', line: '12' },
    { name: 'dockerfile-no-apt: Scripts use apt-get, not apt #3', line: '12' },
  ]);
});

test('what a comment accepts has no end', () => {
  const skipped = parse(sampleFilesReport())
    .testsuite[0]?.testcase?.map((each) => each.skipped?.message)
    .find((message) => message !== undefined);
  expect(skipped).toBe(
    'waived: curl has no version.\nReason: the base image pins its mirror\nOwner: a comment beside it',
  );
});
