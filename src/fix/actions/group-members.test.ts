import { expect, test } from 'vitest';
import { known } from '../../model/fact.ts';
import { hostDockerGroupMembers } from '../../controls/host/host-docker-group-members.ts';
import { host } from '../../../test/subjects.ts';
import { planGroupMembers } from './group-members.ts';
import { failureOf, type Files, hostFailure, namesOf, planContext, written } from './host-plan.fixture.ts';

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
  planGroupMembers([failure], planContext({ files: { ...files, ...change } }), invoker, () => []);

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

test('who administers the host by the same group is not locked out', () => {
  const rights: readonly (readonly [string, string])[] = [
    ['/etc/sudoers', '# %other\n%docker ALL=(ALL:ALL) ALL\n'],
    ['/etc/sudoers.d/operators', 'anna ALL=(ALL) ALL\n%docker ALL=(ALL) NOPASSWD: /usr/bin/systemctl\n'],
    ['/etc/doas.conf', '\npermit persist :docker\n'],
    ['/etc/ssh/sshd_config', '\nAllowGroups ssh docker\n'],
  ];
  for (const [path, text] of rights) {
    const all = { ...files, [path]: text };
    const { actions, refused } = planGroupMembers([failure], planContext({ files: all }), undefined, namesOf(all));
    expect(actions).toEqual([]);
    expect(refused).toMatchObject([{ why: 'refused', reason: { en: expect.stringContaining(`${path}:2`) } }]);
  }
  const others = { ...files, '/etc/sudoers': '#%docker ALL\n%docker-admins ALL=(ALL) ALL\n%sudo ALL=(ALL) ALL\n' };
  expect(planGroupMembers([failure], planContext({ files: others }), undefined, namesOf(others)).refused).toEqual([]);
});

test('the group of administrators itself stays as it is', () => {
  const change = { kind: 'group', group: 'wheel', remove: ['anna'], program: 'gpasswd' } as const;
  const wheel = hostFailure('host-docker-group-members', [change]);
  const { actions, refused } = planGroupMembers([wheel], planContext({ files: { '/etc/group': 'wheel:x:10:anna\n' } }));
  expect(actions).toEqual([]);
  expect(refused[0]?.reason.en).toContain('wheel');
});

test('a file that only root may read is no crash', () => {
  const context = planContext({ files });
  const file: typeof context.file = (path) => {
    if (path === '/etc/gshadow') throw Object.assign(new Error('no'), { code: 'EACCES' });
    return context.file(path);
  };
  const { refused } = planGroupMembers([failure], { ...context, file });
  expect(refused[0]?.reason.en).toContain('/etc/gshadow cannot be read (EACCES)');
});
