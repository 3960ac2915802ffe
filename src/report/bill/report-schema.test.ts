import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { array, assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { anyPackage } from '../../../test/any-package.ts';
import { vulnerabilityWaiver } from '../../../test/sample-report.ts';
import { sampleContents, scanReport } from '../../../test/scan-report.ts';
import { renderJson } from '../json.ts';

const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const schema = join(import.meta.dirname, '../../../docs/report.schema.json');
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);

function objections(report: unknown): unknown {
  validate(report);
  return validate.errors ?? [];
}

test('what is inside is what the schema of reports promises', () => {
  assert(
    property(array(anyPackage, { maxLength: 3 }), (packages) => {
      expect(objections(JSON.parse(renderJson(scanReport({ packages }))))).toEqual([]);
    }),
  );
  expect(objections(JSON.parse(renderJson(scanReport())))).toEqual([]);
  expect(objections(JSON.parse(renderJson(scanReport({ distribution: null }))))).toEqual([]);
});

test('waivers and what they are about too', () => {
  const waiver = {
    vulnerability: 'CVE-*',
    package: 'pkg:npm/*',
    image: 'shop/*',
    reason: 'never run',
    owner: 'shop',
    until: '2027-01-31',
    status: 'not-affected',
    justification: 'component-not-present',
  } as const;
  const { owner: _, ...ignored } = waiver;
  const { vulnerabilities } = sampleContents();
  const [first] = vulnerabilities?.found ?? [];
  if (!vulnerabilities || !first) throw new Error('the sample has one');
  const found = [
    { ...first, waiver },
    { ...first, waiver: ignored },
    { ...first, expiredWaiver: waiver },
  ];
  const report = {
    ...scanReport({ vulnerabilities: { ...vulnerabilities, found, exploitedRead: '2026-07-01T08:00:00.000Z' } }),
    vulnerabilityWaivers: [vulnerabilityWaiver(), vulnerabilityWaiver({ owner: null, package: 'pkg:npm/*' })],
  };
  const findings = report.findings.map((each) => ({ ...each, repairable: false }));
  expect(objections(JSON.parse(renderJson({ ...report, findings })))).toEqual([]);
  expect(objections({ ...report, vulnerabilityWaivers: [{ ...vulnerabilityWaiver(), state: 'new' }] })).not.toEqual([]);
});

test.each(['packages', 'layers', 'secrets', 'files', 'target', 'wastedBytes'])(
  'it would object to one without %s',
  (key) => {
    expect(objections(JSON.parse(renderJson(scanReport({ [key]: undefined }))))).not.toEqual([]);
  },
);
