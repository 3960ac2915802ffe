import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import { containerRuntimeKnown as control } from './container-runtime-known.ts';

const judged = (runtime: string | null, facts = {}) =>
  judge(control, container({ runtime }), { machine: machine({ engine: engine({}, facts) }) });

test('a runtime that the engine does not list fails', () => {
  expect(judged('kata')).toMatchObject({
    status: 'fail',
    field: 'runtime',
    evidence: [{ value: 'kata' }, { path: 'GET /info Runtimes', value: ['runc', 'io.containerd.runc.v2'] }],
  });
  expect(control.remedy(container(), contextOf(control)).kind).toBe('manual');
});

test.each(['runc', 'io.containerd.runc.v2', null])('%j passes', (runtime) => {
  expect(judged(runtime).status).toBe('pass');
});

test('a container without one has the default, which may be gone', () => {
  expect(judged(null, { info: info({ defaultRuntime: 'runsc' }) }).status).toBe('fail');
});

test('Podman names its default otherwise', () => {
  const podman = { kind: 'podman', info: info({ defaultRuntime: 'crun', runtimes: ['crun'] }) };
  expect(judged('oci', podman).status).toBe('pass');
  expect(judged('oci').status).toBe('fail');
});

test('a shim that is not listed may be there', () => {
  expect(judged('io.containerd.kata.v2').status).toBe('unknown');
  expect(judged('/opt/shim').status).toBe('unknown');
});

test('without an answer it is unknown, without an engine no question', () => {
  expect(judged('runc', { info: hidden }).status).toBe('unknown');
  expect(judge(control, container(), { machine: undefined }).status).toBe('not-applicable');
});
