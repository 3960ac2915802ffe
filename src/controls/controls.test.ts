import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { container, contextOf, engine } from '../../test/subjects.ts';
import { composeProject, dockerfile, objects } from '../../test/written.ts';
import type { Answer } from '../model/answer.ts';
import type { ContainerSpec } from '../model/container-spec.ts';
import {
  type Control,
  containerDialects,
  isAskedOf,
  isWritten,
  levelOf,
  type Sample,
  type Subject,
  type SubjectKind,
  type Subjects,
  type WrittenKind,
} from '../model/control.ts';
import { applyDaemonChange } from '../model/daemon-change.ts';
import type { EngineFacts } from '../model/engine.ts';
import { exemplarHost, exemplarImage, exemplarNetwork } from '../model/exemplar-host.ts';
import { applyHostChanges } from '../model/host-change.ts';
import type { HostFacts } from '../model/host.ts';
import type { ImageFacts } from '../model/image.ts';
import type { JsonObject, JsonValue, KeyPath } from '../model/json.ts';
import type { NetworkFacts } from '../model/network.ts';
import type { FieldChange, Remedy } from '../model/remedy.ts';
import { applyEdits } from '../model/source-text.ts';
import { applySpecChange } from '../model/spec-change.ts';
import type { Text } from '../model/text.ts';
import type { Verdict } from '../model/verdict.ts';
import { controls } from './registry.ts';

const root = import.meta.dirname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
const chinese = /\p{Script=Han}/u;

test('ids and aliases are unique', () => {
  const ids = controls.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const aliases = controls.flatMap(({ references }) => references.aliases ?? []);
  expect(aliases.filter((alias) => ids.includes(alias))).toEqual([]);
});

describe.each(controls.map((control) => [control.id, control] as const))('%s', (id, control) => {
  test('is the one control in a file of its name, with a test beside it', () => {
    expect(files).toContain(join(levelOf(control), `${id}.ts`));
    expect(files).toContain(join(levelOf(control), `${id}.test.ts`));
    expect(files.filter((file) => basename(file) === `${id}.ts`)).toHaveLength(1);
  });

  test('speaks both languages', () => {
    for (const text of textsOf(control)) {
      expect(text.en.trim()).not.toBe('');
      expect(text.en).not.toMatch(chinese);
      expect(text.zh).toMatch(chinese);
    }
  });

  test('its title is a statement, its explanations are sentences', () => {
    expect(control.title.en).not.toMatch(/[.!?]$/);
    expect(control.title.zh).not.toMatch(/[。！？]$/);
    for (const text of [control.why, control.how]) {
      expect(text.en).toMatch(/[.!?]$/);
      expect(text.zh).toMatch(/[。！？]$/);
    }
  });

  test('its references have the form of their frameworks', () => {
    const { cisDocker = [], nist800190 = [], cisKubernetes = [], links = [] } = control.references;
    for (const number of [...cisDocker, ...nist800190, ...cisKubernetes])
      expect(number).toMatch(/^\d+(\.\d+)+$|^C\.\d+(\.\d+)*$/);
    for (const link of links) expect(new URL(link).protocol).toBe('https:');
  });

  test.runIf(!isOfText(control))('a good subject passes, or the question does not arise', () => {
    expect(judgeExemplar(control, {})).toMatchObject({ status: expect.stringMatching(/^(pass|not-applicable)$/) });
  });

  test.runIf(control.counterexample && !isOfText(control))(
    'its counterexample fails, and its remedy makes it pass',
    () => {
      const counterexample = control.counterexample ?? {};
      const verdict = judgeExemplar(control, counterexample);
      expectFailure(verdict);
      const remedy = control.remedy(subjectWith(control, counterexample), contextOf(control));
      expect(remedy.summary.zh).toMatch(chinese);
      if (remedy.kind === 'manual') return;
      expect(judgeExemplar(control, counterexample, changeOf(control, counterexample, remedy))).toMatchObject({
        status: 'pass',
      });
    },
  );
});

/** Controls of texts that no text can make fail by its defaults, and why. */
const withoutSample: Readonly<Record<string, string>> = {
  'dockerfile-from-trusted': 'it asks nothing until registries are listed',
  'dockerfile-no-inline-ignore': 'it asks nothing until such comments are forbidden',
  'kubernetes-registry-allowlist': 'it asks nothing until registries are listed',
  'kubernetes-subpath-symlink': 'it fails only for clusters before 1.19',
};

const ofTexts = controls.filter(isOfText);

