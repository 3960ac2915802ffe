import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { hostileTexts, reportOf, sampleReport } from '../../test/sample-report.ts';
import { sampleFilesReport } from '../../test/sample-files-report.ts';
import { component, flaw, machineOf, uncovered } from '../../test/host-components.ts';
import { container, engine, hidden, host, machine, running } from '../../test/subjects.ts';
import { coverageOf } from '../judge/coverage.ts';
import { judgeSubjects, subjectsOf } from '../judge/judge.ts';
import { resolvePolicy } from '../judge/policy.ts';
import type { Machine } from '../model/control.ts';
import { noAdvisories } from '../model/host-component.ts';
import type { Report } from '../model/report.ts';
import { languages } from '../model/text.ts';
import { assembleReport } from './document.ts';
import { renderJson } from './json.ts';

const schema = join(import.meta.dirname, '../../docs/report.schema.json');
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);

/** What the published schema objects to in a report, as a program gets it. */
function objections(report: Report): unknown {
  validate(JSON.parse(renderJson(report)));
  return validate.errors ?? [];
}

function reportOn(here: Machine): Report {
  const policy = resolvePolicy({
    waivers: [{ control: 'container-*', subject: '*', reason: 'x', owner: 'y', until: '2026-12-31' }],
  });
  const subjects = subjectsOf(here);
  const started = new Date('2026-07-01T12:00:00Z');
  return assembleReport({
    version: '1.2.3',
    language: 'en',
    policy,
    machine: here,
    subjects,
    findings: judgeSubjects(subjects, { policy, now: started, machine: here }),
    coverage: coverageOf(here, [hidden], subjects),
    started,
    finished: started,
  });
}

describe('the document is what its schema promises', () => {
  test.each(languages)('with every status and severity, in %s', (language) => {
    expect(objections(sampleReport({ language }))).toEqual([]);
  });

  test.each(languages)('of files, in %s', (language) => {
    expect(objections(sampleFilesReport({ language }))).toEqual([]);
  });

  test.each<[string, Machine]>([
    ['a good machine', machine({ containers: [container(), running()] })],
    [
      'a bad one',
      machine({ engine: engine({ icc: true }), containers: [container({ privileged: true, user: null })] }),
    ],
    ['one that shows nothing', machine({ engine: engine({}, { info: hidden, version: hidden, process: hidden }) })],
    ['one without containers', machine({ containers: [] })],
    [
      'one with flaws of what runs the containers',
      machineOf([
        component('kernel', hidden, { name: '', version: '' }),
        component('engine', [flaw({ exploitedSince: '2024-01-01' })], { judgedBy: 'build' }, [uncovered('no-data')]),
        component('runtime', [], {
          builtIn: { found: [flaw({ coveredBy: 'pkg:deb/debian/runc' })], uncovered: [], asked: [] },
        }),
      ]),
    ],
    ['one without advisories', machine({ host: host({ components: noAdvisories }) })],
  ])('of %s', (_, here) => {
    expect(objections(reportOn(here))).toEqual([]);
  });

  test('the schema is one that can object', () => {
    const { score: _score, ...without } = sampleReport();
    expect(objections(without as Report)).not.toEqual([]);
    expect(objections(sampleReport({ baseline: 7 as never }))).not.toEqual([]);
  });
});

test.each(hostileTexts)('%j comes back as it was', (text) => {
  const report = reportOf(text);
  expect(JSON.parse(renderJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
});

test('it ends with a line end, and can be read by people too', () => {
  expect(renderJson(sampleReport())).toMatch(/^\{\n {2}"schema": "plimsoll\.report\/1",\n[^]*\n\}\n$/);
});
