import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { containerOomKillDisabled as control } from './container-oom-kill-disabled.ts';

const judged = (resources: SpecChange['resources'], parameters = {}) =>
  judge(control, container({ resources: resources ?? null }), { parameters });

test.each([
  [{ oomKillDisable: true, memory: null }, 'resources.oomKillDisable'],
  [{ oomScoreAdjust: -501 }, 'resources.oomScoreAdjust'],
  [{ oomScoreAdjust: -1000 }, 'resources.oomScoreAdjust'],
])('%j fails, and its remedy mends that', (resources, field) => {
  expect(judged(resources)).toMatchObject({ status: 'fail', field });
  const subject = container({ resources });
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  const mended = applySpecChange(subject, remedy.change);
  expect(judge(control, mended).status).toBe('pass');
  expect(mended.resources.cpus).toBe(subject.resources.cpus);
});

test.each([
  {},
  { oomKillDisable: false, memory: null },
  { oomKillDisable: true },
  { oomScoreAdjust: -500 },
  { oomScoreAdjust: 1000 },
])('%j passes', (resources) => {
  expect(judged(resources).status).toBe('pass');
});

test('a site may spare less', () => {
  expect(judged({ oomScoreAdjust: -1 }, { least: 0 }).status).toBe('fail');
});