test('every control of a text has a sample, or there is a reason why not', () => {
  const without = ofTexts.filter(({ counterexample }) => counterexample === undefined).map(({ id }) => id);
  expect(without.toSorted()).toEqual(Object.keys(withoutSample).toSorted());
});

describe.each(ofTexts.flatMap((control) => (control.counterexample ? [[control.id, control] as const] : [])))(
  'the sample of %s',
  (_id, control) => {
    const kind = control.subject as WrittenKind;
    const { bad, good } = control.counterexample as Sample;

    test('fails at a line of the text', () => {
      const failures = failuresIn(control, subjectsIn(kind, bad));
      expect(failures).not.toEqual([]);
      const lines = bad.split('\n').length;
      for (const { verdict } of failures) {
        expectFailure(verdict);
        expect(verdict.location?.file).toBeTypeOf('string');
        expect(verdict.location?.line).toBeGreaterThanOrEqual(1);
        expect(verdict.location?.line).toBeLessThanOrEqual(lines);
      }
    });

    test('mended passes, or the question does not arise', () => {
      const verdicts = verdictsOn(control, subjectsIn(kind, good));
      for (const { verdict } of verdicts) expect(verdict.status).toMatch(/^(?:pass|not-applicable)$/);
    });

    test('is mended by its remedy, where that is automatic', () => {
      const failures = failuresIn(control, subjectsIn(kind, bad));
      for (const { remedy } of failures) expect(remedy.summary.zh).toMatch(chinese);
      const automatic = failures.filter(({ remedy }) => remedy.kind !== 'manual');
      if (automatic.length === 0) return;
      const { text, rounds } = mended(control, kind, bad);
      expect(rounds).toBeLessThanOrEqual(failures.length);
      const left = failuresIn(control, subjectsIn(kind, text));
      expect(left.filter(({ remedy }) => remedy.kind !== 'manual')).toEqual([]);
      if (automatic.length < failures.length) return;
      for (const { verdict } of verdictsOn(control, subjectsIn(kind, text)))
        expect(verdict.status).toMatch(/^(?:pass|not-applicable)$/);
      expect(problemsIn(kind, text)).toEqual(problemsIn(kind, bad));
    });
  },
);

function isOfText({ subject }: Control): boolean {
  return isWritten(subject);
}

function expectFailure(verdict: Verdict): void {
  expect(verdict).toMatchObject({ status: 'fail' });
  expect(verdict.message.en).not.toMatch(chinese);
  expect(verdict.message.zh).toMatch(chinese);
  expect(verdict.evidence).not.toEqual([]);
}

function textsOf(control: Control): Text[] {
  const parameters = Object.values(control.parameters ?? {}).map((each) => each.description);
  const notes = typeof control.severity === 'string' ? [] : [control.severity.note];
  const question = control.question ? [control.question] : [];
  return [control.title, control.why, control.how, ...question, ...parameters, ...notes];
}

type MachineSubject = Subjects[Exclude<SubjectKind, WrittenKind>];

function subjectWith(control: Control, ...changes: object[]): MachineSubject {
  if (control.subject === 'host') return Object.assign({}, exemplarHost, ...changes) as HostFacts;
  if (control.subject === 'network') return Object.assign({}, exemplarNetwork, ...changes) as NetworkFacts;
  if (control.subject === 'image') return Object.assign({}, exemplarImage, ...changes) as ImageFacts;
  if (control.subject === 'container') {
    // A control that no engine is asked about is judged in the first dialect that it is asked in.
    const dialects = control.dialects ?? containerDialects;
    const dialect = dialects.includes('engine-api') ? 'engine-api' : (dialects[0] ?? 'engine-api');
    return changes.reduce<ContainerSpec>((before, change) => applySpecChange(before, change), {
      ...container(),
      dialect,
    });
  }
  return changes.reduce<EngineFacts>((before, change) => applyDaemonChange(before, { ...change }), engine());
}

function judgeExemplar(control: Control, ...changes: object[]): Verdict {
  const context = { ...contextOf(control), ...(control.question ? { answer: answerYes } : {}) };
  const [verdict, ...others] = [control.judge(subjectWith(control, ...changes), context)].flat();
  if (!verdict || others.length > 0) throw new Error(`${control.id} does not say one thing`);
  return verdict;
}

/** What a remedy changes of the subject that it is for. */
function changeOf(control: Control, counterexample: object, remedy: Remedy): object {
  if (remedy.kind === 'host') {
    return applyHostChanges(subjectWith(control, counterexample) as HostFacts, remedy.changes);
  }
  if (remedy.kind === 'spec') return remedy.change;
  return remedy.kind === 'daemon' ? remedy.set : {};
}

