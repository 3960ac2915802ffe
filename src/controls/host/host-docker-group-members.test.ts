import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { FileStatus } from '../../model/host-file.ts';
import { applyHostChanges } from '../../model/host-change.ts';
import type { GroupAccount, HostFacts } from '../../model/host.ts';
import type { HostRemedy } from '../../model/remedy.ts';
import { hostCommands } from '../../remedy/dialects/host.ts';
import { hostDockerGroupMembers as control } from './host-docker-group-members.ts';

const docker: GroupAccount = { name: 'docker', gid: 999, members: [] };

function user(name: string, uid: number, gid: number) {
  return { name, uid, gid, home: `/home/${name}`, shell: '/bin/bash' };
}

function withSocket(change: Partial<FileStatus>): Pick<HostFacts, 'files'> {
  const socket: FileStatus = {
    path: '/run/docker.sock',
    realPath: '/run/docker.sock',
    kind: 'socket',
    uid: 0,
    gid: 999,
    mode: 0o660,
    ...change,
  };
  return { files: { ...host().files, 'engine-socket': known([socket], 'file', '/run/docker.sock') } };
}

/** A host with these groups, and these users beside root. */
function accounts(groups: readonly GroupAccount[], ...users: readonly ReturnType<typeof user>[]) {
  return { accounts: known({ users: [user('root', 0, 0), ...users], groups }, 'file' as const, '/etc/group') };
}

const withAnna = accounts([{ ...docker, members: ['anna'] }], user('anna', 1000, 1000));

test('every member is reported until somebody is allowed', () => {
  expect(judge(control, host(withAnna))).toMatchObject({
    status: 'fail',
    evidence: [{ value: ['/run/docker.sock group 999'] }, { path: '/etc/group', value: ['docker: anna'] }],
  });
  expect(judge(control, host(withAnna), { parameters: { allowed: ['anna'] } }).status).toBe('pass');
  expect(judge(control, host(withAnna), { parameters: { allowed: ['ann'] } }).status).toBe('fail');
});

test('docker-bench asks for the group called docker: the group of the socket counts, whatever its name', () => {
  const groups = [docker, { name: 'operators', gid: 1500, members: ['anna'] }];
  const subject = host({ ...accounts(groups, user('anna', 1000, 1000)), ...withSocket({ gid: 1500 }) });
  expect(judge(control, subject).status).toBe('fail');
  const unused = [
    { ...docker, members: ['anna'] },
    { name: 'operators', gid: 1500, members: [] },
  ];
  expect(judge(control, host({ ...accounts(unused), ...withSocket({ gid: 1500 }) })).status).toBe('pass');
});

test('a primary group, and a second line of the same group, count too', () => {
  const primary = host(accounts([docker], user('anna', 1000, 999)));
  expect(judge(control, primary).status).toBe('fail');
  expect(control.remedy(primary, contextOf(control))).toMatchObject({ commands: ['usermod --gid users anna'] });
  const twice = host(accounts([docker, { ...docker, name: 'engine', members: ['anna', 'ben'] }]));
  expect(judge(control, twice).status).toBe('fail');
  const remedy = control.remedy(twice, contextOf(control, { parameters: { allowed: ['ben'] } })) as HostRemedy;
  expect(remedy.changes).toEqual([{ kind: 'group', group: 'engine', remove: ['anna'], program: 'gpasswd' }]);
  expect(hostCommands(remedy.changes)).toEqual(['gpasswd --delete anna engine']);
});

test('who is in the group twice, or has it as the primary one as well, must leave it everywhere', () => {
  const both = host(accounts([{ ...docker, members: ['anna'] }], user('anna', 1000, 999)));
  expect(control.remedy(both, contextOf(control))).toMatchObject({
    kind: 'manual',
    commands: ['gpasswd --delete anna docker', 'usermod --gid users anna'],
  });
  const named = { ...docker, members: ['anna'] };
  const twice = host(accounts([named, { ...named, name: 'engine' }]));
  const { changes } = control.remedy(twice, contextOf(control)) as HostRemedy;
  expect(judge(control, applyHostChanges(twice, changes)).status).toBe('pass');
  expect(judge(control, applyHostChanges(twice, changes.slice(1))).status).toBe('fail');
});

test('on Alpine the remedy uses what Busybox has', () => {
  const distribution = known({ id: 'alpine', version: '3.22' }, 'file' as const, '/etc/os-release');
  const remedy = control.remedy(host({ ...withAnna, distribution }), contextOf(control)) as HostRemedy;
  expect(hostCommands(remedy.changes)).toEqual(['delgroup anna docker']);
});

test('root, and the owner of a rootless engine’s socket, have no more than before', () => {
  expect(judge(control, host(accounts([{ ...docker, members: ['root'] }]))).status).toBe('pass');
  const own = [{ name: 'anna', gid: 1000, members: [] }];
  const rootless = host({ ...accounts(own, user('anna', 1000, 1000)), ...withSocket({ uid: 1000, gid: 1000 }) });
  expect(judge(control, rootless).status).toBe('pass');
});

test('a group that may not write, or root’s own, is no question', () => {
  for (const change of [{ gid: 0 }, { mode: 0o600 }, { mode: 0o640 }]) {
    expect(judge(control, host({ ...withAnna, ...withSocket(change) })).status).toBe('not-applicable');
  }
  const none = { ...host().files, 'engine-socket': known([], 'file' as const, '/run/docker.sock') };
  expect(judge(control, host({ ...withAnna, files: none })).status).toBe('not-applicable');
});

test('a group that is kept elsewhere is unknown, and so is what cannot be read', () => {
  expect(judge(control, host(accounts([])))).toMatchObject({
    status: 'unknown',
    need: { en: 'look at the answer of getent group 999' },
  });
  expect(judge(control, host({ accounts: hidden })).status).toBe('unknown');
  expect(judge(control, host({ files: { ...host().files, 'engine-socket': hidden } })).status).toBe('unknown');
});
