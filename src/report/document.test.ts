import { describe, expect, test } from 'vitest';
import { container, engine, hidden, host, machine } from '../../test/subjects.ts';
import { coverageOf } from '../judge/coverage.ts';
import { judgeSubjects, subjectsOf } from '../judge/judge.ts';
import { type PolicyRequest, resolvePolicy } from '../judge/policy.ts';
import type { Machine } from '../model/control.ts';
import { known } from '../model/fact.ts';
import type { Finding, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { assembleReport } from './document.ts';

const started = new Date('2026-07-01T12:00:00.250Z');
const finished = new Date('2026-07-01T12:00:01Z');

function reportOn(here: Machine, request: PolicyRequest = {}, language: Language = 'en'): Report {
  const policy = resolvePolicy(request);
  const subjects = subjectsOf(here);
  const findings = judgeSubjects(subjects, here, policy, started);
  const coverage = coverageOf(here, [], subjects);
  return assembleReport({
    version: '1.2.3',
    language,
    policy,
    machine: here,
    subjects,
    findings,
    coverage,
    started,
    finished,
  });
}

function findingIn(report: Report, control: string): Finding {
  const found = report.findings.find((each) => each.control === control);
  if (!found) throw new Error(`no finding of ${control}`);
  return found;
}

const stopped = { ...container({ resources: { pids: null } }), state: 'stopped' } as const;
const unlimited = machine({ containers: [stopped] });
const pids = { only: ['container-pids-limit'] };
const waiver = {
  control: 'container-pids-limit',
  subject: 'container/*',
  reason: 'forks',
  owner: 'shop',
  until: '2026-07-01',
};

test('it names the tool, the times, the baseline and every subject', () => {
  const report = reportOn(machine(), { baseline: 'strict' });
  expect(report).toMatchObject({
    schema: 'plimsoll.report/1',
    tool: { name: 'plimsoll', version: '1.2.3' },
    language: 'en',
    baseline: 'strict',
    started: '2026-07-01T12:00:00.250Z',
    finished: '2026-07-01T12:00:01.000Z',
    subjects: [
      { id: 'host', kind: 'host', details: { distribution: 'debian 13', kernel: '6.12.0' } },
      { id: 'engine/harbour', kind: 'engine', name: 'harbour', source: 'unix:///run/docker.sock' },
      { id: 'container/web', kind: 'container', name: 'web', details: { state: 'stopped' } },
    ],
  });
});

test('who owns a container is said where it has an owner', () => {
  const owned = container();
  const compose = { ...owned, owner: { kind: 'compose', project: 'shop', service: 'web' } as const };
  expect(reportOn(machine({ containers: [compose] })).subjects.at(-1)?.details).toMatchObject({
    owner: 'compose/shop/web',
  });
  expect(reportOn(machine()).subjects.at(-1)?.details).not.toHaveProperty('owner');
});

test('what is not known of host and engine is null, not left out', () => {
  const here = machine({
    host: host({ distribution: hidden, kernelRelease: hidden }),
    engine: engine({}, { version: hidden }),
  });
  const [first, second] = reportOn(here).subjects;
  expect(first?.details).toEqual({ distribution: null, kernel: null });
  expect(second?.details).toEqual({ engine: 'docker', version: null, api: null });
});

describe('a failure', () => {
  test('has its evidence, its place, its remedy and its references', () => {
    const finding = findingIn(reportOn(unlimited, pids), 'container-pids-limit');
    expect(finding).toMatchObject({
      level: 'container',
      status: 'fail',
      severity: 'medium',
      subject: 'container/web',
      title: 'The number of processes is limited',
      evidence: [{ source: 'engine-api', path: 'resources.pids', value: null }],
      location: { source: 'engine-api', path: 'resources.pids' },
      need: null,
      remedy: { kind: 'spec', disruption: 'none' },
      references: { cisDocker: ['5.29'] },
      waiver: null,
    });
    expect(finding.remedy?.commands.join('\n')).toContain('--pids-limit');
  });

  test('speaks the language that was asked for', () => {
    const finding = findingIn(reportOn(unlimited, pids, 'zh'), 'container-pids-limit');
    expect(finding.title).toBe('限制容器内的进程数量');
    expect(finding.message).toMatch(/\p{Script=Han}/u);
    expect(finding.remedy?.summary).toMatch(/\p{Script=Han}/u);
  });

  test('of the engine is placed in its configuration file where the key stands there', () => {
    const configuration = known(
      {
        file: '/etc/docker/daemon.json',
        modified: 0,
        values: { icc: true },
        positions: { icc: { line: 3, column: 5 } },
      },
      'file',
      '/etc/docker/daemon.json',
    );
    const here = machine({ engine: { ...engine({ icc: true }), configuration } });
    expect(findingIn(reportOn(here), 'daemon-icc-disabled').location).toEqual({
      source: 'file',
      path: 'icc',
      file: '/etc/docker/daemon.json',
      line: 3,
      column: 5,
    });
    const elsewhere = machine({ engine: engine({ icc: true }) });
    expect(findingIn(reportOn(elsewhere), 'daemon-icc-disabled').location).toBeNull();
  });

  test('that is waived carries the waiver, and counts apart', () => {
    const report = reportOn(unlimited, { ...pids, waivers: [waiver] });
    expect(findingIn(report, 'container-pids-limit')).toMatchObject({
      status: 'waived',
      waiver: { reason: 'forks', owner: 'shop', until: '2026-07-01', expired: false },
    });
    expect(report.waivers).toEqual([{ ...waiver, state: 'used', findings: 1 }]);
    expect(report.score).toMatchObject({ fail: 0, waived: 1, value: null });
  });

  test('whose waiver has expired says so, and counts as a failure', () => {
    const report = reportOn(unlimited, { ...pids, waivers: [{ ...waiver, until: '2026-06-30' }] });
    expect(findingIn(report, 'container-pids-limit')).toMatchObject({ status: 'fail', waiver: { expired: true } });
    expect(report.waivers).toMatchObject([{ state: 'expired', findings: 1 }]);
    expect(report.score.fail).toBe(1);
  });
});

test('a waiver is judged at one moment, whatever the time at which the report is done', () => {
  const late = new Date('2026-07-02T00:00:01Z');
  const policy = resolvePolicy({ ...pids, waivers: [waiver] });
  const subjects = subjectsOf(unlimited);
  const findings = judgeSubjects(subjects, unlimited, policy, started);
  const input = { version: '1', language: 'en', policy, machine: unlimited, subjects, findings, coverage: [] } as const;
  const report = assembleReport({ ...input, started, finished: late });
  expect(report.findings[0]?.status).toBe('waived');
  expect(report.waivers).toMatchObject([{ state: 'used' }]);
});

test('what is unknown says what would make it known, and has no remedy', () => {
  const blind = machine({ engine: engine({}, { bridge: hidden }) });
  const finding = findingIn(reportOn(blind, { only: ['daemon-icc-disabled'] }), 'daemon-icc-disabled');
  expect(finding).toMatchObject({ status: 'unknown', need: 'run as root', remedy: null, location: null });
});

test('coverage says what was read and what was not', () => {
  const { coverage } = reportOn(machine({ engine: engine({}, { units: hidden }) }));
  expect(coverage).toContainEqual({
    subject: 'engine/harbour',
    what: 'GET /info',
    status: 'read',
    reason: null,
    need: null,
  });
  expect(coverage).toContainEqual({
    subject: 'engine/harbour',
    what: hidden.path,
    status: 'unreadable',
    reason: 'permission denied',
    need: 'run as root',
  });
});
