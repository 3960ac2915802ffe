import { expect, test } from 'vitest';
import { licensesInJson, licensesInMetadata } from './licenses.ts';

test.each([
  ['MIT', ['MIT']],
  [{ type: 'MIT', url: 'https://host.example' }, ['MIT']],
  [
    ['MIT', { type: 'Apache-2.0' }, 7, null],
    ['MIT', 'Apache-2.0'],
  ],
  ['UNKNOWN', []],
  ['Permission is\nhereby granted', []],
  ['x'.repeat(10_000), []],
  [undefined, []],
])('package.json: %j', (value, expected) => {
  expect(licensesInJson(value)).toEqual(expected);
});

test('what stands in two fields is told once', () => {
  expect(licensesInJson('MIT', [{ type: 'MIT' }, { type: 'ISC' }])).toEqual(['MIT', 'ISC']);
});

test('Python: the expression, else the name, else the classifiers', () => {
  const classifier = 'License :: OSI Approved :: BSD License\nLicense :: OSI Approved\nTopic :: Text';
  const fields = new Map([['classifier', classifier]]);
  expect(licensesInMetadata(fields)).toEqual(['BSD License']);
  expect(licensesInMetadata(new Map([...fields, ['license', 'BSD']]))).toEqual(['BSD']);
  expect(licensesInMetadata(new Map([...fields, ['license-expression', 'BSD-3-Clause']]))).toEqual(['BSD-3-Clause']);
});
