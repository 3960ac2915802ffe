import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonCountConsistency as control } from './daemon-count-consistency.ts';

const counting = (containers: number) => engine({}, { info: info({ containers }) });
const reading = (count: number) => ({
  machine: machine({ containers: Array.from({ length: count }, () => container()) }),
});

test.each([
  [0, 0, 'pass'],
  [3, 3, 'pass'],
  [3, 2, 'fail'],
  [2, 3, 'fail'],
])('counted %i, read %i: %s', (counted, read, status) => {
  const verdict = judge(control, counting(counted), reading(read));
  expect(verdict.status).toBe(status);
  expect(verdict.evidence.map(({ value }) => value)).toEqual([counted, read]);
});

test('an engine that does not count is not asked', () => {
  const answer = mapFact(engine().info, (before) => {
    const { containers, ...rest } = before;
    return containers === undefined ? before : rest;
  });
  const silent = engine({}, { info: answer });
  expect(judge(control, silent).status).toBe('not-applicable');
  expect(judge(control, counting(1), { machine: undefined }).status).toBe('not-applicable');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});

test('a list that was refused is not an empty one', () => {
  expect(judge(control, counting(3), { machine: machine({ containers: [], unlisted: hidden }) })).toMatchObject({
    status: 'unknown',
    need: hidden.need,
  });
});

test('somebody must look', () => {
  expect(control.remedy(engine(), contextOf(control))).toMatchObject({
    commands: ['docker ps --all --quiet', 'journalctl -u docker.service'],
  });
  expect(control.remedy(engine({}, { kind: 'podman' }), contextOf(control))).toMatchObject({
    commands: ['podman ps --all --quiet', 'journalctl -u podman.service'],
  });
});
