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
