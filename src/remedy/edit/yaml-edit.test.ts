import * as fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { JsonValue, KeyPath } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { editYaml } from './yaml-edit.ts';

const shop = `# the shop
services:
  web:   # in front
    image: "nginx:1.27"
    cap_add: [NET_ADMIN, SYS_ADMIN]
    privileged: true  # for now
    ports:
      - "80:80"  # http
      - 443:443
    security_opt:
    environment:
      A: b

  # the data
  db:
    image: postgres
volumes: {}
`;

/** Lines that a change adds (+) and takes away (-). */
function difference(before: string, after: string): string[] {
  const [old, next] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !next.includes(line)).map((line) => `-${line}`),
    ...next.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

describe('only what changes is touched', () => {
  test.each<[string, FieldChange, string[]]>([
    [
      'a text keeps its quotes',
      { path: ['services', 'web', 'image'], value: 'nginx:1.28' },
      ['-    image: "nginx:1.27"', '+    image: "nginx:1.28"'],
    ],
    [
      'a value keeps the comment behind it',
      { path: ['services', 'web', 'privileged'], value: false },
      ['-    privileged: true  # for now', '+    privileged: false  # for now'],
    ],
    ['a key goes with its line', { path: ['services', 'web', 'privileged'] }, ['-    privileged: true  # for now']],
    [
      'an entry goes from brackets',
      { path: ['services', 'web', 'cap_add', 1] },
      ['-    cap_add: [NET_ADMIN, SYS_ADMIN]', '+    cap_add: [NET_ADMIN]'],
    ],
    [
      'the first entry goes from brackets',
      { path: ['services', 'web', 'cap_add', 0] },
      ['-    cap_add: [NET_ADMIN, SYS_ADMIN]', '+    cap_add: [SYS_ADMIN]'],
    ],
    ['an entry goes from a list', { path: ['services', 'web', 'ports', 0] }, ['-      - "80:80"  # http']],
    [
      'an entry is appended to a list',
      { path: ['services', 'web', 'ports', 2], value: '8080:80' },
      ['+      - "8080:80"'],
    ],
    [
      'an entry is appended in brackets',
      { path: ['services', 'web', 'cap_add', 2], value: 'KILL' },
      ['-    cap_add: [NET_ADMIN, SYS_ADMIN]', '+    cap_add: [NET_ADMIN, SYS_ADMIN, KILL]'],
    ],
    [
      'a key is added where the others are',
      { path: ['services', 'db', 'read_only'], value: true },
      ['+    read_only: true'],
    ],
    [
      'an empty value becomes a list',
      { path: ['services', 'web', 'security_opt'], value: ['no-new-privileges:true'] },
      ['+      - no-new-privileges:true'],
    ],
    [
      'objects on the way are made',
      { path: ['services', 'db', 'deploy', 'resources', 'limits', 'memory'], value: '256m' },
      ['+    deploy:', '+      resources:', '+        limits:', '+          memory: 256m'],
    ],
    [
      'empty brackets are filled',
      { path: ['volumes', 'data'], value: {} },
      ['-volumes: {}', '+volumes:', '+  data: {}'],
    ],
    [
      'a collection goes with its last entry',
      { path: ['services', 'web', 'environment', 'A'] },
      ['-    environment:', '-      A: b'],
    ],
    ['what is not there need not go', { path: ['services', 'db', 'privileged'] }, []],
  ])('%s', (_, change, expected) => {
    expect(difference(shop, editYaml(shop, 0, [change]))).toEqual(expected);
  });
});

test('several entries of one list go together', () => {
  const text = 'a:\n  - 1\n  - 2\n  - 3\n  - 4\n';
  const changes: FieldChange[] = [{ path: ['a', 0] }, { path: ['a', 2] }, { path: ['a', 4], value: 5 }];
  expect(editYaml(text, 0, changes)).toBe('a:\n  - 2\n  - 4\n  - 5\n');
});

test('the first key of an entry goes, and the next takes its place behind the dash', () => {
  expect(editYaml('a:\n  - x: 1\n    y: 2\n', 0, [{ path: ['a', 0, 'x'] }])).toBe('a:\n  - y: 2\n');
});

test('line ends and the width of a level stay as they are', () => {
  expect(editYaml('a:\r\n    b: 1\r\n', 0, [{ path: ['a', 'c', 'd'], value: [1] }])).toBe(
    'a:\r\n    b: 1\r\n    c:\r\n        d:\r\n            - 1\r\n',
  );
});

