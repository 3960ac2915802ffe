import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { ManualRemedy } from '../../model/remedy.ts';
import { operationsStoppedContainersRemoved as control } from './operations-stopped-containers-removed.ts';

// The tests' day is the first of July 2026.
const stopped = (name: string, day?: string, owner: ContainerSpec['owner'] = { kind: 'none' }): ContainerSpec => ({
  ...container({ name }),
  state: 'stopped',
  owner,
  ...(day === undefined ? {} : { stoppedSince: Date.parse(day) }),
});
const judged = (containers: readonly ContainerSpec[], stoppedContainers = containers.length, parameters = {}) => {
  const subject = engine({}, { info: info({ stoppedContainers }) });
  return judge(control, subject, { machine: machine({ containers }), parameters });
};

test('one that stopped long ago fails, the oldest first', () => {
  const containers = [stopped('new', '2026-06-30'), stopped('older', '2026-01-02'), stopped('oldest', '2025-01-01')];
  const verdict = judged(containers);
  expect(verdict).toMatchObject({
    status: 'fail',
    evidence: [{ value: '2025-01-01' }, { value: '2026-01-02' }, { path: 'GET /info ContainersStopped', value: 3 }],
  });
  expect(verdict.message.en).toContain('oldest, older');
});

test('a month is allowed, and so is one of which nobody knows when', () => {
  expect(judged([stopped('a', '2026-06-02'), stopped('b')]).status).toBe('pass');
  expect(judged([stopped('a', '2026-06-02')], 1, { days: 7 }).status).toBe('fail');
});

test('lynis counts more than ten', () => {
  expect(judged([], 10).status).toBe('pass');
  expect(judged([], 11)).toMatchObject({ status: 'fail', evidence: [{ value: 11 }] });
  expect(judged([], 11, { most: 25 }).status).toBe('pass');
});

test('those that Swarm and Kubernetes keep are theirs', () => {
  const kept = Array.from({ length: 11 }, (_, index) => stopped(`t${index}`, '2025-01-01', { kind: 'swarm' }));
  expect(judged([...kept, stopped('p', '2025-01-01', { kind: 'kubernetes' })]).status).toBe('pass');
});

test('a running one is none of them; without an answer it is unknown', () => {
  expect(judged([{ ...stopped('web', '2025-01-01'), state: 'running' }], 0).status).toBe('pass');
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});

test('prune goes by when a container was made: the remedy names those that stopped long ago', () => {
  const there = machine({ containers: [stopped('recent', '2026-06-30'), stopped('b', '2026-01-02'), stopped('a')] });
  const subject = engine({}, { info: info({ stoppedContainers: 3 }) });
  const { id = '' } = container();
  expect(control.remedy(subject, contextOf(control, { machine: there }))).toMatchObject({
    kind: 'host',
    disruption: 'none',
    changes: [{ kind: 'removal', what: 'container', id, name: 'b' }],
  });
  expect(control.remedy(engine(), contextOf(control, { machine: undefined }))).toMatchObject({
    commands: [expect.stringContaining('docker ps')],
  });
});

test('where too many would be left a person must choose', () => {
  const there = machine({ containers: [stopped('b', '2026-01-02')] });
  const subject = engine({}, { info: info({ stoppedContainers: 12 }) });
  const { commands } = control.remedy(subject, contextOf(control, { machine: there })) as ManualRemedy;
  expect(commands.join('\n')).not.toContain('prune');
  expect(commands.at(-1)).toBe('docker container rm b');
});
