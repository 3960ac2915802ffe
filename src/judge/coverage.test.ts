import { expect, test } from 'vitest';
import { container, engine, hidden, image, machine, running } from '../../test/subjects.ts';
import { unreadable } from '../model/fact.ts';
import type { Machine, Subject } from '../model/control.ts';
import type { ImageContents } from '../model/image-contents.ts';
import { coverageOf, imageCoverage, problemEntries } from './coverage.ts';
import { subjectsOf } from './judge.ts';

const entriesOf = (here: Machine, gaps = [] as Parameters<typeof coverageOf>[1]) =>
  coverageOf(here, gaps, subjectsOf(here));
const unreadOf = (here: Machine) => entriesOf(here).filter(({ reason }) => reason !== undefined);

test('everything that was read of a machine is listed, and nothing is missing', () => {
  const entries = entriesOf(machine());
  expect(unreadOf(machine())).toEqual([]);
  expect(entries).toContainEqual({ subject: 'host', what: '/etc/os-release' });
  expect(entries).toContainEqual({ subject: 'engine/harbour', what: 'GET /info' });
  expect(entries.some(({ subject }) => subject === 'container/web')).toBe(true);
});

test('what could not be read says why and what would help', () => {
  expect(unreadOf(machine({ engine: engine({}, { sockets: hidden }) }))).toEqual([
    { subject: 'engine/harbour', what: hidden.path, reason: hidden.reason, need: hidden.need },
  ]);
});

test('gaps in the list of containers belong to the engine', () => {
  const gap = unreadable('engine-api', 'GET /containers/json', { en: 'no', zh: '否' }, { en: 'ask', zh: '询问' });
  const entries = entriesOf(machine({ containers: [] }), [gap]);
  expect(entries).toContainEqual({
    subject: 'engine/harbour',
    what: 'GET /containers/json',
    reason: gap.reason,
    need: gap.need,
  });
});

test('a running container whose process cannot be seen is a gap, a stopped one is not', () => {
  const unseen = { ...container(), state: 'running' as const };
  expect(unreadOf(machine({ containers: [unseen] }))).toMatchObject([{ subject: 'container/web' }]);
  expect(unreadOf(machine({ containers: [container()] }))).toEqual([]);
});

test('each thing that the kernel would not tell of a container is listed once', () => {
  const here = machine({ containers: [running({ user: hidden, capabilities: hidden, mounts: hidden })] });
  expect(unreadOf(here)).toEqual([
    { subject: 'container/web', what: hidden.path, reason: hidden.reason, need: hidden.need },
  ]);
});

test('changes that the engine would not list are a gap', () => {
  const here = machine({ containers: [{ ...running(), changedPaths: hidden }] });
  expect(unreadOf(here)).toHaveLength(1);
});

test('of files, what was read and what is wrong with the others is listed, with the line', () => {
  const text = { en: 'no', zh: '否' };
  const problems = [
    { file: 'b.yaml', kind: 'notice', line: 7, column: 3, reason: text, need: text },
    { file: 'c.yaml', kind: 'error', reason: text, need: text },
  ] as const;
  expect(problemEntries(['a.yaml', 'b.yaml', 'c.yaml'], problems)).toEqual([
    { subject: 'a.yaml', what: 'a.yaml' },
    { subject: 'b.yaml', what: 'b.yaml' },
    { subject: 'b.yaml', what: 'b.yaml:7:3', reason: text, need: text },
    { subject: 'c.yaml', what: 'c.yaml', reason: text, need: text },
  ]);
});

test('of an image each layer that was read is listed by its own place, also behind one that was not', () => {
  const gap = unreadable('file', 'sha256:0', { en: 'foreign', zh: '外部层' }, { en: 'the layer', zh: '该层' });
  const distribution = unreadable('file', '/etc/os-release', { en: 'none', zh: '无' }, { en: 'one', zh: '文件' });
  const contents: ImageContents = {
    distribution,
    layers: [
      { digest: 'sha256:0', bytes: 0, unread: gap },
      { bytes: 1, ofContainer: true },
    ],
    packages: [],
    secrets: [],
    files: [],
    fileCount: 1,
    bytes: 1,
    wastedBytes: 0,
    gaps: [gap],
  };
  const subject: Subject = { kind: 'image', id: 'image/shop', value: image({ contents }) };
  expect(imageCoverage(subject).map(({ what, reason }) => [what, reason?.en])).toEqual([
    ['layer 1', undefined],
    ['/etc/os-release', 'none'],
    ['sha256:0', 'foreign'],
  ]);
});
