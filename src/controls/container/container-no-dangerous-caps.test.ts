import { expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerNoDangerousCaps as control } from './container-no-dangerous-caps.ts';

const path = '/proc/412/status CapEff';
const sysAdmin = 1n << 21n;
const allOf = (mask: bigint) => known({ effective: mask, permitted: mask, bounding: mask }, 'kernel', path);
const sealed = known(true, 'kernel', '/proc/412/status NoNewPrivs');
const open = known(false, 'kernel', '/proc/412/status NoNewPrivs');

test.each(['SYS_ADMIN', 'sys_admin', 'CAP_SYS_ADMIN', 'cap_sys_admin'])('%s is found however it is written', (name) => {
  const verdict = judge(control, container({ capabilities: { add: ['CHOWN', name] } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('capabilities.add[1]');
  expect(verdict.message.en).toContain('SYS_ADMIN');
});

test('ALL is every dangerous one that is not dropped by name', () => {
  const verdict = judge(control, container({ capabilities: { add: ['ALL'], drop: ['SYS_ADMIN'] } }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'capabilities.add[0]' });
  expect(verdict.message.en).toContain('SYS_MODULE');
  expect(verdict.message.en).not.toContain('SYS_ADMIN');
});

test('the default set and harmless additions pass', () => {
  expect(judge(control, container({ capabilities: { drop: [] } })).status).toBe('pass');
  expect(judge(control, container({ capabilities: { add: ['NET_BIND_SERVICE', 'SYS_NICE'] } })).status).toBe('pass');
});

test('a privileged container has them all', () => {
  expect(judge(control, container({ privileged: true }))).toMatchObject({ status: 'fail', field: 'privileged' });
});

test('the kernel outranks the configuration, both ways', () => {
  const added = { capabilities: { add: ['SYS_ADMIN'] } };
  expect(judge(control, running({ capabilities: allOf(0n) }, added)).status).toBe('pass');
  const held = judge(control, running({ capabilities: allOf(sysAdmin) }));
  expect(held.status).toBe('fail');
  expect(held.evidence[0]?.source).toBe('kernel');
});

test('what is only in the bounding set is there for docker exec, whatever no_new_privs says', () => {
  const capabilities = known({ effective: 0n, permitted: 0n, bounding: sysAdmin }, 'kernel', path);
  for (const noNewPrivileges of [open, hidden, sealed]) {
    expect(judge(control, running({ capabilities, noNewPrivileges })).status).toBe('fail');
  }
});

test('what is permitted but not effective right now can be raised at any time', () => {
  const capabilities = known({ effective: 0n, permitted: sysAdmin, bounding: 0n }, 'kernel', path);
  expect(judge(control, running({ capabilities, noNewPrivileges: sealed })).status).toBe('fail');
});

test('an unreadable kernel leaves the configuration to decide', () => {
  const subject = running({ capabilities: hidden }, { capabilities: { add: ['BPF'] } });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', evidence: [{ source: 'engine-api' }, {}] });
});

test('a site may call a default capability dangerous, and its remedy drops it', () => {
  const parameters = { dangerous: ['cap_net_raw'] };
  const subject = container({ capabilities: { drop: ['MKNOD'] } });
  expect(judge(control, subject, { parameters }).status).toBe('fail');
  const mended = mend(subject, parameters);
  expect(mended.capabilities.drop).toEqual(['MKNOD', 'NET_RAW']);
  expect(judge(control, mended, { parameters }).status).toBe('pass');
});

test('the remedy keeps what is harmless, and ALL goes', () => {
  expect(mend(container({ capabilities: { add: ['CHOWN', 'CAP_BPF'] } })).capabilities.add).toEqual(['CHOWN']);
  const privileged = mend(container({ privileged: true, capabilities: { add: ['all'], drop: [] } }));
  expect(privileged).toMatchObject({ privileged: false, capabilities: { add: [], drop: [] } });
  expect(judge(control, privileged).status).toBe('pass');
});

function mend(subject: ContainerSpec, parameters?: { dangerous: string[] }): ContainerSpec {
  const remedy = control.remedy(subject, contextOf(control, parameters ? { parameters } : {}));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  return applySpecChange(subject, remedy.change);
}
