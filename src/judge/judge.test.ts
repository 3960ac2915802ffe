import { describe, expect, test } from 'vitest';
import { container, engine, hidden, info, machine } from '../../test/subjects.ts';
import { controls } from '../controls/registry.ts';
import type { ContainerSpec } from '../model/container-spec.ts';
import { type Control, defineControl } from '../model/control.ts';
import type { Severity } from '../model/severity.ts';
import { byHand } from '../model/remedy.ts';
import { fail, pass } from '../model/verdict.ts';
import { judgeSubjects, type JudgedSubject, subjectsOf } from './judge.ts';
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

const web: JudgedSubject = { kind: 'container', id: 'container/web', value: container() };

function judgeWith(control: Control, change: Partial<Policy> = {}) {
  return judgeSubjects([web], machine(), policyWith(control, change), now);
}

describe('subjects', () => {
  test('are the engine by its name, then the containers by theirs', () => {
    const [first, ...rest] = subjectsOf(machine({ containers: [container(), container({ name: 'db' })] }));
    expect(first).toMatchObject({ kind: 'engine', id: 'engine/harbour' });
    expect(rest.map(({ id }) => id)).toEqual(['container/web', 'container/db']);
  });

  test('without a name have another', () => {
    const nameless = { ...container(), name: '' };
    expect(
      subjectsOf(machine({ containers: [nameless], engine: engine({}, { info: hidden }) })).map(({ id }) => id),
    ).toEqual(['engine/local', 'container/f0f0f0f0f0f0']);
    expect(subjectsOf(machine({ engine: engine({}, { info: info({ name: undefined }) }) }))[0]?.id).toBe(
      'engine/local',
    );
  });
});

describe('judging', () => {
  test('asks every control of the policy about every subject of its kind', () => {
    const subjects = subjectsOf(machine());
    const findings = judgeSubjects(subjects, machine(), resolvePolicy({}), now);
    expect(findings).toHaveLength(controls.length);
    expect(new Set(findings.map(({ control }) => control.subject))).toEqual(new Set(['engine', 'container']));
    for (const { control, subject } of findings) expect(subject.kind).toBe(control.subject);
  });

  test('says of a good machine that nothing fails', () => {
    const findings = judgeSubjects(subjectsOf(machine()), machine(), resolvePolicy({}), now);
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
    judgeSubjects([web], here, policyWith(control), now);
    judgeSubjects([web], undefined, policyWith(control), now);
    expect(seen).toEqual([
      { parameters: { limit: 1 }, now, machine: here },
      { parameters: { limit: 1 }, now },
    ]);
  });

  test('does not ask a control about an engine that it is not meant for', () => {
    const control = failing({ engines: ['docker'] });
    const podman = machine({ engine: engine({}, { kind: 'podman' }) });
    expect(judgeSubjects([web], podman, policyWith(control), now)).toMatchObject([{ status: 'not-applicable' }]);
    expect(judgeWith(control)).toMatchObject([{ status: 'fail' }]);
    expect(judgeSubjects([web], undefined, policyWith(control), now)).toMatchObject([{ status: 'fail' }]);
  });

  test('leaves out what is milder than asked for', () => {
    expect(judgeWith(failing(), { severity: 'high' })).toEqual([]);
    expect(judgeWith(failing(), { severity: 'medium' })).toHaveLength(1);
  });

  test('takes the severity that the subject has', () => {
    const control = failing({ severity: { usual: 'low', note: text, of: severityOf } });
    expect(judgeWith(control)).toMatchObject([{ severity: 'low' }]);
    const privileged: JudgedSubject = { ...web, kind: 'container', value: container({ privileged: true }) };
    expect(judgeSubjects([privileged], machine(), policyWith(control), now)).toMatchObject([{ severity: 'critical' }]);
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

describe('a fault in a control', () => {
  test('makes its verdict unknown, and costs no other', () => {
    const policy = { ...resolvePolicy({}), controls: [failing({ judge: fault }), failing()] };
    const findings = judgeSubjects([web], machine(), policy, now);
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
