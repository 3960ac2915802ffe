import { describe, expect, test } from 'vitest';
import { container, engine, hidden, image, info, machine, network } from '../../test/subjects.ts';
import { controls } from '../controls/registry.ts';
import type { ContainerSpec } from '../model/container-spec.ts';
import { type Control, defineControl, isAskedOf, type Subject } from '../model/control.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Severity } from '../model/severity.ts';
import { known } from '../model/fact.ts';
import { byHand } from '../model/remedy.ts';
import { fail, failAt, pass } from '../model/verdict.ts';
import { judgeSubjects, subjectsOf } from './judge.ts';
import { type Policy, resolvePolicy } from './policy.ts';

const now = new Date('2026-07-01T12:00:00Z');
const text = { en: 'Text.', zh: '文本。' };

function severityOf({ privileged }: ContainerSpec): Severity {
  return privileged ? 'critical' : 'low';
}

function fault(): never {
  throw new TypeError('cannot read properties of undefined');
}

/** A control that fails every container. */
function failing(change: Partial<Control<'container'>> = {}): Control {
  return defineControl<'container'>({
    id: 'container-made-up',
    subject: 'container',
    severity: 'medium',
    title: text,
    why: text,
    how: text,
    references: {},
    judge: () => fail(text, []),
    remedy: () => byHand(text),
    ...change,
  });
}

function policyWith(control: Control, change: Partial<Policy> = {}): Policy {
  return { ...resolvePolicy({}), controls: [control], ...change };
}

const web: Subject = { kind: 'container', id: 'container/web', value: container() };

function judgeWith(control: Control, change: Partial<Policy> = {}) {
  return judgeSubjects([web], { policy: policyWith(control, change), now, machine: machine() });
}

describe('subjects', () => {
  test('are the host, the engine, its networks and images, then the containers, by their names', () => {
    const subjects = subjectsOf(machine({ containers: [container(), container({ name: 'db' })] }));
    expect(subjects.map(({ kind, id }) => [kind, id])).toEqual([
      ['host', 'host'],
      ['engine', 'engine/harbour'],
      ['network', 'network/shop'],
      ['image', 'image/registry.example/shop/web:1.4.2'],
      ['container', 'container/web'],
      ['container', 'container/db'],
    ]);
  });

  test('without a name have another', () => {
    const nameless = { ...container(), name: '' };
    const bare = image({ tags: [], digests: [] });
    const subjects = subjectsOf(
      machine({ containers: [nameless], images: [bare], engine: engine({}, { info: hidden }) }),
    );
    expect(subjects.map(({ id }) => id)).toEqual([
      'host',
      'engine/local',
      'network/shop',
      'image/0a0a0a0a0a0a',
      'container/f0f0f0f0f0f0',
    ]);
    expect(subjectsOf(machine({ engine: engine({}, { info: info({ name: undefined }) }) }))[1]?.id).toBe(
      'engine/local',
    );
  });

  test('of one name are told apart', () => {
    const networks = known([network(), network({ id: '2b'.repeat(32) })], 'engine-api', 'GET /networks');
    const ids = subjectsOf(machine({ engine: engine({}, { networks }) })).map(({ id }) => id);
    expect(ids.slice(2, 4)).toEqual(['network/shop', 'network/shop#2']);
  });
});

