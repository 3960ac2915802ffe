import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesSaDeprecatedField as control } from './kubernetes-sa-deprecated-field.ts';

const pod = (...lines: string[]) =>
  object(`apiVersion: v1\nkind: Pod\nspec:\n${lines.map((line) => `  ${line}\n`).join('')}  containers: []\n`);

test('the old field alone becomes the new one', () => {
  const subject = pod('serviceAccount: api');
  expect(failingLines(control, subject)).toEqual([4]);
  expect(remediesOf(control, subject)[0]).toMatchObject({
    fields: [{ path: ['spec', 'serviceAccountName'], value: 'api' }, { path: ['spec', 'serviceAccount'] }],
  });
});

test('where both differ, the one that is ignored goes', () => {
  const subject = pod('serviceAccountName: web', 'serviceAccount: api');
  expect(failingLines(control, subject)).toEqual([5]);
  expect(remediesOf(control, subject)[0]).toMatchObject({ fields: [{ path: ['spec', 'serviceAccount'] }] });
});

test('both alike pass, and without the old field there is no question', () => {
  expect(failingLines(control, pod('serviceAccountName: api', 'serviceAccount: api'))).toEqual([]);
  expect(control.appliesTo?.(pod('serviceAccountName: api'))).toBe(false);
  expect(control.appliesTo?.(pod('serviceAccount: ""'))).toBe(false);
});
