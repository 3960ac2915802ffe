import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { containerVolumesFrom as control } from './container-volumes-from.ts';

test('mounts of another container fail, and are named', () => {
  const verdict = judge(control, container({ volumesFrom: ['backup:ro'] }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'volumesFrom', evidence: [{ value: ['backup:ro'] }] });
  expect(control.remedy(container(), contextOf(control)).kind).toBe('manual');
});

test('none passes, said or not', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, container({ volumesFrom: [] })).status).toBe('pass');
});
