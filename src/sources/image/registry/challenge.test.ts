import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseChallenges } from './challenge.ts';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

test('a challenge of a token server, with commas inside of a quoted value', () => {
  expect(
    read('Bearer realm="https://auth.example/token",service="registry.example",scope="repository:shop/web:pull,push"'),
  ).toEqual([
    [
      'bearer',
      {
        realm: 'https://auth.example/token',
        service: 'registry.example',
        scope: 'repository:shop/web:pull,push',
      },
    ],
  ]);
});

test('several challenges in one header, whose parameters are parted by the same comma', () => {
  expect(read('Negotiate, Basic realm="a, Bearer b", charset=UTF-8, BEARER Realm = "c"')).toEqual([
    ['negotiate', {}],
    ['basic', { realm: 'a, Bearer b', charset: 'UTF-8' }],
    ['bearer', { realm: 'c' }],
  ]);
});

test('escaped quotes, values without quotes, and a name that is there twice', () => {
  expect(read(String.raw`Bearer realm="say \"hi\"",service=x,service="y"`)).toEqual([
    ['bearer', { realm: 'say "hi"', service: 'x' }],
  ]);
});

test('what is not a challenge says nothing', () => {
  expect(read('')).toEqual([]);
  expect(read('=,="", realm="alone"')).toEqual([]);
  expect(read('Bearer realm="never closed')).toEqual([['bearer', { realm: 'never closed' }]]);
  expect(read('Bearer __proto__="x"').at(0)?.[0]).toBe('bearer');
});

test('reads whatever header it is given', () => {
  assert(property(string({ unit: 'binary', maxLength: 300 }), (header) => Array.isArray(parseChallenges(header))));
  expect(parseChallenges('a="\\'.repeat(100_000))).toBeInstanceOf(Array);
  expect(parseChallenges('"'.repeat(100_000))).toEqual([]);
});
