import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, judge, machine, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { networkNoRawSockets as control } from './network-no-raw-sockets.ts';

const netRaw = 1n << 13n;
const holding = (effective: bigint, bounding = effective) =>
  known({ effective, permitted: effective, bounding }, 'kernel', '/proc/412/status CapEff');

test.each<[SpecChange, string]>([
  [{ capabilities: { drop: [] } }, 'capabilities.drop'],
  [{ capabilities: { drop: ['MKNOD'] } }, 'capabilities.drop'],
  [{ capabilities: { drop: ['NET_RAW'], add: ['CHOWN', 'NET_RAW'] } }, 'capabilities.add[1]'],
  [{ capabilities: { drop: ['ALL'], add: ['cap_net_raw'] } }, 'capabilities.add[0]'],
  [{ capabilities: { drop: [], add: ['ALL'] } }, 'capabilities.add[0]'],
  [{ privileged: true }, 'privileged'],
])('%j gives it', (change, field) => {
  expect(judge(control, container(change))).toMatchObject({ status: 'fail', field });
});

test.each<SpecChange>([
  { capabilities: { drop: ['ALL'] } },
  { capabilities: { drop: ['net_raw'] } },
  { capabilities: { drop: ['CAP_NET_RAW'], add: ['CHOWN'] } },
  { capabilities: { drop: ['NET_RAW'], add: ['ALL'] } },
])('%j does not', (change) => {
  expect(judge(control, container(change)).status).toBe('pass');
});

test('the kernel outranks the configuration, both ways, and its upper limit counts', () => {
  expect(judge(control, running({ capabilities: holding(0n) }, { capabilities: { drop: [] } })).status).toBe('pass');
  expect(judge(control, running({ capabilities: holding(netRaw) })).status).toBe('fail');
  expect(judge(control, running({ capabilities: holding(0n, netRaw) })).status).toBe('fail');
  expect(judge(control, running({ capabilities: holding(netRaw >> 1n) })).status).toBe('pass');
  expect(judge(control, running({ capabilities: hidden }, { capabilities: { drop: [] } })).status).toBe('fail');
});

test('Podman gives it only where it is asked to', () => {
  const podman = { machine: machine({ engine: { ...engine(), kind: 'podman' } }) };
  const unasked = { capabilities: { drop: [] } };
  expect(judge(control, container(unasked), podman).status).toBe('pass');
  expect(judge(control, running({ capabilities: holding(netRaw) }, unasked), podman).status).toBe('fail');
  expect(judge(control, container({ capabilities: { add: ['NET_RAW'] } }), podman).status).toBe('fail');
  expect(judge(control, container({ privileged: true }), podman).status).toBe('fail');
});

test.each<SpecChange>([
  { capabilities: { drop: ['MKNOD'] } },
  { capabilities: { drop: ['ALL'], add: ['NET_RAW', 'CHOWN'] } },
  { privileged: true, capabilities: { drop: [] } },
])('%j is mended', (change) => {
  const remedy = control.remedy(container(change), contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  expect(judge(control, applySpecChange(container(change), remedy.change)).status).toBe('pass');
});
