import { expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import { defaultCapabilities } from '../../model/capability.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerCapsDropped as control } from './container-caps-dropped.ts';

const bounding = (mask: bigint) =>
  known({ effective: 0n, permitted: 0n, bounding: mask }, 'kernel', '/proc/412/status CapEff');
const netBindService = 1n << 10n;

test.each(['ALL', 'all', 'CAP_ALL'])('dropping %s passes', (all) => {
  expect(judge(control, container({ capabilities: { drop: [all] } })).status).toBe('pass');
});

test('what is added back by name is asked for, however it is written', () => {
  const capabilities = { add: ['net_bind_service', 'CAP_CHOWN'], drop: ['ALL'] };
  expect(judge(control, container({ capabilities })).status).toBe('pass');
});

test('dropping some keeps the rest of the default set', () => {
  const verdict = judge(control, container({ capabilities: { drop: ['NET_RAW', 'MKNOD'] } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('capabilities.drop');
  expect(verdict.message.en).toContain('SETUID');
  expect(verdict.message.en).not.toContain('NET_RAW');
});

// The catalogue asks for the word ALL; the engine gives the same empty set to a container that names them all.
test('dropping every default by name comes to the same', () => {
  expect(judge(control, container({ capabilities: { drop: defaultCapabilities } })).status).toBe('pass');
});

test('adding ALL undoes dropping ALL, as it does in the engine', () => {
  const both = container({ capabilities: { add: ['ALL'], drop: ['ALL'] } });
  expect(judge(control, both)).toMatchObject({ status: 'fail', field: 'capabilities.add[0]' });
  const subject = container({ capabilities: { add: ['CHOWN', 'all'], drop: [] } });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'capabilities.add[1]' });
  expect(applySpecChange(subject, changeOf(subject)).capabilities).toEqual({ add: ['CHOWN'], drop: ['ALL'] });
});

test('a privileged container drops nothing, whatever it says', () => {
  const subject = container({ privileged: true });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'privileged' });
  expect(judge(control, applySpecChange(subject, changeOf(subject))).status).toBe('pass');
});

test('the bounding set outranks the configuration, both ways', () => {
  const dropped = running({ capabilities: bounding(0n) }, { capabilities: { drop: [] } });
  expect(judge(control, dropped).status).toBe('pass');
  const held = judge(control, running({ capabilities: bounding(0xa80425fbn) }));
  expect(held.status).toBe('fail');
  expect(held.evidence[0]).toMatchObject({ source: 'kernel', path: '/proc/412/status CapBnd' });
});

test('a process that is not root has an empty effective set; that is not the same as dropped', () => {
  const subject = running({ capabilities: bounding(0xa80425fbn) }, { capabilities: { drop: [] } });
  expect(judge(control, subject).status).toBe('fail');
});

test('the kernel may show what is added by name', () => {
  const capabilities = { add: ['CAP_NET_BIND_SERVICE'], drop: ['ALL'] };
  expect(judge(control, running({ capabilities: bounding(netBindService) }, { capabilities })).status).toBe('pass');
  expect(judge(control, running({ capabilities: bounding(netBindService) })).status).toBe('fail');
});

test('an unreadable kernel leaves the configuration to decide', () => {
  expect(judge(control, running({ capabilities: hidden })).evidence[0]?.source).toBe('engine-api');
});

function changeOf(subject: ReturnType<typeof container>) {
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  return remedy.change;
}
