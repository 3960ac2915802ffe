import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { engine, hidden, host, info } from '../../../test/subjects.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known, mapFact } from '../../model/fact.ts';
import type { FileStatus } from '../../model/host-file.ts';
import { readRunningPrograms } from './running-programs.ts';

function files(...paths: readonly string[]) {
  const all = paths.map((path): FileStatus => ({ path, realPath: path, kind: 'file', uid: 0, gid: 0, mode: 0o755 }));
  return known(all, 'file', paths[0] ?? '/usr/bin');
}

function hostWith(change: Partial<ReturnType<typeof host>['files']>) {
  const none = files();
  return host({
    files: {
      ...host().files,
      'engine-program': none,
      'containerd-program': none,
      'runc-program': none,
      ...change,
    },
    processes: known([], 'kernel', '/proc'),
  });
}

/** A program of that name that runs until the test is over. */
async function runningAs(name: string): Promise<{ readonly pid: number; readonly path: string }> {
  const folder = temporaryFolder();
  const path = join(folder.path, name);
  copyFileSync('/bin/sleep', path);
  chmodSync(path, 0o755);
  const child: ChildProcess = spawn(path, ['600'], { stdio: 'ignore' });
  onTestFinished(() => {
    child.kill('SIGKILL');
    folder[Symbol.dispose]();
  });
  const pid = child.pid ?? 0;
  // Until then it is still a copy of this process.
  while (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(path)) await pause(5);
  return { pid, path };
}

function engineAt(pid: number, change: Partial<EngineFacts> = {}): EngineFacts {
  return engine({}, { process: mapFact(engine().process, (before) => ({ ...before, pid })), ...change });
}

const absent = engine({}, { process: hidden });

test('the engine is the program that runs, under whatever path', async () => {
  const { pid, path } = await runningAs('dockerd');
  expect(readRunningPrograms(engineAt(pid), hostWith({ 'engine-program': files('/usr/bin/dockerd') }))).toEqual({
    programs: [{ part: 'engine', name: 'dockerd', path, file: `/proc/${pid}/exe`, replaced: false }],
    gaps: [],
  });
});

test('a program whose file is gone still runs as it was', async () => {
  const { pid, path } = await runningAs('dockerd');
  rmSync(path);
  expect(readRunningPrograms(engineAt(pid), hostWith({})).programs).toMatchObject([{ path, replaced: true }]);
});

test('what only passes on what the engine says is not the engine', () => {
  const { programs, gaps } = readRunningPrograms(
    engineAt(process.pid),
    hostWith({ 'engine-program': files(process.execPath) }),
  );
  expect(programs).toEqual([]);
  expect(gaps).toMatchObject([{ reason: { en: expect.stringContaining(basename(process.execPath)) } }]);
});

test('containerd is looked for among the processes first, each program once', async () => {
  const { pid, path } = await runningAs('containerd');
  const processes = known(
    [pid, pid, process.pid].map((each) => ({ pid: each, name: 'containerd', uid: 0 })),
    'kernel',
    '/proc',
  );
  const standing = hostWith({ 'containerd-program': files('/usr/bin/containerd') });
  const local = { ...absent, local: true };
  expect(readRunningPrograms(local, { ...standing, processes }).programs).toMatchObject([{ part: 'containerd', path }]);
  // Processes of this machine are not those of an engine elsewhere.
  expect(readRunningPrograms({ ...absent, local: false }, { ...standing, processes }).programs).toMatchObject([
    { part: 'containerd', path: '/usr/bin/containerd' },
  ]);
});

test('of programs of one name the first on the way is the one', () => {
  const both = hostWith({ 'runc-program': files('/usr/bin/runc', '/opt/runc/bin/runc', '/usr/local/bin/runc') });
  expect(readRunningPrograms(absent, both).programs).toMatchObject([{ path: '/usr/local/bin/runc' }]);
  const merged = hostWith({ 'runc-program': files('/opt/runc/bin/runc', '/sbin/runc') });
  expect(readRunningPrograms(absent, merged).programs).toMatchObject([{ path: '/sbin/runc' }]);
});

test('Podman has a runtime of its choice, and a monitor', () => {
  using folder = temporaryFolder({ 'usr/bin/conmon': '', 'usr/libexec/podman/conmon': '' });
  const podman = { ...absent, kind: 'podman' as const, info: info({ defaultRuntime: 'crun' }) };
  const both = hostWith({ 'runc-program': files('/usr/bin/runc', '/usr/bin/crun') });
  expect(readRunningPrograms(podman, both, folder.path).programs).toMatchObject([
    { part: 'runtime', name: 'crun' },
    { part: 'monitor', path: '/usr/libexec/podman/conmon', file: `${folder.path}/usr/libexec/podman/conmon` },
  ]);
  const unsaid = { ...podman, info: hidden };
  expect(readRunningPrograms(unsaid, both, folder.path).programs.map(({ name }) => name)).toEqual([
    'runc',
    'crun',
    'conmon',
  ]);
});

test('files that cannot be seen are told once', () => {
  const unseen = hostWith({ 'engine-program': hidden, 'containerd-program': hidden, 'runc-program': hidden });
  expect(readRunningPrograms(absent, unseen)).toEqual({ programs: [], gaps: [hidden] });
});
