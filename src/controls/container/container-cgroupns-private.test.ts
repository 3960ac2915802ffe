import { expect, test } from 'vitest';
import {
  container,
  contextOf,
  exemplarEffective,
  hidden,
  host,
  judge,
  machine,
  running,
} from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerCgroupnsPrivate as control } from './container-cgroupns-private.ts';

const shared = container({ namespaces: { cgroup: 'host' } });
const { namespaces } = exemplarEffective;
const hosts = known({ link: 'cgroup:[4026531835]', host: true }, 'kernel', '/proc/412/ns/cgroup');

test('the namespace of the host fails at its field, and the remedy gives one of its own', () => {
  expect(judge(control, shared)).toMatchObject({ status: 'fail', field: 'namespaces.cgroup' });
  const remedy = control.remedy(shared, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  expect(judge(control, applySpecChange(shared, remedy.change)).status).toBe('pass');
});

test.each([null, '', 'private'])('the mode %j passes', (cgroup) => {
  expect(judge(control, container({ namespaces: { cgroup } })).status).toBe('pass');
});

test('the kernel outranks the configuration', () => {
  expect(judge(control, running({ namespaces: { ...namespaces, cgroup: hosts } })).status).toBe('fail');
  expect(judge(control, running({}, { namespaces: { cgroup: 'host' } })).status).toBe('pass');
  const unseen = { namespaces: { ...namespaces, cgroup: hidden } };
  expect(judge(control, running(unseen, { namespaces: { cgroup: 'host' } })).status).toBe('fail');
});

test('for version 1 of control groups it is no question; without a host it is one', () => {
  const old = machine({ host: host({ cgroupVersion: known(1, 'kernel', '/sys/fs/cgroup') }) });
  expect(judge(control, shared, { machine: old }).status).toBe('not-applicable');
  expect(judge(control, shared, { machine: undefined }).status).toBe('fail');
  expect(judge(control, shared, { machine: machine({ host: host({ cgroupVersion: hidden }) }) }).status).toBe('fail');
});