test('a text without a last line end gets none', () => {
  expect(editYaml('a: 1', 0, [{ path: ['b'], value: 2 }])).toBe('a: 1\nb: 2');
});

test('only the chosen document changes', () => {
  expect(editYaml('a: 1\n---\na: 1\n', 1, [{ path: ['a'], value: 2 }])).toBe('a: 1\n---\na: 2\n');
});

test('lists that stand as deep as their key', () => {
  expect(editYaml('a:\n- x: 1\n', 0, [{ path: ['a', 1], value: { x: 2, z: [3] } }])).toBe(
    'a:\n- x: 1\n- x: 2\n  z:\n  - 3\n',
  );
});

describe('what others use too is left to them', () => {
  const text = 'x: &x\n  cap_add: [SYS_ADMIN]\n  user: root\na:\n  <<: *x\n  image: one\nb: *x\n';

  test('a merged field is overruled beside the merge', () => {
    const edited = editYaml(text, 0, [{ path: ['a', 'user'], value: '1000' }]);
    expect(parse(edited, { merge: true })).toMatchObject({
      x: { user: 'root' },
      a: { user: '1000' },
      b: { user: 'root' },
    });
    expect(edited).toContain('user: "1000"');
  });

  test('an alias is written out', () => {
    const edited = editYaml(text, 0, [{ path: ['b', 'user'], value: '1000' }]);
    expect(parse(edited, { merge: true })).toMatchObject({
      x: { user: 'root' },
      b: { cap_add: ['SYS_ADMIN'], user: '1000' },
    });
  });
});

test('after any change the value is there, and nothing else has changed', () => {
  const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.constantFrom('x', 'a: b', '# c', 'yes', '', '1'));
  const key = fc.constantFrom('a', 'b', 'c');
  const object = fc.dictionary(
    key,
    fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(key, leaf, { maxKeys: 3 })),
    { minKeys: 1, maxKeys: 3 },
  );
  const layout = fc.constantFrom('block', 'flow');
  fc.assert(
    fc.property(
      object,
      layout,
      fc.array(key, { minLength: 1, maxLength: 2 }),
      fc.oneof(
        leaf,
        fc.array(leaf, { minLength: 1, maxLength: 2 }),
        fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 2 }),
      ),
      (before, form, path, value) => {
        const text = form === 'flow' ? `root: ${JSON.stringify(before)}\n` : blockOf({ root: before });
        const edited = editYaml(text, 0, [{ path: ['root', ...path], value }]);
        expect(parse(edited)).toEqual(setAt({ root: before }, ['root', ...path], value as JsonValue));
      },
    ),
    { numRuns: 1000 },
  );
});

function blockOf(value: object, indent = ''): string {
  return Object.entries(value)
    .map(([name, each]) => {
      if (Array.isArray(each) && each.length > 0)
        return `${indent}${name}:\n${each.map((item) => `${indent}- ${JSON.stringify(item)}\n`).join('')}`;
      if (typeof each === 'object' && Object.keys(each).length > 0)
        return `${indent}${name}:\n${blockOf(each, `${indent}  `)}`;
      return `${indent}${name}: ${JSON.stringify(each)}\n`;
    })
    .join('');
}

function setAt(value: unknown, [key, ...rest]: KeyPath, next: JsonValue): unknown {
  if (key === undefined) return next;
  const object = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return { ...object, [key]: setAt((object as Record<string, unknown>)[key], rest, next) };
}

