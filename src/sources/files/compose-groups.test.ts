import { expect, test } from 'vitest';
import { composeGroups } from './compose-groups.ts';
import { writtenFile } from './written-file.ts';

const whole = 'services:\n  web:\n    image: nginx\n';
const partial = 'services:\n  web:\n    read_only: true\n';

function groups(files: Readonly<Record<string, string>>, folder?: string) {
  const known = Object.entries(files).map(([name, text]) => ({
    kind: 'compose' as const,
    file: writtenFile(name, text),
    ...(folder === undefined ? {} : { folder }),
  }));
  return composeGroups(known).map(({ files: members, judged }) => [members.map(({ name }) => name), judged]);
}

test('in a folder a file and its override are one project', () => {
  expect(groups({ 'compose.override.yaml': partial, 'compose.yaml': whole }, '.')).toEqual([
    [['compose.yaml', 'compose.override.yaml'], undefined],
  ]);
});

test('files that were named are each by themselves, as for docker compose -f', () => {
  expect(groups({ 'compose.yaml': whole, 'compose.override.yaml': whole })).toEqual([
    [['compose.yaml'], undefined],
    [['compose.override.yaml'], undefined],
  ]);
});

test('a variant that says nothing of an image is completed by its base, and judged alone', () => {
  expect(groups({ 'docker-compose.yml': whole, 'docker-compose.prod.yml': partial }, '.')).toEqual([
    [['docker-compose.yml'], undefined],
    [['docker-compose.yml', 'docker-compose.prod.yml'], 'docker-compose.prod.yml'],
  ]);
});

test('a variant that is whole stands by itself', () => {
  expect(groups({ 'compose.yaml': whole, 'compose.ci.yaml': whole }, '.')).toEqual([
    [['compose.yaml'], undefined],
    [['compose.ci.yaml'], undefined],
  ]);
});

test('an override of another folder, or without a base, is a file of its own', () => {
  expect(groups({ 'a/compose.yaml': whole, 'b/compose.override.yaml': whole }, '.')).toEqual([
    [['a/compose.yaml'], undefined],
    [['b/compose.override.yaml'], undefined],
  ]);
});
