import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import type { VolumeFacts } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { operationsUnusedVolumes as control } from './operations-unused-volumes.ts';

// The tests' day is the first of July 2026.
const volume = (name: string, change: Partial<VolumeFacts> = {}): VolumeFacts => ({
  name,
  driver: 'local',
  mountpoint: `/var/lib/docker/volumes/${name}/_data`,
  options: {},
  labels: {},
  usedBy: [],
  ...change,
});
const judged = (volumes: readonly VolumeFacts[], parameters = {}) =>
  judge(control, engine({}, { volumes: known(volumes, 'engine-api', 'GET /volumes') }), { parameters });
const nameless = 'c0'.repeat(32);
const old = { created: Date.UTC(2026, 0, 1) };

test('an old one without a name fails', () => {
  expect(judged([volume(nameless, old)])).toMatchObject({ status: 'fail', evidence: [{ value: [nameless] }] });
  expect(judged([volume('x', { ...old, labels: { 'com.docker.volume.anonymous': '' } })]).status).toBe('fail');
});

test('the evidence is of the old ones, behind however many others', () => {
  const others = Array.from({ length: 6 }, (_, index) => volume(`v${index}`));
  expect(judged([...others, volume(nameless, old)])).toMatchObject({ evidence: [{ value: [nameless] }] });
});

test('a new one, one with a name, one of unknown age and one in use do not', () => {
  expect(judged([volume(nameless, { created: Date.UTC(2026, 5, 30) })]).status).toBe('pass');
  expect(judged([volume('data', old), volume(nameless)]).status).toBe('pass');
  expect(judged([volume(nameless, { ...old, usedBy: ['web'] })]).status).toBe('pass');
  expect(judged([volume(nameless, old)], { days: 365 }).status).toBe('pass');
});

test('too many fail, whatever their names', () => {
  const many = Array.from({ length: 11 }, (_, index) => volume(`v${index}`));
  expect(judged(many).status).toBe('fail');
  expect(judged(many.slice(1)).status).toBe('pass');
  expect(judged(many, { most: 25 }).status).toBe('pass');
});

test('a container that could not be read may use them', () => {
  const volumes = known([volume(nameless, old)], 'engine-api', 'GET /volumes');
  const facts = { volumes, info: info({ containers: 2 }) };
  expect(judge(control, engine({}, facts)).status).toBe('unknown');
  expect(judge(control, engine({}, { volumes, info: hidden })).status).toBe('unknown');
});

test('volumes that could not be listed are unknown, and only a person knows what they hold', () => {
  expect(judge(control, engine({}, { volumes: hidden })).status).toBe('unknown');
  expect(control.remedy(engine(), contextOf(control)).kind).toBe('manual');
});
