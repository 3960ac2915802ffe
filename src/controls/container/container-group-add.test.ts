import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerGroupAdd as control } from './container-group-add.ts';

test.each(['root', '0', '00', 'docker', 'disk', '6', 'shadow', '42'])('%s fails at its place in the list', (group) => {
  const subject = container({ groups: ['20000', group] });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'groups[1]' });
});

test.each([[[]], [['20000']], [['audio', '60', '420', '10']]])('%j passes', (groups) => {
  expect(judge(control, container({ groups })).status).toBe('pass');
});

test('a site may name the number of its own docker group', () => {
  const subject = container({ groups: ['998'] });
  expect(judge(control, subject).status).toBe('pass');
  expect(judge(control, subject, { parameters: { refused: ['0998'] } }).status).toBe('fail');
});

test('group 0 of a pod is the question of another control, its other groups are not', () => {
  const pod = { ...container({ groups: ['0'] }), dialect: 'pod' } as const;
  expect(judge(control, pod).status).toBe('pass');
  expect(judge(control, { ...pod, groups: ['0', '6'] })).toMatchObject({ status: 'fail', field: 'groups[1]' });
});

test('the remedy leaves the groups that are harmless', () => {
  const subject = container({ groups: ['docker', '20000', '0'] });
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  expect(applySpecChange(subject, remedy.change).groups).toEqual(['20000']);
});
