import { expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { sampleReport } from '../../test/sample-report.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { readSavedReport } from './saved-report.ts';

test('a report that was saved is read', () => {
  using folder = temporaryFolder();
  const report = sampleReport();
  const saved = readSavedReport(folder.write('report.json', JSON.stringify(report)));
  expect(saved.findings).toHaveLength(report.findings.length);
});

const { findings } = sampleReport();
const one = { schema: 'plimsoll.report/1', started: '2026-01-01T00:00:00Z', findings: findings.slice(0, 1) };

test.each([
  ['not JSON', '{', /is not JSON/],
  ['something else', '{"schema":"other"}', /"schema" is not "plimsoll\.report\/1"/],
  ['a list', '[]', /"schema"/],
  ['no time', JSON.stringify({ ...one, started: 1 }), /started/],
  ['no findings', JSON.stringify({ ...one, findings: {} }), /findings/],
  ['a finding that is a text', JSON.stringify({ ...one, findings: ['a'] }), /findings\[0\]/],
  ['no control', JSON.stringify({ ...one, findings: [{ ...findings[0], control: 1 }] }), /findings\[0\]\.control/],
  ['another status', JSON.stringify({ ...one, findings: [{ ...findings[0], status: 'ok' }] }), /findings\[0\]\.status/],
  ['another severity', JSON.stringify({ ...one, findings: [{ ...findings[0], severity: 9 }] }), /\.severity/],
  ['a place that is none', JSON.stringify({ ...one, findings: [{ ...findings[0], location: 'a' }] }), /\.location/],
])('%s is an error that names the file and the field', async (_, text, expected) => {
  using folder = temporaryFolder();
  const file = folder.write('old.json', text);
  const error = await failureOf(() => readSavedReport(file));
  expect(error.text.en).toContain(`--diff ${file}: `);
  expect(error.text.en).toMatch(expected);
  expect(error.advice?.en).toContain('--format json');
});

test('a file that is not there is an error', async () => {
  expect((await failureOf(() => readSavedReport('/none.json'))).text.en).toContain('ENOENT');
});
