import { expect, test } from 'vitest';
import { container, contextOf, engine, info, judge, machine } from '../../../test/subjects.ts';
import type { EngineInfo } from '../../model/engine.ts';
import { hostVmIsolationForUntrusted as control } from './host-vm-isolation-for-untrusted.ts';

const untrusted = (runtime: string, labels: Readonly<Record<string, string>> = { untrusted: 'true' }) =>
  container({ labels, runtime });
const on = (change: Partial<EngineInfo>) => ({ machine: machine({ engine: engine({}, { info: info(change) }) }) });

test.each(['runc', 'crun', 'io.containerd.runc.v2'])('the runtime %s shares the kernel', (runtime) => {
  expect(judge(control, untrusted(runtime))).toMatchObject({ status: 'fail', field: 'runtime' });
});

test.each(['runsc', 'runsc-kvm', 'kata', 'kata-runtime', 'io.containerd.kata.v2'])(
  'the runtime %s does not',
  (runtime) => {
    expect(judge(control, untrusted(runtime)).status).toBe('pass');
  },
);

test.each([
  [{ untrusted: 'TRUE' }, 'fail'],
  [{ 'shop.example/trust': 'untrusted' }, 'fail'],
  [{ untrusted: 'false' }, 'not-applicable'],
  [{ trust: 'high' }, 'not-applicable'],
  [{ 'not-untrusted': 'true' }, 'not-applicable'],
] as const)('labelled %j', (labels, status) => {
  expect(control.appliesTo?.(untrusted('runc', labels))).toBe(status === 'fail');
  expect(judge(control, untrusted('runc', labels)).status).toBe(status);
});

test('where none is named the default of the engine counts', () => {
  expect(judge(control, untrusted(''), on({ defaultRuntime: 'kata' })).status).toBe('pass');
  expect(judge(control, untrusted(''), on({ defaultRuntime: 'runc' })).status).toBe('fail');
  expect(judge(control, untrusted(''), { machine: undefined }).status).toBe('unknown');
});

test('the remedy takes a runtime that the engine has, and is left to a person where it has none', () => {
  const remedy = control.remedy(untrusted('runc'), contextOf(control, on({ runtimes: ['runc', 'runsc'] })));
  expect(remedy).toMatchObject({ kind: 'spec', change: { runtime: 'runsc' } });
  expect(control.remedy(untrusted('runc'), contextOf(control)).kind).toBe('manual');
});
