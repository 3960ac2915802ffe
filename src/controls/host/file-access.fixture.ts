import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import type { Control } from '../../model/control.ts';
import { known, mapFact } from '../../model/fact.ts';
import { applyHostChanges } from '../../model/host-change.ts';
import type { FileStatus, HostFileRole } from '../../model/host-file.ts';
import type { HostFacts } from '../../model/host.ts';

type HostControl = Control<'host'>;

/** A host with these files of one role. */
export function hostWith(role: HostFileRole, ...files: readonly Partial<FileStatus>[]): HostFacts {
  const whole = files.map((file, index): FileStatus => {
    const path = file.path ?? `/etc/docker/${role}-${index}`;
    return { kind: 'file', uid: 0, gid: 0, mode: 0o400, path, realPath: file.path ?? `/srv${path}`, ...file };
  });
  return host({ files: { ...host().files, [role]: known(whole, 'file', '/etc') } });
}

/** The exemplary machine with an engine that an ordinary user runs. */
export const rootless = machine({
  engine: engine({}, { process: mapFact(engine().process, (before) => ({ ...before, uid: 1000 })) }),
});

/** What is the same for the owners of every role. */
export function testOwners(control: HostControl, role: HostFileRole): void {
  test.each([
    [1000, 0],
    [0, 1000],
    [100_000, 100_000],
  ])('the owner %i:%i is wrong, and the remedy gives it to root', (uid, gid) => {
    const subject = hostWith(role, {}, { uid, gid });
    expect(judge(control, subject)).toMatchObject({
      status: 'fail',
      evidence: [{ value: `${uid}:${gid}`, path: `/etc/docker/${role}-1 owner` }],
    });
    const remedy = control.remedy(subject, contextOf(control));
    const changes = remedy.kind === 'host' ? remedy.changes : [];
    expect(changes).toMatchObject([{ kind: 'owner', path: `/srv/etc/docker/${role}-1`, uid: 0 }]);
    expect(judge(control, applyHostChanges(subject, changes)).status).toBe('pass');
  });

  test('root owns it, or the user who runs a rootless engine', () => {
    expect(judge(control, hostWith(role, {}, {})).status).toBe('pass');
    const user = hostWith(role, { uid: 1000, gid: 1000 });
    expect(judge(control, user, { machine: rootless }).status).toBe('pass');
    const other = hostWith(role, { uid: 1001, gid: 1000 });
    expect(judge(control, other, { machine: rootless }).status).toBe('fail');
    expect(control.remedy(other, contextOf(control, { machine: rootless }))).toMatchObject({
      changes: [{ uid: 1000, gid: 1000 }],
    });
    expect(judge(control, user, { machine: undefined }).status).toBe('fail');
  });

  test('the user of a rootless engine that is not seen is unknown, and so is a group that is kept elsewhere', () => {
    const unseen = machine({
      engine: engine({}, { process: hidden, info: info({ securityOptions: ['name=rootless'] }) }),
    });
    const user = hostWith(role, { uid: 1000, gid: 1000 });
    expect(judge(control, user, { machine: unseen })).toMatchObject({ status: 'unknown', need: hidden.need });
    expect(judge(control, hostWith(role, {}), { machine: unseen }).status).toBe('pass');
    const ofDirectory = hostWith(role, { uid: 1000, gid: 100 });
    expect(judge(control, ofDirectory, { machine: rootless }).status).toBe('unknown');
    const anna = { name: 'anna', uid: 1000, gid: 1000, home: '/home/anna', shell: '/bin/sh' };
    const accounts = mapFact(host().accounts, ({ groups }) => ({ users: [anna], groups }));
    expect(judge(control, { ...ofDirectory, accounts }, { machine: rootless }).status).toBe('fail');
  });

  testAbsence(control, role);
}

/** What is the same for the modes of every role; `allowed` is the widest mode that is right. */
export function testModes(control: HostControl, role: HostFileRole, allowed: number): void {
  test('no bit beyond the widest mode: set-user-id and sticky bits count too', () => {
    expect(judge(control, hostWith(role, { mode: allowed })).status).toBe('pass');
    expect(judge(control, hostWith(role, { mode: 0 })).status).toBe('pass');
    for (let bit = 1; bit <= 0o4000; bit *= 2) {
      const status = (allowed & bit) === 0 ? 'fail' : 'pass';
      expect(judge(control, hostWith(role, { mode: bit })).status).toBe(status);
      expect(judge(control, hostWith(role, { mode: allowed | bit }, {})).status).toBe(status);
    }
  });

  test('docker-bench compares modes as decimal numbers: 0622 and 0577 fail', () => {
    for (const mode of [0o622, 0o577].filter((each) => (each & ~allowed) !== 0)) {
      expect(judge(control, hostWith(role, { mode })).status).toBe('fail');
    }
    expect([0o622, 0o577].some((mode) => (mode & ~allowed) !== 0)).toBe(true);
  });

  test('the remedy only takes rights away, behind links', () => {
    const subject = hostWith(role, { mode: 0o400 }, { mode: 0o4737, path: '/srv/open' });
    expect(judge(control, subject)).toMatchObject({ evidence: [{ path: '/srv/open mode', value: '4737' }] });
    const remedy = control.remedy(subject, contextOf(control));
    expect(remedy).toMatchObject({ kind: 'host', changes: [{ path: '/srv/open', mode: 0o737 & allowed }] });
    const changes = remedy.kind === 'host' ? remedy.changes : [];
    expect(judge(control, applyHostChanges(subject, changes)).status).toBe('pass');
  });

  testAbsence(control, role);
}

function testAbsence(control: HostControl, role: HostFileRole): void {
  test('what is not there is no question, what cannot be read is unknown', () => {
    expect(judge(control, hostWith(role)).status).toBe('not-applicable');
    const unreadable = host({ files: { ...host().files, [role]: hidden } });
    expect(judge(control, unreadable)).toMatchObject({ status: 'unknown', need: hidden.need });
  });
}
