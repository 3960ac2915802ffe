import { expect, test } from 'vitest';
import { container, contextOf, exemplarEffective, judge, machine, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { networkNoHostMode as control } from './network-no-host-mode.ts';

test("the host's namespace fails at its field", () => {
  const subject = container({ namespaces: { network: 'host' } });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'namespaces.network' });
});

test.each([null, '', 'default', 'bridge', 'none', 'shop', 'hosts', 'slirp4netns'])('the mode %j passes', (network) => {
  expect(judge(control, container({ namespaces: { network } })).status).toBe('pass');
});

test('the kernel is asked about this namespace, and outranks the configuration', () => {
  const hosts = known({ link: 'net:[4026531840]', host: true }, 'kernel', '/proc/412/ns/net');
  const { namespaces } = exemplarEffective;
  expect(judge(control, running({ namespaces: { ...namespaces, network: hosts } })).status).toBe('fail');
  expect(judge(control, running({ namespaces: { ...namespaces, pid: hosts } })).status).toBe('pass');
  expect(judge(control, running({}, { namespaces: { network: 'host' } })).status).toBe('pass');
});

test('a container that joins one in the host mode is in it too', () => {
  const joining = container({ namespaces: { network: 'container:proxy' } });
  const proxy = { ...container({ namespaces: { network: 'host' } }), name: 'proxy' };
  expect(judge(control, joining, { machine: machine({ containers: [proxy] }) }).status).toBe('fail');
  expect(judge(control, joining, { machine: undefined }).status).toBe('pass');
});

test('the remedy keeps the other namespaces and networks', () => {
  const subject = container({ namespaces: { network: 'host', pid: 'private' } });
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  const { namespaces, networks } = applySpecChange(subject, remedy.change);
  expect(namespaces).toEqual({ ipc: 'private', cgroup: 'private', pid: 'private' });
  expect(networks).toEqual(['shop']);
});
