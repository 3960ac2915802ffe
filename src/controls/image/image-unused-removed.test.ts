import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import type { ImageSummary } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { imageUnusedRemoved as control } from './image-unused-removed.ts';

const now = Date.UTC(2026, 6, 1) / 1000;
const used: ImageSummary = { id: '0a'.repeat(32), tags: ['web:1'], digests: [], created: 1 };
const bare = (daysAgo: number, change: Partial<ImageSummary> = {}): ImageSummary => ({
  id: `sha256:${daysAgo}`,
  tags: [],
  digests: [],
  created: now - daysAgo * 86_400,
  ...change,
});
const having = (...images: ImageSummary[]) => engine({}, { images: known(images, 'engine-api', 'GET /images/json') });

const named = (count: number) => Array.from({ length: count }, (_, index) => bare(1, { tags: [`t:${index}`] }));

test('an image without a name may stay for a week', () => {
  expect(judge(control, having(used, bare(6))).status).toBe('pass');
  expect(judge(control, having(used, bare(8)))).toMatchObject({ status: 'fail', field: 'images' });
  expect(judge(control, having(used, bare(8)), { parameters: { days: 30 } }).status).toBe('pass');
});

test('one that a container uses or that was pulled by digest is not without a name', () => {
  expect(judge(control, having({ ...used, tags: [] })).status).toBe('pass');
  expect(judge(control, having(used, bare(8, { digests: ['web@sha256:1'] }))).status).toBe('pass');
});

test('of many images most must be used', () => {
  expect(judge(control, having(used, ...named(9))).status).toBe('pass');
  expect(judge(control, having(used, ...named(10))).status).toBe('fail');
  expect(judge(control, having(used, ...named(10)), { parameters: { share: 1 } }).status).toBe('pass');
});

test('where containers or images could not be read nothing is said', () => {
  expect(judge(control, engine({}, { images: hidden })).status).toBe('unknown');
  const more = { ...having(used, bare(8)), info: info({ containers: 5 }) };
  expect(judge(control, more).status).toBe('unknown');
  expect(judge(control, having(used), { machine: undefined }).status).toBe('unknown');
  expect(judge(control, having()).status).toBe('not-applicable');
});

test('the remedy speaks to the engine that is there', () => {
  const remedy = control.remedy({ ...engine(), kind: 'podman' }, contextOf(control));
  expect(remedy).toMatchObject({ commands: [expect.stringMatching(/^podman image prune/), expect.anything()] });
});

const removedOf = (...images: ImageSummary[]) => {
  const there = machine({ containers: [container({ image: { reference: 'web:1', id: used.id } })] });
  const remedy = control.remedy(having(...images), contextOf(control, { machine: there }));
  return remedy.kind === 'host' ? remedy.changes.map((change) => change.kind === 'removal' && change.name) : 'manual';
};

test('the remedy names old images without a name, and never one that is used', () => {
  expect(removedOf(used, { ...used, id: '0b'.repeat(32), tags: [] }, bare(8), bare(6))).toEqual(['sha256:8']);
});

test('those with a name go only where that is not enough, and what is new stays', () => {
  const old = Array.from({ length: 10 }, (_, index) => bare(9, { id: `sha256:n${index}`, tags: [`t:${index}`] }));
  expect(removedOf(used, bare(8), ...old.slice(0, 9))).toEqual(['sha256:8']);
  expect(removedOf(used, ...old)).toEqual(old.map(({ tags }) => tags[0]));
  expect(removedOf(used, ...named(10))).toBe('manual');
});
