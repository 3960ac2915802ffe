import { expect, test } from 'vitest';
import { container, judge, machine, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { containerNotPrivileged as control } from './container-not-privileged.ts';

test('a privileged container fails at its field', () => {
  const verdict = judge(control, container({ privileged: true }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('privileged');
});

test('an ordinary container passes, running or not', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, running()).status).toBe('pass');
});

test('every capability that the engine can give is privileged in all but name', () => {
  const all = (1n << 41n) - 1n;
  const capabilities = known({ effective: all, permitted: all, bounding: all }, 'kernel', '/proc/412/status CapEff');
  expect(judge(control, running({ capabilities })).status).toBe('fail');
  expect(judge(control, running({ capabilities }), { machine: undefined }).status).toBe('pass');
});

test('an engine with fewer capabilities is measured by its own set', () => {
  const fewer = (1n << 41n) - 1n - (1n << 24n);
  const { engine } = machine();
  if (!engine.process.known) throw new Error('the exemplar is incomplete');
  const process = { ...engine.process, value: { ...engine.process.value, capabilityBoundingSet: fewer } };
  const capabilities = known(
    { effective: fewer, permitted: fewer, bounding: fewer },
    'kernel',
    '/proc/412/status CapEff',
  );
  const verdict = judge(control, running({ capabilities }), { machine: machine({ engine: { ...engine, process } }) });
  expect(verdict.status).toBe('fail');
});
