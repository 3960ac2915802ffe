import { expect, test } from 'vitest';
import { known } from '../../model/fact.ts';
import { hostDockerGroupMembers } from '../../controls/host/host-docker-group-members.ts';
import { host } from '../../../test/subjects.ts';
import { planGroupMembers } from './group-members.ts';
import { failureOf, type Files, hostFailure, planContext, written } from './host-plan.fixture.ts';

const user = (name: string, gid: number) => ({ name, uid: 1000, gid, home: '/', shell: '/bin/sh' });
const withMembers = (members: readonly string[], primary = 1000) =>
  host({
    accounts: known(
      { users: [user('anna', primary)], groups: [{ name: 'docker', gid: 999, members }] },
      'file',
      '/etc/group',
    ),
  });
const failure = failureOf(hostDockerGroupMembers, withMembers(['anna', 'ben']));

const files: Files = {
  '/etc/group': 'root:x:0:\ndocker:x:999:anna,ben\n',
  '/etc/gshadow': 'root:*::\ndocker:$6$salt$hash::anna,ben\n',
};

const plan = (change: Files = {}, invoker?: string) =>
  planGroupMembers([failure], planContext({ files: { ...files, ...change } }), invoker);

test('names go from both files, which keep their mode and owner', () => {
  const { actions, refused } = plan();
  expect(refused).toEqual([]);
  expect(actions).toMatchObject([
    {
      id: 'group-members',
      answers: [{ control: 'host-docker-group-members', subject: 'host' }],
      steps: [{ path: '/etc/group', after: { access: { mode: 0o640, uid: 0, gid: 4 } } }, { path: '/etc/gshadow' }],
    },
  ]);
  expect(actions[0]?.steps.map((step) => written(step as never))).toEqual([
    'root:x:0:\ndocker:x:999:\n',
    'root:*::\ndocker:$6$salt$hash::\n',
  ]);
  expect(actions[0]?.summary.en).toContain('until they end');
});

test('the diff shows names and no passwords', () => {
  expect(plan().actions[0]?.diff).toBe(
    '- /etc/group docker: anna,ben\n+ /etc/group docker:\n- /etc/gshadow docker: anna,ben\n+ /etc/gshadow docker:\n',
  );
});

test('without a gshadow there is one step', () => {
  const context = planContext({ files: { '/etc/group': files['/etc/group'] ?? '' } });
  expect(planGroupMembers([failure], context).actions[0]?.steps).toHaveLength(1);
});

test('who runs it, and what a directory service adds, is said', () => {
  expect(plan({}, 'ben').actions[0]?.summary.en).toContain('ben, who runs this');
  expect(plan({}, 'carl').actions[0]?.summary.en).not.toContain('who runs this');
  expect(plan({ '/etc/nsswitch.conf': 'group: files [!UNAVAIL=return] sss\n' }).actions[0]?.summary.en).toContain(
    'directory service',
  );
  expect(plan({ '/etc/nsswitch.conf': 'group: files systemd # ldap\n' }).actions[0]?.summary.en).not.toContain(
    'directory service',
  );
});

test('members whom the file does not name, and a file that is a link, are refused', () => {
  expect(plan({ '/etc/group': 'docker:x:999:anna\n+docker:::ben\n' })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: expect.stringContaining('docker: ben') } }],
  });
  expect(plan({ '/etc/gshadow': '->/srv/gshadow', '/srv/gshadow': '' })).toMatchObject({
    actions: [],
    refused: [{ reason: { en: expect.stringContaining('/etc/gshadow is a link') } }],
  });
});

test('a primary group is for a person to change', () => {
  const primary = failureOf(hostDockerGroupMembers, withMembers([], 999));
  expect(planGroupMembers([primary], planContext({ files }))).toMatchObject({
    actions: [],
    refused: [{ why: 'refused', commands: ['usermod --gid users anna'] }],
  });
});

test('other failures are left to others', () => {
  const other = hostFailure('host-x', []);
  expect(planGroupMembers([other], planContext({ files }))).toEqual({ actions: [], refused: [] });
});