/** What makes a question pass. */
const answerYes: Answer = { control: '', holds: true, note: 'It does.', owner: 'shop-team', date: '2026-06-01' };

/** The subjects of a text that is judged by itself, without a machine. */
function subjectsIn(kind: WrittenKind, text: string): readonly Subject[] {
  if (kind === 'dockerfile') return [{ kind, id: 'dockerfile/Dockerfile', value: dockerfile(text) }];
  if (kind === 'compose-project') return [{ kind, id: 'compose-project/shop', value: composeProject(text) }];
  return objects(text).map((value, index) => ({ kind, id: `kubernetes-object/${index}`, value }));
}

/** What BuildKit would refuse of a text. */
function problemsIn(kind: WrittenKind, text: string): readonly string[] {
  return kind === 'dockerfile' ? dockerfile(text).problems.map(({ message }) => message) : [];
}

interface Said {
  readonly subject: Subject;
  readonly verdict: Verdict;
}

function verdictsOn(control: Control, subjects: readonly Subject[]): Said[] {
  const context = contextOf(control, { machine: undefined });
  return subjects
    .filter((subject) => isAskedOf(control, subject))
    .flatMap((subject) => [control.judge(subject.value, context)].flat().map((verdict) => ({ subject, verdict })));
}

interface Failed extends Said {
  readonly remedy: Remedy;
}

function failuresIn(control: Control, subjects: readonly Subject[]): Failed[] {
  const context = contextOf(control, { machine: undefined });
  return verdictsOn(control, subjects)
    .filter(({ verdict }) => verdict.status === 'fail')
    .map((said) => ({ ...said, remedy: control.remedy(said.subject.value, context, said.verdict) }));
}

/** A text with one automatic remedy made after the other, and how many that took. */
function mended(control: Control, kind: WrittenKind, text: string): { text: string; rounds: number } {
  let [current, rounds] = [text, 0];
  for (; rounds < 50; rounds += 1) {
    const subjects = subjectsIn(kind, current);
    const next = failuresIn(control, subjects).find(({ remedy }) => remedy.kind !== 'manual');
    if (!next) break;
    current = applied(next, kind, current, subjects);
  }
  return { text: current, rounds };
}

function applied({ subject, remedy }: Failed, kind: WrittenKind, text: string, all: readonly Subject[]): string {
  if (remedy.kind === 'text') return applyEdits(text, remedy.edits);
  if (remedy.kind !== 'object') throw new Error(`a text is not mended by a remedy of the kind ${remedy.kind}`);
  if (kind === 'compose-project') return JSON.stringify(withFields(parse(text, { merge: true }), remedy.fields));
  return all
    .map((each) => {
      const { value } = each.value as { readonly value: JsonObject };
      return JSON.stringify(each === subject ? withFields(value, remedy.fields) : value);
    })
    .join('\n---\n');
}

/** A copy with every field set, or taken away. What is taken from a list is taken last, from its end. */
function withFields(value: JsonValue, fields: readonly FieldChange[]): JsonValue {
  const copy = structuredClone(value);
  const gone = fields.filter((field) => field.value === undefined);
  const byLastIndex = gone.toSorted((left, right) => Number(right.path.at(-1)) - Number(left.path.at(-1)) || 0);
  for (const field of [...fields.filter((each) => each.value !== undefined), ...byLastIndex]) setField(copy, field);
  return copy;
}

type Slots = Record<string | number, unknown>;

function setField(whole: JsonValue, { path, value }: FieldChange): void {
  const last = path.at(-1);
  if (last === undefined) throw new Error('a field has no name');
  const holder = holderOf(whole, path, value === undefined);
  if (holder === undefined) return;
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder) && typeof last === 'number') holder.splice(last, 1);
  else delete holder[last];
}

/** What holds the last key of a path; objects and lists on the way are made, unless something is only taken away. */
function holderOf(whole: JsonValue, path: KeyPath, isRemoval: boolean): Slots | undefined {
  let holder = whole as unknown as Slots;
  for (const [index, key] of path.slice(0, -1).entries()) {
    if (typeof holder[key] !== 'object' || holder[key] === null) {
      if (isRemoval) return undefined;
      holder[key] = typeof path[index + 1] === 'number' ? [] : {};
    }
    holder = holder[key] as Slots;
  }
  return holder;
}
