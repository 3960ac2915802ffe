import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { sampleFilesReport } from '../../test/sample-files-report.ts';
import { hostileTexts, reportOf, sampleReport } from '../../test/sample-report.ts';
import type { Report } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import { languages } from '../model/text.ts';
import { renderSarif } from './sarif.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync('test/schemas/sarif-2.1.0.json', 'utf8')));

/** The parts that these tests look at. */
interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
  readonly language: string;
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  }[];
  readonly results: readonly Result[];
}
interface Rule {
  readonly id: string;
  readonly name: string;
  readonly helpUri?: string;
  readonly fullDescription: { readonly text: string };
  readonly properties: Readonly<Record<string, unknown>>;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region?: { readonly startLine: number };
      };
      readonly logicalLocations: readonly [{ readonly fullyQualifiedName: string }];
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly { readonly status: string; readonly justification: string }[];
  readonly properties: { readonly remedy?: { readonly commands: readonly string[] } };
}

function run(report: Report): Run {
  const document = JSON.parse(renderSarif(report)) as { readonly runs: readonly [Run] };
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  return document.runs[0];
}

function resultOf(report: Report, control: string, subject: string): Result {
  const found = run(report).results.find(
    (each) => each.ruleId === control && each.locations[0].logicalLocations[0].fullyQualifiedName === subject,
  );
  if (!found) throw new Error(`no result of ${control} in ${subject}`);
  return found;
}

function fingerprints(report: Report): readonly (string | undefined)[] {
  return run(report).results.map((each) => each.partialFingerprints['controlAndSubject/v1']);
}

test.each(languages)('the sample is valid in %s', (language) => {
  const { tool, automationDetails, language: named } = run(sampleReport({ language }));
  expect(tool.driver.name).toBe('plimsoll');
  expect(automationDetails.id).toBe('plimsoll/audit/');
  expect(named.slice(0, 2)).toBe(language);
});

test('an empty report is valid', () => {
  expect(run(sampleReport({ subjects: [], findings: [], coverage: [], waivers: [] })).results).toEqual([]);
});

test.each(hostileTexts)('it stays valid with %j everywhere', (text) => {
  const { results } = run(reportOf(text));
  expect(results).toHaveLength(13);
  expect(renderSarif(reportOf(text))).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
});

test('failures, accepted failures and open questions are results; passes are not', () => {
  const { results } = run(sampleReport());
  const kinds = Map.groupBy(results, (each) => `${each.kind} ${each.level}`);
  expect(Object.fromEntries([...kinds].map(([kind, list]) => [kind, list.length]))).toEqual({
    'fail error': 5,
    'fail warning': 3,
    'fail note': 2,
    'open none': 3,
  });
});

test('only a waiver that holds suppresses its result, and every result says whether it is suppressed', () => {
  const report = sampleReport();
  expect(run(report).results.every((each) => Array.isArray(each.suppressions))).toBe(true);
  const waived = resultOf(report, 'container-docker-socket', 'container/web');
  expect(waived.kind).toBe('fail');
  expect(waived.suppressions).toEqual([
    {
      kind: 'external',
      status: 'accepted',
      justification: '{"ticket": "OPS-412"} (platform@example.com, 2027-01-31)',
    },
  ]);
  expect(resultOf(report, 'container-memory-limit', 'container/db').suppressions).toEqual([]);
});

