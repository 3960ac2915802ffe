import { expect, test } from 'vitest';
import type { KeyPath } from '../../model/json.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { pathAtOffset } from './yaml-path.ts';

const text = `x: &x
  a: [1, {b: 2}]
list:
  - name: one
    c: *x
  - plain
empty:
`;

test.each<[string, KeyPath | undefined]>([
  ['x: &x', ['x']],
  ['a: [', ['x', 'a']],
  ['1, ', ['x', 'a', 0]],
  ['{b', ['x', 'a', 1]],
  ['b: 2', ['x', 'a', 1, 'b']],
  ['name: one', ['list', 0]],
  ['one', ['list', 0, 'name']],
  ['c: *', ['list', 0, 'c']],
  ['plain', ['list', 1]],
  ['empty', ['empty']],
  ['lain', undefined],
])('what begins at %j', (mark, expected) => {
  const [document] = parseYaml(text);
  if (!document?.root) throw new Error('no document');
  expect(pathAtOffset(document.root, text.indexOf(mark))).toEqual(expected);
});
