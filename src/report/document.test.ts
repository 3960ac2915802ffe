import { describe, expect, test } from 'vitest';
import { container, engine, hidden, host, machine } from '../../test/subjects.ts';
import { composeProject, dockerfile, object } from '../../test/written.ts';
import { coverageOf } from '../judge/coverage.ts';
import { judgeSubjects, subjectsOf } from '../judge/judge.ts';
import { type PolicyRequest, resolvePolicy } from '../judge/policy.ts';
import type { Machine, Subject } from '../model/control.ts';
import { known } from '../model/fact.ts';
import type { Finding, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { assembleReport } from './document.ts';

const started = new Date('2026-07-01T12:00:00.250Z');
const finished = new Date('2026-07-01T12:00:01Z');

function reportOn(here: Machine, request: PolicyRequest = {}, language: Language = 'en'): Report {
  const policy = resolvePolicy(request);
  const subjects = subjectsOf(here);
  const findings = judgeSubjects(subjects, { policy, now: started, machine: here });
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
      { id: 'network/shop', kind: 'network', details: { driver: 'bridge', members: ['web'] } },
      { id: 'image/registry.example/shop/web:1.4.2', kind: 'image', details: { usedBy: ['web'] } },
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
  const findings = judgeSubjects(subjects, { policy, now: started, machine: unlimited });
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

describe('of files', () => {
  const bad = dockerfile('FROM debian:13\nRUN apt update\nRUN apt upgrade\n');
  const subjects: readonly Subject[] = [
    { kind: 'dockerfile', id: 'dockerfile/Dockerfile', value: bad, file: 'Dockerfile' },
    {
      kind: 'kubernetes-object',
      id: 'kubernetes-object/web',
      value: object('apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers: []\n'),
      file: 'manifests.yaml',
    },
    {
      kind: 'compose-project',
      id: 'compose-project/shop',
      value: composeProject('name: shop\nservices:\n  web:\n    image: web:1.2\n'),
      file: 'compose.yaml',
    },
  ];
  const policy = resolvePolicy({ only: ['dockerfile-no-apt'] });
  const report = (acceptedLine?: number) =>
    assembleReport({
      version: '1.2.3',
      language: 'en',
      policy,
      subjects,
      findings: judgeSubjects(subjects, {
        policy,
        now: started,
        acceptedBeside: ({ control, subject, verdict }) =>
          verdict.location?.line === acceptedLine
            ? { control: control.id, subject: subject.id, reason: 'a test' }
            : undefined,
      }),
      coverage: [],
      started,
      finished,
    });

  test('there is no host, and every subject says which file it is from', () => {
    expect(report().subjects).toEqual([
      {
        id: 'dockerfile/Dockerfile',
        kind: 'dockerfile',
        name: 'Dockerfile',
        source: 'Dockerfile',
        details: { base: 'debian:13' },
      },
      {
        id: 'kubernetes-object/web',
        kind: 'kubernetes-object',
        name: 'web',
        source: 'manifests.yaml',
        details: { kind: 'Pod', namespace: null },
      },
      {
        id: 'compose-project/shop',
        kind: 'compose-project',
        name: 'shop',
        source: 'compose.yaml',
        details: { files: ['compose.yaml'] },
      },
    ]);
  });

  test('each place is a finding with its line and its remedy, and the score counts the control once', () => {
    const { findings, score } = report();
    expect(findings).toMatchObject([
      {
        status: 'fail',
        location: { file: 'Dockerfile', line: 2, column: 5 },
        remedy: { kind: 'text', disruption: 'rebuild', commands: ['RUN apt-get update'] },
      },
      { status: 'fail', location: { file: 'Dockerfile', line: 3 }, remedy: { commands: ['RUN apt-get upgrade'] } },
    ]);
    expect(score).toMatchObject({ fail: 2, value: 0 });
  });

  test('what a comment accepts has neither an owner nor an end', () => {
    expect(report(2).findings[0]).toMatchObject({
      status: 'waived',
      waiver: { reason: 'a test', owner: null, until: null, expired: false },
    });
  });
});