test('there is one rule a control, with the worst severity found, and results point at it', () => {
  const { tool, results } = run(sampleReport());
  const { rules } = tool.driver;
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  for (const result of results) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
  const rule = rules.find((each) => each.id === 'container-not-privileged');
  expect(rule).toMatchObject({ name: 'ContainerNotPrivileged', properties: { 'security-severity': '9.5' } });
  expect(rule?.fullDescription.text).toBe('The container does not run privileged');
  expect(rule?.helpUri).toMatch(/^https:\/\/docs\.docker\.com\//);
});

test.each(severities)('the severity %s is said in each consumer’s own scale', (severity) => {
  const [finding] = sampleReport().findings;
  if (!finding) throw new Error('the sample is empty');
  const { tool, results } = run(sampleReport({ findings: [{ ...finding, status: 'fail', severity }] }));
  expect([
    results[0]?.level,
    tool.driver.rules[0]?.properties['problem.severity'],
    tool.driver.rules[0]?.properties['security-severity'],
  ]).toEqual(
    {
      critical: ['error', 'error', '9.5'],
      high: ['error', 'error', '8.0'],
      medium: ['warning', 'warning', '5.5'],
      low: ['note', 'recommendation', '3.0'],
      info: ['note', 'recommendation', '0.0'],
    }[severity],
  );
});

test('a place in a file is a physical location, absolute or relative, with awkward names encoded', () => {
  const report = sampleReport();
  const [absolute] = resultOf(report, 'container-not-privileged', 'container/web').locations;
  expect(absolute.physicalLocation).toEqual({
    artifactLocation: { uri: 'file:///srv/shop/compose.yaml' },
    region: { startLine: 14, startColumn: 5 },
  });
  const relative = run(report).results.find((each) => each.locations[0].physicalLocation.region?.startLine === 7);
  expect(relative?.locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b/%3Dx%7C%60.yaml');
});

test('a subject without a file is its own artifact, for GitHub refuses results without one', () => {
  const [location] = resultOf(sampleReport(), 'container-pids-limit', 'container/web').locations;
  expect(location.physicalLocation).toEqual({ artifactLocation: { uri: 'container/web' } });
});

test('a subject’s id cannot become another host’s address or a scheme', () => {
  const report = sampleReport();
  const findings = report.findings.map((finding) => ({
    ...finding,
    location: null,
    subject: '//evil.example/javascript:x',
  }));
  const { results } = run({ ...report, findings });
  expect(results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe('evil.example/javascript%3Ax');
});

test('fingerprints follow control and subject, not the words or the severity', () => {
  const before = fingerprints(sampleReport());
  expect(new Set(before).size).toBe(before.length);
  expect(fingerprints(sampleReport({ language: 'zh' }))).toEqual(before);
});

test('the remedy’s summary is in the message, its commands are kept exactly in the properties', () => {
  const result = resultOf(sampleReport(), 'daemon-icc-disabled', 'engine/prod-docker-07');
  expect(result.message.text).toContain('Fix: Switch communication between containers off.');
  expect(result.properties.remedy?.commands).toEqual(['{ "icc": false }', 'systemctl restart docker']);
});

test('an open question says what would answer it', () => {
  const result = resultOf(sampleReport({ language: 'zh' }), 'daemon-userns-remap', 'engine/prod-docker-07');
  expect(result.message.text).toBe('权限不足\n如何查明：以 root 运行');
});

test('data in a message makes neither a placeholder nor a link', () => {
  for (const { message } of run(reportOf('{0} [text](https://evil.example)')).results) {
    expect(message.text).toContain('{{0}}');
    expect(message.text).not.toMatch(/\]\(/);
  }
});

test('what could not be read is a notification of a run that went well', () => {
  const [invocation] = run(sampleReport()).invocations;
  expect(invocation?.executionSuccessful).toBe(true);
  expect(invocation?.toolExecutionNotifications.map((each) => each.message.text)).toEqual([
    'Could not be read: /etc/audit/audit.rules\npermission denied\nrun as root',
    'Could not be read: /proc/733/cmdline\npermission denied\nrun as root',
  ]);
});

test('a report of files is one of its own, and each place is a result of its own', () => {
  const report = sampleFilesReport();
  const { automationDetails, results } = run(report);
  expect(automationDetails.id).toBe('plimsoll/check/');
  const places = results
    .filter(({ ruleId }) => ruleId === 'dockerfile-no-apt')
    .map(({ locations: [{ physicalLocation }] }) => physicalLocation);
  expect(places).toEqual(
    [
      [12, 22],
      [3, 5],
      [12, 5],
    ].map(([startLine, startColumn]) => ({
      artifactLocation: { uri: 'web/Dockerfile' },
      region: { startLine, startColumn },
    })),
  );
  const all = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  expect(new Set(all).size).toBe(all.length);
});

test('what has no line in a file is a result of the file', () => {
  const [{ physicalLocation }] = resultOf(
    sampleFilesReport(),
    'container-healthcheck',
    'container/scripts/deploy.sh:4',
  ).locations;
  expect(physicalLocation).toEqual({ artifactLocation: { uri: 'scripts/deploy.sh' } });
});

test('what a comment accepts is suppressed in the source', () => {
  const report = sampleFilesReport();
  expect(resultOf(report, 'dockerfile-pinned-versions', 'dockerfile/web/Dockerfile').suppressions).toEqual([
    {
      kind: 'inSource',
      status: 'accepted',
      justification: 'the base image pins its mirror (a comment beside it)',
    },
  ]);
  expect(
    resultOf(report, 'container-pids-limit', 'container/deploy/web.yaml:Deployment/web/app').suppressions,
  ).toMatchObject([{ kind: 'external' }]);
});
