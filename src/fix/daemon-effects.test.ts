import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { takeDaemonEffect } from './daemon-effects.ts';
import type { DaemonStart } from './daemon-start.ts';
import type { EngineControl } from './engine-control.ts';

const restart = { kind: 'restart-daemon', reloadUnits: false } as const;

function engine(isUp: boolean): EngineControl {
  return { get: async () => null, post: async () => null, remove: async () => {}, isUp: async () => isUp, close() {} };
}

function service(folder: string, script: string): DaemonStart {
  const program = join(folder, 'docker');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return { kind: 'service', program, words: [], pidFile: join(folder, 'pid') };
}

test('a daemon that nobody knows how to start is restarted by nobody, unless it is down anyway', async () => {
  await expect(takeDaemonEffect(restart, undefined, engine(true))).rejects.toThrow('how the daemon is started');
  await takeDaemonEffect(restart, undefined, engine(false));
});

test("a script is not given the user's environment, and is not waited for by what it leaves running", async () => {
  using folder = temporaryFolder();
  process.env['PLIMSOLL_TEST_VALUE'] = 'of the user';
  const start = service(
    folder.path,
    `env > ${folder.path}/env; echo "$1" > ${folder.path}/word; sleep 30 & echo $! > ${folder.path}/left`,
  );
  await takeDaemonEffect(restart, start, engine(true));
  delete process.env['PLIMSOLL_TEST_VALUE'];
  const left = Number(readFileSync(join(folder.path, 'left'), 'utf8'));
  expect(process.kill(left, 'SIGKILL')).toBe(true);
  expect(readFileSync(join(folder.path, 'word'), 'utf8')).toBe('restart\n');
  expect(readFileSync(join(folder.path, 'env'), 'utf8')).toMatch(/^PATH=/m);
  expect(readFileSync(join(folder.path, 'env'), 'utf8')).not.toContain('of the user');
});

test('a script that fails says why', async () => {
  using folder = temporaryFolder();
  const start = service(folder.path, 'echo "no such option: icc" >&2; exit 3');
  await expect(takeDaemonEffect(restart, start, engine(true))).rejects.toThrow(
    'docker restart failed: no such option: icc',
  );
});

test('a number that has become another process’s is not signalled', async () => {
  using folder = temporaryFolder();
  const other = spawn('sleep', ['30'], { stdio: 'ignore' });
  const start = service(folder.path, '');
  writeFileSync(join(folder.path, 'pid'), `${other.pid}\n`);
  await takeDaemonEffect({ kind: 'reload-daemon' }, start, engine(true));
  expect([other.exitCode, other.signalCode]).toEqual([null, null]);
  other.kill('SIGKILL');
});

test('a program that is not there any more is not ended to be started again', async () => {
  const other = spawn('sleep', ['31.5'], { stdio: 'ignore' });
  const start = {
    kind: 'command',
    program: '/nowhere/sleep',
    arguments: ['31.5'],
    folder: '/',
    environment: {},
  } as const;
  await expect(takeDaemonEffect(restart, start, engine(true))).rejects.toThrow('/nowhere/sleep is not there');
  expect([other.exitCode, other.signalCode]).toEqual([null, null]);
  other.kill('SIGKILL');
});
