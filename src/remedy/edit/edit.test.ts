import { describe, expect, test } from 'vitest';
import type { Subject } from '../../model/control.ts';
import { byHand, changeDaemon, changeObject, changeSpec, editText as editOf } from '../../model/remedy.ts';
import { edited } from '../../../test/edited.ts';
import { object } from '../../../test/written.ts';
import { container } from '../../../test/subjects.ts';
import { editText } from './edit.ts';

const words = { en: 'Text.', zh: '文本。' };
const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  type: NodePort\n';
const subject: Subject = { kind: 'kubernetes-object', id: 'x', value: object(text) };
const written = { file: 'manifests.yaml', text };

describe('each kind of remedy', () => {
  test('edits of the text itself', () => {
    expect(editText(editOf([{ start: 0, end: 10, text: '' }], words), subject, written)).toBe(text.slice(10));
    expect(editText(editOf([], words), subject, written)).toBeUndefined();
  });

  test('fields of an object, from where it stands', () => {
    const remedy = changeObject([{ path: ['spec', 'type'], value: 'ClusterIP' }], words);
    expect(editText(remedy, subject, written)).toBe(text.replace('NodePort', 'ClusterIP'));
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`;
    const inList: Subject = { kind: 'kubernetes-object', id: 'x', value: object(list) };
    expect(editText(remedy, inList, { file: 'manifests.yaml', text: list })).toBe(
      list.replace('NodePort', 'ClusterIP'),
    );
  });

  test.each([byHand(words), changeDaemon({ icc: false }, words)])('none that no file can say: $kind', (remedy) => {
    expect(editText(remedy, subject, written)).toBeUndefined();
  });

  test('none of a container that no file holds', () => {
    const running: Subject = { kind: 'container', id: 'x', value: container() };
    expect(editText(changeSpec({ privileged: false }, words), running, written)).toBeUndefined();
  });
});

test('a placeholder is never written over what it stands for', () => {
  const remedy = changeObject([{ path: ['spec', 'type'], value: '[redacted]' }], words);
  expect(editText(remedy, subject, written)).toBeUndefined();
  const shown = text.replace('NodePort', '"[redacted]" # x');
  const again: Subject = { kind: 'kubernetes-object', id: 'x', value: object(shown) };
  expect(editText(remedy, again, { ...written, text: shown })).toBe(shown);
});

test('a service is changed in the file that is edited, if it is named there', () => {
  expect(edited('compose', 'services:\n  web:\n    image: a\n', { readOnlyRoot: true })).toContain('read_only: true');
});
