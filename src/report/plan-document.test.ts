import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../test/sample-report.ts';
import type { PlanDocument } from '../model/fix-report.ts';
import type { Action, Plan } from '../model/plan.ts';
import { languages, verbatim } from '../model/text.ts';
import { visibleRecord } from './plan-document.ts';
import { contentOfFile, sampleActions, sampleDocument, samplePlan, sampleRecord } from './plan/sample-plan.fixture.ts';
import { renderPlanJson } from './plan/json.ts';

const schema = join(import.meta.dirname, '../../docs/plan.schema.json');
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);

function objections(document: PlanDocument): unknown {
  validate(JSON.parse(renderPlanJson(document)));
  return validate.errors ?? [];
}

/** A plan with `text` in every place that data can reach. */
function planOf(text: string): Plan {
  const action: Action = {
    ...(sampleActions[1] as Action),
    id: text,
    summary: verbatim(text),
    answers: [{ control: text, subject: text }],
    diff: `-${text}\n+${text}`,
    affects: [{ container: text, effect: 'stops', why: verbatim(text) }],
    pending: verbatim(text),
  };
  const refusal = { control: text, subject: text, reason: verbatim(text), advice: verbatim(text), commands: [text] };
  return { actions: [action], refused: [{ ...refusal, why: 'refused' }] };
}

describe('the document is what its schema promises', () => {
  test.each(languages)('of a whole plan, in %s', (language) => {
    expect(objections(sampleDocument(language))).toEqual([]);
  });

  test('of a plan of nothing', () => {
    expect(objections(sampleDocument('en', { actions: [], refused: [] }))).toEqual([]);
  });

  test('the schema is one that can object', () => {
    const document = sampleDocument('en');
    expect(objections({ ...document, created: 'yesterday' })).not.toEqual([]);
    expect(objections({ ...document, actions: [{ ...document.actions[0], steps: [] } as never] })).not.toEqual([]);
  });
});

test('an action says what it answers once, in order, and what it only prepares answers nothing', () => {
  const [reload, update, removal] = sampleDocument('en').actions;
  expect(reload).toMatchObject({ order: 1, control: null, subject: null, controls: [], pending: null, final: false });
  expect(update).toMatchObject({
    order: 2,
    control: 'container-memory-limit',
    controls: ['container-memory-limit', 'container-pids-limit'],
    subjects: ['container/web'],
    pending: 'Watch it for a day.',
  });
  expect(removal).toMatchObject({ order: 3, final: true });
});

test('contents of files stay in the journal', () => {
  const text = renderPlanJson(sampleDocument('en'));
  expect(text).not.toContain(contentOfFile);
  expect(text).not.toContain(Buffer.from(contentOfFile).toString('base64'));
});

describe.each(hostileTexts)('%j', (text) => {
  test('leaves no character that a reader would act on, and the lines of a diff', () => {
    const document = sampleDocument('en', planOf(text));
    expect(
      JSON.stringify({ ...document, actions: document.actions.map(({ diff: _diff, ...rest }) => rest) }),
    ).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    const diff = document.actions[0]?.diff ?? '';
    expect(diff.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(diff.split('\n')).toHaveLength(planOf(text).actions[0]?.diff.split('\n').length ?? 0);
    expect(objections(document)).toEqual([]);
  });
});

test('a record of what was done is made visible, and only once', () => {
  const record = visibleRecord(sampleRecord('en', { who: 'eve\u001b[2J' }));
  expect(record.who).toBe('eve\\e[2J');
  expect(record.actions[0]?.diff).toBe(samplePlan.actions[0]?.diff);
  expect(visibleRecord(record)).toEqual(record);
});
