import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { interpolate } from './interpolation.ts';

const given: Readonly<Record<string, string>> = { SET: 'value', EMPTY: '', OTHER: 'other', $HARD: 'x' };
const lookup = (name: string) => (Object.hasOwn(given, name) ? given[name] : undefined);

test.each([
  ['nothing in it', 'nothing in it'],
  ['$SET', 'value'],
  ['${SET}', 'value'],
  ['a-$SET-b', 'a-value-b'],
  ['$SETTER', '$SETTER', 'SETTER'],
  ['$$SET', '$SET'],
  ['$$$SET', '$value'],
  ['$${SET}', '${SET}'],
  ['${SET:-d}', 'value'],
  ['${EMPTY:-d}', 'd'],
  ['${EMPTY-d}', ''],
  ['${UNSET:-d}', 'd'],
  ['${UNSET-d}', 'd'],
  ['${UNSET:-}', ''],
  ['${SET:?m}', 'value'],
  ['${EMPTY?m}', ''],
  ['${EMPTY:?say it}', '${EMPTY:?say it}', 'EMPTY'],
  ['${UNSET:?say: it}', '${UNSET:?say: it}', 'UNSET'],
  ['${UNSET?}', '${UNSET?}', 'UNSET'],
  ['${SET:+r}', 'r'],
  ['${EMPTY:+r}', ''],
  ['${EMPTY+r}', 'r'],
  ['${UNSET+r}', ''],
  ['${UNSET:-${OTHER}}', 'other'],
  ['${UNSET:-${ALSO:-${SET}}!}', 'value!'],
  ['${UNSET:-$ALSO}', '$ALSO', 'ALSO'],
  ['${SET:-${ALSO}}', 'value'],
  ['${UNSET:-{"a": 1}', '{"a": 1'],
  ['${UNSET:-a}b}', 'ab}'],
  ['$UNSET and ${UNSET} and $ALSO', '$UNSET and ${UNSET} and $ALSO', 'UNSET', 'ALSO'],
  ['a\n$SET\nb', 'a\nvalue\nb'],
])('%j becomes %j', (text, expected, ...unset) => {
  expect(interpolate(text, lookup)).toEqual({ text: expected, changed: text.includes('$'), unset, invalid: false });
});

test.each([
  '$',
  'costs 5$',
  '$1',
  '$ SET',
  '${}',
  '${SET',
  '${SET!x}',
  '${1}',
  '$(date)',
  '${UNSET:-$(date)}',
  '$SET then $1',
])('%j is kept as it stands, and refused', (text) => {
  expect(interpolate(text, lookup)).toEqual({ text, changed: false, unset: [], invalid: true });
});

test('variables that would make a text endless are refused', () => {
  const long = 'x'.repeat(100_000);
  expect(interpolate('$A$A$A', () => long)).toMatchObject({ text: '$A$A$A', invalid: true });
  const deep = `${'${A:-'.repeat(5000)}${'}'.repeat(5000)}`;
  expect(interpolate(deep, () => undefined)).toMatchObject({ text: deep, invalid: true });
});

test('it takes time in proportion to the text', () => {
  const start = performance.now();
  interpolate('${A'.repeat(300_000), () => undefined);
  interpolate('${A:-'.repeat(300_000), () => undefined);
  interpolate('${A:-b}'.repeat(300_000), () => undefined);
  expect(performance.now() - start).toBeLessThan(2000);
});

test('no text brings it down, and one whose dollar signs are doubled comes back', () => {
  assert(
    property(string({ unit: constantFrom('$', '{', '}', 'A', ':', '-', '?', '+', ' ') }), (text) => {
      interpolate(text, lookup);
      expect(interpolate(text.replaceAll('$', '$$$$'), lookup).text).toBe(text);
    }),
  );
});
