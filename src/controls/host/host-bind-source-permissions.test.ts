import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, host, info, judge, machine, running } from '../../../test/subjects.ts';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { applyHostChanges } from '../../model/host-change.ts';
import type { FileStatus } from '../../model/host-file.ts';
import { hostBindSourcePermissions as control } from './host-bind-source-permissions.ts';

function hostWith(...files: readonly Partial<FileStatus>[]) {
  const whole = files.map((file): FileStatus => {
    const path = file.path ?? '/srv/shop';
    return { path, realPath: path, kind: 'folder', uid: 0, gid: 0, mode: 0o755, ...file };
  });
  return host({
    bindSources: known(Object.fromEntries(whole.map((file) => [file.path, file])), 'file', 'bind mounts'),
  });
}

const bind = (hostPath: string, readOnly = false): Mount => ({
  kind: 'bind',
  source: hostPath,
  hostPath,
  target: '/srv',
  readOnly,
  options: {},
});
const unmapped = engine({}, { info: info({ securityOptions: [] }) });
const machineOf = (...containers: readonly ContainerSpec[]) => machine({ containers, engine: unmapped });
const reader = (user: string) => container({ user, mounts: [bind('/srv/shop', true)] });
const writer = (user: string) => container({ user, mounts: [bind('/srv/shop')] });

test.each([
  ['a folder that everybody can write to', { mode: 0o777 }, 'fail'],
  ['one with the sticky bit', { mode: 0o1777 }, 'pass'],
  ['a file with it, which means nothing there', { mode: 0o1666, kind: 'file' }, 'fail'],
  ['a file that everybody can write to', { mode: 0o602, kind: 'file' }, 'fail'],
  ['a group that can write', { mode: 0o775 }, 'pass'],
  ['a socket', { mode: 0o777, kind: 'socket' }, 'not-applicable'],
  ['a device', { mode: 0o666, kind: 'other' }, 'not-applicable'],
  ['what the kernel shows', { mode: 0o777, path: '/sys/fs/cgroup' }, 'not-applicable'],
] as const)('%s: %j %s', (_, file, status) => {
  expect(judge(control, hostWith(file)).status).toBe(status);
});

test('one finding, the worst named first, each with its mode', () => {
  const subject = hostWith({ path: '/srv/a', mode: 0o755 }, { path: '/srv/b', mode: 0o757, uid: 5 });
  const parameters = { privateRootData: true };
  expect(judge(control, subject, { parameters }).evidence).toEqual([
    { source: 'file', path: '/srv/b mode', value: '0757 5:0' },
    { source: 'file', path: '/srv/a mode', value: '0755 0:0' },
  ]);
  expect(judge(control, subject, { parameters: { exceptions: ['/srv/b'] } }).status).toBe('pass');
  expect(judge(control, hostWith({ mode: 0o750 }), { parameters }).status).toBe('pass');
});

test('what the engine itself mounts is not asked about', () => {
  const path = `/var/lib/docker/containers/${container().id}/hosts`;
  const own = machineOf(container({ mounts: [bind(path)] }));
  expect(judge(control, hostWith({ path, mode: 0o777 }), { machine: own }).status).toBe('not-applicable');
});

test('on request what a container writes belongs to the user who works in it', () => {
  const parameters = { ownedByUser: true };
  const judged = (user: string) =>
    judge(control, hostWith({}), { machine: machineOf(writer(user)), parameters }).status;
  expect(judged('10001:10001')).toBe('fail');
  expect(judged('0')).toBe('pass');
  expect(judged('web')).toBe('pass');
  expect(judge(control, hostWith({}), { machine: machineOf(writer('10001')) }).status).toBe('pass');
  const subject = hostWith({});
  const context = contextOf(control, { machine: machineOf(writer('10001')), parameters });
  expect(control.remedy(subject, context)).toMatchObject({ changes: [{ kind: 'owner', uid: 10001, gid: 0 }] });
});

test('the remedy takes the right away, and gives the folder to the container that writes there', () => {
  const subject = hostWith({ mode: 0o2777 });
  const mended = (...containers: readonly ContainerSpec[]) => {
    const remedy = control.remedy(subject, contextOf(control, { machine: machineOf(...containers) }));
    const changes = remedy.kind === 'host' ? remedy.changes : [];
    if (remedy.kind !== 'host') return remedy.kind;
    return judge(control, applyHostChanges(subject, changes)).status === 'pass' ? changes : 'not mended';
  };
  const close = { kind: 'mode', path: '/srv/shop', mode: 0o2775 };
  expect(mended()).toEqual([close]);
  expect(mended(writer('0'))).toEqual([close]);
  expect(mended(container({ user: 'web', mounts: [bind('/srv/shop', true)] }))).toEqual([close]);
  expect(mended(writer('10001:7'))).toEqual([{ kind: 'owner', path: '/srv/shop', uid: 10001, gid: 7 }, close]);
  expect(mended(running({}, { user: 'web', mounts: [bind('/srv/shop')] }))).toMatchObject([{ uid: 110001 }, close]);
  expect(mended(writer('web'))).toBe('manual');
  expect(mended(writer('1'), writer('2'))).toBe('manual');
});

/** What would be changed, or that it is left to a person. */
function remedyOf(file: Partial<FileStatus>, spec: ContainerSpec, parameters = {}) {
  const remedy = control.remedy(hostWith(file), contextOf(control, { machine: machineOf(spec), parameters }));
  return remedy.kind === 'host' ? remedy.changes : remedy.kind;
}

test('the remedy is for a person where it would take the folder from its user, or reading from a container', () => {
  expect(remedyOf({ mode: 0o777, uid: 1000 }, writer('10001'))).toBe('manual');
  expect(remedyOf({ mode: 0o777, uid: 1000 }, writer('1000'))).toMatchObject([{ kind: 'mode', mode: 0o775 }]);
  expect(remedyOf({ mode: 0o777, uid: 1000 }, writer('0'))).toMatchObject([{ kind: 'mode', mode: 0o775 }]);
  expect(remedyOf({ mode: 0o777 }, reader('10001'))).toMatchObject([{ kind: 'mode', mode: 0o775 }]);
  const parameters = { privateRootData: true };
  expect(remedyOf({}, reader('10001'), parameters)).toBe('manual');
  expect(remedyOf({}, reader('web'), parameters)).toBe('manual');
  expect(remedyOf({}, reader('0'), parameters)).toMatchObject([{ kind: 'mode', mode: 0o750 }]);
});

test('with remapped users a number in the configuration is nobody on the host', () => {
  const context = contextOf(control, { machine: machine({ containers: [writer('10001')] }) });
  expect(control.remedy(hostWith({ mode: 0o777 }), context).kind).toBe('manual');
});

test('unknown where files may not be looked at, or where containers could not be asked for', () => {
  expect(judge(control, host({ bindSources: hidden })).status).toBe('unknown');
  const silent = machine({ containers: [], engine: engine({}, { info: hidden }) });
  expect(judge(control, host(), { machine: silent }).status).toBe('unknown');
  const counted = machine({ containers: [], engine: engine({}, { info: info({ containers: 3 }) }) });
  expect(judge(control, host(), { machine: counted }).status).toBe('unknown');
  expect(judge(control, host()).status).toBe('not-applicable');
});
