import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { container, contextOf, engine } from '../../test/subjects.ts';
import type { ContainerSpec } from '../model/container-spec.ts';
import { type Control, levelOf } from '../model/control.ts';
import { applyDaemonChange } from '../model/daemon-change.ts';
import type { EngineFacts } from '../model/engine.ts';
import { applySpecChange } from '../model/spec-change.ts';
import type { Text } from '../model/text.ts';
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

  test('a good subject passes, or the question does not arise', () => {
    expect(judgeExemplar(control, {})).toMatchObject({ status: expect.stringMatching(/^(pass|not-applicable)$/) });
  });

  test.runIf(control.counterexample)('its counterexample fails, and its remedy makes it pass', () => {
    const counterexample = control.counterexample ?? {};
    const verdict = judgeExemplar(control, counterexample);
    expect(verdict).toMatchObject({ status: 'fail' });
    expect(verdict.message.zh).toMatch(chinese);
    expect(verdict.evidence).not.toEqual([]);
    const remedy = control.remedy(subjectWith(control, counterexample), contextOf(control));
    expect(remedy.summary.zh).toMatch(chinese);
    if (remedy.kind === 'manual') return;
    const change = remedy.kind === 'spec' ? remedy.change : remedy.set;
    expect(judgeExemplar(control, counterexample, change)).toMatchObject({ status: 'pass' });
  });
});

function textsOf(control: Control): Text[] {
  const parameters = Object.values(control.parameters ?? {}).map((each) => each.description);
  const notes = typeof control.severity === 'string' ? [] : [control.severity.note];
  return [control.title, control.why, control.how, ...parameters, ...notes];
}

function subjectWith(control: Control, ...changes: object[]): ContainerSpec | EngineFacts {
  if (control.subject === 'container') {
    return changes.reduce<ContainerSpec>((before, change) => applySpecChange(before, change), container());
  }
  return changes.reduce<EngineFacts>((before, change) => applyDaemonChange(before, { ...change }), engine());
}

function judgeExemplar(control: Control, ...changes: object[]) {
  return control.judge(subjectWith(control, ...changes), contextOf(control));
}