describe('judging', () => {
  test('asks every control of the policy about every subject of its kind', () => {
    const subjects = subjectsOf(machine());
    const policy = resolvePolicy({});
    const findings = judgeSubjects(subjects, { policy, now, machine: machine() });
    const asked = policy.controls.filter((control) => subjects.some((subject) => isAskedOf(control, subject)));
    expect(findings).toHaveLength(asked.length);
    expect(new Set(findings.map(({ control }) => control.subject))).toEqual(
      new Set(asked.map(({ subject }) => subject)),
    );
    for (const { control, subject } of findings) expect(subject.kind).toBe(control.subject);
  });

  test('says of a good machine that nothing fails', () => {
    const findings = judgeSubjects(subjectsOf(machine()), { policy: resolvePolicy({}), now, machine: machine() });
    expect(findings.filter(({ status }) => status === 'fail').map(({ control }) => control.id)).toEqual([]);
  });

  test('gives each control its parameters, the time and the machine', () => {
    const seen: unknown[] = [];
    const control = failing({
      parameters: { limit: { default: 1, description: text } },
      judge: (_container, context) => {
        seen.push(context);
        return pass(text);
      },
    });
    const here = machine();
    judgeSubjects([web], { policy: policyWith(control), now, machine: here });
    judgeSubjects([web], { policy: policyWith(control), now });
    expect(seen).toEqual([
      { parameters: { limit: 1 }, now, machine: here },
      { parameters: { limit: 1 }, now },
    ]);
  });

  test('gives each control the answer to its own question, or the one that has expired', () => {
    const seen: unknown[] = [];
    const control = failing({
      judge: (_container, { answer, expiredAnswer }) => {
        seen.push(answer?.note, expiredAnswer?.note);
        return pass(text);
      },
    });
    const said = { control: control.id, holds: true, note: 'yes', owner: 'shop', date: '2026-06-01' };
    const other = { ...said, control: 'container-other', note: 'of another' };
    judgeWith(control, { answers: [other, said] });
    judgeWith(control, { answers: [{ ...said, until: '2026-06-30' }] });
    judgeWith(control, { answers: [other] });
    expect(seen).toEqual(['yes', undefined, undefined, 'yes', undefined, undefined]);
  });

  test('does not ask a control about an engine that it is not meant for', () => {
    const control = failing({ engines: ['docker'] });
    const podman = machine({ engine: engine({}, { kind: 'podman' }) });
    expect(judgeSubjects([web], { policy: policyWith(control), now, machine: podman })).toMatchObject([
      { status: 'not-applicable' },
    ]);
    expect(judgeWith(control)).toMatchObject([{ status: 'fail' }]);
    expect(judgeSubjects([web], { policy: policyWith(control), now })).toMatchObject([{ status: 'fail' }]);
  });

  test('leaves out what is milder than asked for', () => {
    expect(judgeWith(failing(), { severity: 'high' })).toEqual([]);
    expect(judgeWith(failing(), { severity: 'medium' })).toHaveLength(1);
  });

  test('takes the severity that the subject has', () => {
    const control = failing({ severity: { usual: 'low', note: text, of: severityOf } });
    expect(judgeWith(control)).toMatchObject([{ severity: 'low' }]);
    const privileged: Subject = { ...web, kind: 'container', value: container({ privileged: true }) };
    expect(judgeSubjects([privileged], { policy: policyWith(control), now, machine: machine() })).toMatchObject([
      { severity: 'critical' },
    ]);
  });

  test('asks for a remedy only after a failure', () => {
    let asked = 0;
    const remedy = () => {
      asked += 1;
      return byHand(text);
    };
    judgeWith(failing({ judge: () => pass(text), remedy }));
    expect(asked).toBe(0);
    expect(judgeWith(failing({ remedy }))).toMatchObject([{ remedy: { kind: 'manual' } }]);
    expect(asked).toBe(1);
  });
});

function place(line: number) {
  return { source: 'file', path: 'RUN', file: 'Dockerfile', line } as const;
}

describe('a text', () => {
  const file: Subject = {
    kind: 'dockerfile',
    id: 'dockerfile/Dockerfile',
    value: { text: 'FROM scratch' } as Dockerfile,
    file: 'Dockerfile',
  };
  const twice: Control = defineControl<'dockerfile'>({
    id: 'dockerfile-made-up',
    subject: 'dockerfile',
    severity: 'low',
    title: text,
    why: text,
    how: text,
    references: {},
    judge: () => [failAt(text, place(2), 'a'), failAt(text, place(5), 'b')],
    remedy: (_dockerfile, _context, { location }) => byHand(text, [`line ${location?.line}`]),
  });

  test('fails at each place, and each has the remedy of that place', () => {
    const findings = judgeSubjects([file], { policy: policyWith(twice), now });
    expect(findings).toMatchObject([
      { status: 'fail', verdict: { location: { line: 2 } }, remedy: { commands: ['line 2'] } },
      { status: 'fail', verdict: { location: { line: 5 } }, remedy: { commands: ['line 5'] } },
    ]);
  });

  test('may have one place accepted beside it, and not the other', () => {
    const beside = { control: 'dockerfile-made-up', subject: file.id, reason: 'pinned elsewhere' };
    const findings = judgeSubjects([file], {
      policy: policyWith(twice),
      now,
      acceptedBeside: ({ verdict }) => (verdict.location?.line === 2 ? beside : undefined),
    });
    expect(findings).toMatchObject([{ status: 'waived', waiver: beside, waiverExpired: false }, { status: 'fail' }]);
    expect(findings[1]?.waiver).toBeUndefined();
  });

  test('is not asked what is no question for it', () => {
    const elsewhere = { ...twice, appliesTo: () => false };
    expect(judgeSubjects([file], { policy: policyWith(elsewhere), now })).toEqual([]);
    expect(judgeSubjects([web], { policy: policyWith(twice), now })).toEqual([]);
  });

  test('that writes down only an image is asked only what says so', () => {
    const base: Subject = { kind: 'container', id: 'container/x', value: { ...container(), dialect: 'dockerfile' } };
    expect(judgeSubjects([base], { policy: policyWith(failing()), now })).toEqual([]);
    const meant = failing({ dialects: ['compose', 'dockerfile'] });
    expect(judgeSubjects([base], { policy: policyWith(meant), now })).toHaveLength(1);
    expect(judgeSubjects([web], { policy: policyWith(meant), now })).toEqual([]);
  });

  test('of Kubernetes is judged for the version that was named', () => {
    const seen: unknown[] = [];
    const control = failing({
      judge: (_container, { kubernetesVersion }) => {
        seen.push(kubernetesVersion);
        return pass(text);
      },
    });
    judgeSubjects([web], { policy: policyWith(control), now, kubernetesVersion: { major: 1, minor: 25 } });
    judgeSubjects([web], { policy: policyWith(control), now });
    expect(seen).toEqual([{ major: 1, minor: 25 }, undefined]);
  });
});