describe('as the text is laid out', () => {
  test.each<[string, string, FieldChange, string]>([
    [
      'an entry has the quotes of the others',
      "a:\n  - 'x'\n",
      { path: ['a', 1], value: 'y' },
      "a:\n  - 'x'\n  - 'y'\n",
    ],
    ['or none, where they differ', 'a: ["x", y]\n', { path: ['a', 2], value: 'z' }, 'a: ["x", y, z]\n'],
    ['braces are as wide as they are', 'a: {b: 1}\n', { path: ['a', 'c'], value: { d: 1 } }, 'a: {b: 1, c: {d: 1}}\n'],
    [
      'braces of several lines get one more',
      'a: {\n  b: 1\n  }\n',
      { path: ['a', 'c'], value: 2 },
      'a: {\n  b: 1,\n  c: 2\n  }\n',
    ],
    ['a comment stays beside its key', 'a: 1 # why\nb: 2\n', { path: ['a'], value: [1] }, 'a: # why\n  - 1\nb: 2\n'],
    ['a comment stays beside an empty key', 'a:   # why\n', { path: ['a', 'b'], value: 1 }, 'a:   # why\n  b: 1\n'],
    ['a comment in empty braces stays', 'a: { # why\n  }\n', { path: ['a', 'b'], value: 1 }, 'a: { # why\n  b: 1 }\n'],
    [
      'lists are indented as the others are',
      'a:\n- 1\nb:\n  c: 1\n',
      { path: ['b', 'd'], value: [1] },
      'a:\n- 1\nb:\n  c: 1\n  d:\n  - 1\n',
    ],
    [
      'most levels decide',
      'a:\n    b:\n        c: 1\nd:\n  e: 1\nf: 1\n',
      { path: ['g', 'h'], value: 1 },
      'a:\n    b:\n        c: 1\nd:\n  e: 1\nf: 1\ng:\n    h: 1\n',
    ],
    ['the last line goes without leaving an end', 'a: 1\nb: 2', { path: ['b'] }, 'a: 1'],
    ['so it does with carriage returns', 'a: 1\r\nb: 2', { path: ['b'] }, 'a: 1'],
    ['the first entry of a list of lists', 'a:\n- - 1\n  - 2\n', { path: ['a', 0, 0] }, 'a:\n- - 2\n'],
    ['a text of several lines goes whole', 'a: |\n  x\n\n  y\nb: 1\n', { path: ['a'] }, 'b: 1\n'],
    [
      'a key is added behind a text of several lines',
      'a:\n  b: |\n    x\n\nc: 1\n',
      { path: ['a', 'd'], value: 1 },
      'a:\n  b: |\n    x\n  d: 1\n\nc: 1\n',
    ],
    ['a plain text stays plain', 'a: /x/$Y:z\n', { path: ['a'], value: '/x/$Y:z:ro' }, 'a: /x/$Y:z:ro\n'],
    ['but not where a reader would take it for a number', 'a: root\n', { path: ['a'], value: '10:20' }, 'a: "10:20"\n'],
    [
      'an anchor of others stays one',
      'a: &a [1]\nb: *a\n',
      { path: ['b', 1], value: 2 },
      'a: &a [1]\nb:\n  - 1\n  - 2\n',
    ],
    [
      'a merge is kept beside what is added',
      'a: &a {b: 1}\nc: *a\n',
      { path: ['c', 'd'], value: 2 },
      'a: &a {b: 1}\nc:\n  <<: *a\n  d: 2\n',
    ],
    [
      'in braces too',
      'a: &a {b: 1}\nc: {x: *a}\n',
      { path: ['c', 'x', 'd'], value: 2 },
      'a: &a {b: 1}\nc: {x: { <<: *a, d: 2 }}\n',
    ],
    [
      'in a list too',
      'a: &a {b: 1}\nc:\n- *a\n',
      { path: ['c', 0, 'd'], value: 2 },
      'a: &a {b: 1}\nc:\n- <<: *a\n  d: 2\n',
    ],
    [
      'a merged key goes, and the others stay',
      'a: &a {b: 1, c: 2}\nd:\n  # why\n  <<: *a\n  e: 3\n',
      { path: ['d', 'b'] },
      'a: &a {b: 1, c: 2}\nd:\n  # why\n  c: 2\n  e: 3\n',
    ],
    [
      'what a merge has stays hidden',
      'a: &a {b: [1]}\nc:\n  <<: *a\n  b: [2]\n',
      { path: ['c', 'b', 0] },
      'a: &a {b: [1]}\nc:\n  <<: *a\n  b: []\n',
    ],
    ['JSON stays JSON', '{"a": {"b": 1}}', { path: ['a', 'c'], value: ['x'] }, '{"a": {"b": 1, "c": ["x"]}}'],
  ])('%s', (_, text, change, expected) => {
    expect(editYaml(text, 0, [change])).toBe(expected);
  });
});

describe('one of several documents', () => {
  const text = '# one\na: 1\n--- # two\n\nb: 1\n# end of two\n---\n---\nc: 1\n...\n';

  test.each([
    [0, ['a'], text.replace('a: 1', 'a: 2')],
    [1, ['b'], text.replace('b: 1', 'b: 2')],
  ])('number %i', (document, path, expected) => {
    expect(editYaml(text, document, [{ path, value: 2 }])).toBe(expected);
  });

  test('a document that is not there is an error', () => {
    expect(() => editYaml(text, 9, [{ path: ['a'], value: 2 }])).toThrow(RangeError);
    expect(() => editYaml('a: [1]\n', 0, [{ path: ['a', 5], value: 2 }])).toThrow(RangeError);
  });
});
