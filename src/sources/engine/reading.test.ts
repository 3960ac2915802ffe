import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../model/json.ts';
import { containerFromCreateRequest, containerFromInspect } from './container.ts';
import { readEngineInfo } from './info.ts';
import { booleanAt, listAt, numberAt, objectAt, stringAt, stringsAt, textAt, textsAt } from './reading.ts';

const answer = {
  text: 'a',
  empty: '',
  number: 1,
  yes: true,
  list: ['a', 1, null],
  object: { a: '1', b: 2, c: [] },
  no: null,
};

test('a field of the right type is there', () => {
  expect(stringAt(answer, 'text')).toBe('a');
  expect(numberAt(answer, 'number')).toBe(1);
  expect(booleanAt(answer, 'yes')).toBe(true);
  expect(listAt(answer, 'list')).toEqual(['a', 1, null]);
  expect(objectAt(answer, 'object')).toEqual({ a: '1', b: 2, c: [] });
});

test.each(['text', 'number', 'yes', 'list', 'object', 'no', 'missing', '__proto__', 'toString'])(
  '%s as another type is absent',
  (key) => {
    const read = [stringAt, numberAt, booleanAt].map((reader) => reader(answer, key));
    expect(read.filter((each) => each !== undefined).length).toBeLessThanOrEqual(1);
    expect(objectAt([answer], key)).toEqual({});
    expect(listAt(null, key)).toEqual([]);
    expect(stringAt('text', key)).toBeUndefined();
  },
);

test('an empty text says nothing', () => {
  expect(stringAt(answer, 'empty')).toBe('');
  expect(textAt(answer, 'empty')).toBeUndefined();
});

test('a list of texts leaves out what is none; a text alone is a list', () => {
  expect(stringsAt(answer, 'list')).toEqual(['a']);
  expect(stringsAt(answer, 'text')).toEqual(['a']);
  expect(stringsAt(answer, 'no')).toEqual([]);
});

test('a map of texts writes numbers out and leaves lists out', () => {
  expect(textsAt(answer, 'object')).toEqual({ a: '1', b: '2' });
});

test('whatever an engine answers can be read', () => {
  const fields = [
    'HostConfig',
    'Config',
    'Mounts',
    'State',
    'Name',
    'Type',
    'Env',
    'PortBindings',
    '80/tcp',
    'Devices',
    'Ulimits',
    'SecurityOpt',
    'Binds',
    'Tmpfs',
    'Healthcheck',
    'Test',
    'Labels',
    'DriverStatus',
    'Swarm',
  ];
  const { odd } = fc.letrec<{ odd: JsonValue }>((tie) => ({
    odd: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<JsonValue>(null, true, 0, -1, '', 'no-new-privileges', '/a:/b', '='),
      fc.array(tie('odd'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...fields), tie('odd'), { maxKeys: 8 }),
    ),
  }));
  fc.assert(
    fc.property(odd, (value) => {
      const spec = containerFromInspect(value);
      for (const field of ['mounts[0]', 'ports[1]', 'environment[2]']) expect(spec.locate(field).path).not.toBe('');
      expect(containerFromCreateRequest(value, 'x').name).toBe('x');
      expect(readEngineInfo(value).securityOptions).toBeInstanceOf(Array);
    }),
  );
});