describe('a fault in a control', () => {
  test('makes its verdict unknown, and costs no other', () => {
    const policy = { ...resolvePolicy({}), controls: [failing({ judge: fault }), failing()] };
    const findings = judgeSubjects([web], { policy, now, machine: machine() });
    expect(findings.map(({ status }) => status)).toEqual(['unknown', 'fail']);
    const verdict = findings[0]?.verdict;
    expect(verdict?.message.en).toContain('cannot read properties of undefined');
    expect(verdict?.need?.zh).toMatch(/\p{Script=Han}/u);
  });

  test('of its remedy leaves the failure without one', () => {
    const [finding] = judgeWith(failing({ remedy: fault }));
    expect(finding).toMatchObject({ status: 'fail' });
    expect(finding?.remedy).toBeUndefined();
  });

  test('of its severity leaves the usual one', () => {
    const control = failing({ severity: { usual: 'high', note: text, of: fault } });
    expect(judgeWith(control)).toMatchObject([{ status: 'fail', severity: 'high' }]);
  });
});

describe('waivers', () => {
  const waiver = { control: '5.4', subject: 'container/web', reason: 'known', owner: 'shop', until: '2026-07-01' };
  const control = controls.find(({ references }) => references.cisDocker?.includes('5.4'));
  const id = control?.id ?? '';
  const waived = failing({ id });

  test('make a failure waived until their last day is over', () => {
    const [finding] = judgeWith(waived, { waivers: [waiver] });
    expect(finding).toMatchObject({ status: 'waived', waiver, waiverExpired: false, remedy: { kind: 'manual' } });
  });

  test('that have expired leave it a failure, and are named with it', () => {
    const expired = { ...waiver, until: '2026-06-30' };
    expect(judgeWith(waived, { waivers: [expired] })).toMatchObject([
      { status: 'fail', waiver: expired, waiverExpired: true },
    ]);
  });

  test('do not touch what passes or is unknown', () => {
    const passing = failing({ id, judge: () => pass(text) });
    const [finding] = judgeWith(passing, { waivers: [waiver] });
    expect(finding).toMatchObject({ status: 'pass' });
    expect(finding?.waiver).toBeUndefined();
  });
});

function policyOf(only: string): Policy {
  return resolvePolicy({ only: [only] });
}

function openly(change: Parameters<typeof container>[0], unresolved: string): Subject {
  return { kind: 'container', id: 'container/web', value: { ...container(change), unresolved: [unresolved] } };
}

describe('a field that only a run would fill in', () => {
  test('is no failure for being absent', () => {
    const subject = openly({ resources: { pids: null } }, 'resources.pids');
    expect(judgeSubjects([subject], { policy: policyOf('container-pids-limit'), now })).toMatchObject([
      { status: 'unknown' },
    ]);
  });

  test('is no pass for being absent either', () => {
    const subject = openly({}, 'privileged');
    expect(judgeSubjects([subject], { policy: policyOf('container-not-privileged'), now })).toMatchObject([
      { status: 'unknown' },
    ]);
    expect(judgeSubjects([subject], { policy: policyOf('container-pids-limit'), now })).toMatchObject([
      { status: 'pass' },
    ]);
  });
});
