import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, judge, machine } from '../../../test/subjects.ts';
import type { EngineFacts } from '../../model/engine.ts';
import type { HostFacts } from '../../model/host.ts';
import { hostWith, testOwners } from './file-access.fixture.ts';
import { hostFileDockerSockOwner as control } from './host-file-docker-sock-owner.ts';

const groups = [
  { name: 'docker', gid: 999, members: [] },
  { name: 'operators', gid: 500, members: [] },
];
const accounts: HostFacts['accounts'] = { ...host().accounts, known: true, value: { users: [], groups } };
const ofGroup = (gid: number, facts: Partial<HostFacts> = {}) => ({
  ...hostWith('engine-socket', { gid }),
  accounts,
  ...facts,
});
const told = (group: string | null, facts: Partial<EngineFacts> = {}) => ({
  machine: machine({ engine: engine({ group }, facts) }),
});

testOwners(control, 'engine-socket');

test('the group is docker, or the one that the engine is told, by name or by id', () => {
  expect(judge(control, ofGroup(999)).status).toBe('pass');
  expect(judge(control, ofGroup(999), { machine: undefined }).status).toBe('pass');
  expect(judge(control, ofGroup(500)).status).toBe('fail');
  expect(judge(control, ofGroup(500), told('operators')).status).toBe('pass');
  expect(judge(control, ofGroup(500), told('500')).status).toBe('pass');
  expect(judge(control, ofGroup(999), told('operators')).status).toBe('fail');
  expect(judge(control, ofGroup(999), told('')).status).toBe('fail');
  expect(judge(control, ofGroup(0), told('operators')).status).toBe('pass');
});

test('the remedy gives it to that group', () => {
  expect(control.remedy(ofGroup(999), contextOf(control, told('operators')))).toMatchObject({
    changes: [{ kind: 'owner', uid: 0, gid: 500 }],
  });
});

test('a group that cannot be told from the right one is unknown, unless it is another for sure', () => {
  expect(judge(control, ofGroup(999, { accounts: hidden })).status).toBe('unknown');
  expect(judge(control, ofGroup(0, { accounts: hidden })).status).toBe('pass');
  expect(judge(control, ofGroup(7000), told('directory')).status).toBe('unknown');
  expect(judge(control, ofGroup(500), told('directory')).status).toBe('fail');
  const hiddenSetting = told(null, { configuration: hidden });
  expect(judge(control, ofGroup(999), hiddenSetting).status).toBe('pass');
  expect(judge(control, ofGroup(500), hiddenSetting)).toMatchObject({ status: 'unknown', need: hidden.need });
  expect(judge(control, hostWith('engine-socket', { uid: 5, gid: 500 }), hiddenSetting).status).toBe('fail');
});

test('of Podman’s socket only root is the owner', () => {
  expect(judge(control, ofGroup(999), told(null, { kind: 'podman' })).status).toBe('fail');
});
