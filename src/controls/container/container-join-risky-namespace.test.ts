import { expect, test } from 'vitest';
import { container, contextOf, exemplarEffective, judge, machine, running } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { containerJoinRiskyNamespace as control } from './container-join-risky-namespace.ts';

const judged = (other: ContainerSpec, change: SpecChange = { namespaces: { pid: 'container:agent' } }) =>
  judge(control, container(change), {
    machine: machine({ containers: [{ ...other, name: 'agent', id: 'a9'.repeat(32) }] }),
  });

test.each<[string, SpecChange]>([
  ['privileged', { privileged: true }],
  ['on the network of the host', { namespaces: { network: 'host' } }],
  ['in the UTS namespace of the host', { namespaces: { uts: 'host' } }],
])('joining one that is %s fails', (_, change) => {
  expect(judged(container(change))).toMatchObject({
    status: 'fail',
    field: 'namespaces.pid',
    evidence: [{ value: 'container:agent' }],
  });
});

test.each(['network', 'pid', 'ipc'])('the %s namespace is looked at, by name or id', (kind) => {
  const risky = container({ privileged: true });
  const id = `container:${'a9'.repeat(32)}`;
  expect(judged(risky, { namespaces: { [kind]: id } })).toMatchObject({ status: 'fail', field: `namespaces.${kind}` });
});

test('the kernel outranks the configuration of the other one', () => {
  const hosts = known({ link: 'pid:[4026531836]', host: true }, 'kernel', '/proc/7/ns/pid');
  const seen = running({ namespaces: { ...exemplarEffective.namespaces, pid: hosts } });
  expect(judged(seen).status).toBe('fail');
  expect(judged(running({}, { namespaces: { pid: 'host' } })).status).toBe('pass');
});

test('one that is kept from the host may be joined; its user namespace is nobody’s choice', () => {
  expect(judged(container()).status).toBe('pass');
  expect(judged(container({ namespaces: { user: 'host', cgroup: 'host' } })).status).toBe('pass');
});

test('without another one there is no question', () => {
  const risky = container({ privileged: true });
  expect(judged(risky, {}).status).toBe('not-applicable');
  expect(judged(risky, { namespaces: { pid: 'container:gone' } }).status).toBe('not-applicable');
  expect(judge(control, container({ namespaces: { pid: 'container:x' } }), { machine: undefined }).status).toBe(
    'not-applicable',
  );
  expect(control.remedy(container(), contextOf(control)).kind).toBe('manual');
});
