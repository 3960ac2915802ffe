import { expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import { defaultCapabilities } from '../../model/capability.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerCapsNotAboveDefault as control } from './container-caps-not-above-default.ts';

const allOf = (mask: bigint) =>
  known({ effective: mask, permitted: mask, bounding: mask }, 'kernel', '/proc/412/status CapEff');
const sysNice = 1n << 23n;

// One of the project's sources counts 13 defaults: it forgets FSETID.
test.each(defaultCapabilities.map((name) => [name]))('%s is a default and may be added', (name) => {
  const subject = container({ capabilities: { add: [`cap_${name.toLowerCase()}`], drop: [] } });
  expect(judge(control, subject).status).toBe('pass');
});

test('anything else is beyond the default, however mild', () => {
  const verdict = judge(control, container({ capabilities: { add: ['CHOWN', 'cap_sys_nice', 'IPC_LOCK'] } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('capabilities.add[1]');
  expect(verdict.message.en).toContain('SYS_NICE, IPC_LOCK');
});

test('ALL and privileged are beyond it', () => {
  const all = container({ capabilities: { add: ['ALL'] } });
  expect(judge(control, all)).toMatchObject({ status: 'fail', field: 'capabilities.add[0]' });
  expect(judge(control, container({ privileged: true }))).toMatchObject({ status: 'fail', field: 'privileged' });
});

test('a site may allow more', () => {
  const subject = container({ capabilities: { add: ['SYS_NICE'] } });
  expect(judge(control, subject, { parameters: { allowed: ['cap_sys_nice'] } }).status).toBe('pass');
});

test('the kernel outranks the configuration, both ways', () => {
  const added = { capabilities: { add: ['SYS_NICE'] } };
  expect(judge(control, running({ capabilities: allOf(0xa80425fbn) }, added)).status).toBe('pass');
  expect(judge(control, running({ capabilities: allOf(0xa80425fbn | sysNice) })).status).toBe('fail');
  expect(judge(control, running({ capabilities: hidden }, added)).status).toBe('fail');
});

test('a capability that this program does not know by name is beyond the default', () => {
  const verdict = judge(control, running({ capabilities: allOf(1n << 41n) }));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('CAP_41');
});

test('the remedy leaves allowed and default additions in place', () => {
  const subject = container({ capabilities: { add: ['CHOWN', 'SYS_NICE', 'IPC_LOCK'] } });
  const remedy = control.remedy(subject, contextOf(control, { parameters: { allowed: ['IPC_LOCK'] } }));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  expect(applySpecChange(subject, remedy.change).capabilities.add).toEqual(['CHOWN', 'IPC_LOCK']);
});
