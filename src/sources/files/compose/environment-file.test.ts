import { assert, boolean, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { writtenFile } from '../written-file.ts';
import { readEnvironmentFile } from './environment-file.ts';

function read(text: string, raw = false, around: Readonly<Record<string, string>> = {}) {
  const lookup = (name: string) => (Object.hasOwn(around, name) ? around[name] : undefined);
  return readEnvironmentFile(writtenFile('.env', text), { lookup, raw });
}

function values(text: string, raw = false, around: Readonly<Record<string, string>> = {}) {
  return Object.fromEntries(read(text, raw, around).variables.map(({ name, value }) => [name, value.reveal()]));
}

test.each<[string, Record<string, string>]>([
  ['A=1', { A: '1' }],
  ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['\uFEFFA=1', { A: '1' }],
  ['A: 1', { A: '1' }],
  ['A = 1 ', { A: '1' }],
  ['export A=1', { A: '1' }],
  ['exporter=1\nexport=2', { exporter: '1', export: '2' }],
  ['# a\n\n  # b\nA=1 # c\nB=a#b\nC= # empty', { A: '1', B: 'a#b', C: '' }],
  ['A=', { A: '' }],
  ["A='$B # x'", { A: '$B # x' }],
  ['A="x # y" # z', { A: 'x # y' }],
  ['A="one\ntwo"\nB=3', { A: 'one\ntwo', B: '3' }],
  [String.raw`A="a\nb\"c\\d\$E"`, { A: 'a\nb"c\\d$E' }],
  ['A=1\nB=${A}2\nC="$B"', { A: '1', B: '12', C: '12' }],
  ['A=${X:-d}', { A: 'd' }],
  ['A=${X}', { A: '${X}' }],
  ['A=pa$$word', { A: 'pa$word' }],
  ['A=p$1', { A: 'p$1' }],
  ['A=1\nA=2', { A: '2' }],
  ['A.b-c[0]=1', { 'A.b-c[0]': '1' }],
  ['NOT_GIVEN\nA=1', { A: '1' }],
  ['A=a=b', { A: 'a=b' }],
])('%j', (text, expected) => {
  expect(values(text)).toEqual(expected);
});

test('what is around it goes first, and gives names alone their values', () => {
  expect(values('A=1\nB=$A\nC', false, { A: 'shell', C: '3' })).toEqual({ A: '1', B: 'shell', C: '3' });
});

test('a raw file is taken as it stands', () => {
  expect(values('A="x" # y\nB=$A', true)).toEqual({ A: '"x" # y', B: '$A' });
});

test('every variable is located by its name', () => {
  const { variables } = read('# first\n  export A="1\n2"\nB=2\n');
  expect(variables.map(({ location }) => location)).toEqual([
    { source: 'file', path: 'A', file: '.env', line: 2, column: 10 },
    { source: 'file', path: 'B', file: '.env', line: 4, column: 1 },
  ]);
});

test.each([
  ['A=1\n!\nB=2', 2],
  ['A B\n', 1],
  ['A=1\nB="open\nC=3', 2],
])('%j has a line that assigns nothing', (text, line) => {
  const { problems, variables } = read(text);
  expect(problems).toMatchObject([{ kind: 'notice', line }]);
  expect(variables.map(({ name }) => name).every((name) => /^[ABC]$/.test(name))).toBe(true);
});

test('no text brings it down', () => {
  const unit = constantFrom('A', '=', ':', '"', "'", '\n', '$', '{', '}', '#', ' ', '\\');
  assert(property(string({ unit }), boolean(), (text, raw) => void read(text, raw)));
});

test('values that double each other stop growing', () => {
  const lines = Array.from({ length: 60 }, (_, index) => `A${index + 1}=\${A${index}}\${A${index}}`);
  const sizes = read(['A0=xxxxxxxxxx', ...lines].join('\n')).variables.map(({ value }) => value.reveal().length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(10_000_000);
});
