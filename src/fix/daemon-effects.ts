import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Effect } from '../model/plan.ts';
import { readIfPossible } from '../sources/host/file.ts';
import { systemProgram } from '../sources/host/system-program.ts';
import { ActionError } from './action-error.ts';
import type { DaemonStart } from './daemon-start.ts';
import type { EngineControl } from './engine-control.ts';

const run = promisify(execFile);

/** How long a daemon may take to end and to answer again, milliseconds. Without live-restore it first stops its containers. */
const patience = { end: 90_000, answer: 60_000 };

/** Makes changed configuration count, for one daemon. Throws when it does not come back. */
export async function takeDaemonEffect(
  effect: Effect,
  start: DaemonStart | undefined,
  engine: EngineControl,
): Promise<void> {
  if (effect.kind === 'reload-units' || (effect.kind === 'restart-daemon' && effect.reloadUnits)) {
    await systemctl('daemon-reload');
  }
  if (effect.kind === 'reload-units') return;
  if (start === undefined) throw new ActionError(notKnown);
  if (effect.kind === 'reload-daemon') await reload(start);
  else await restart(start, engine);
}

async function reload(start: DaemonStart): Promise<void> {
  if (start.kind === 'systemd') {
    await systemctl('reload', start.unit);
    return;
  }
  const running = processesOf(start);
  // What does not run reads its configuration when it starts.
  for (const pid of running) process.kill(pid, 'SIGHUP');
}

async function restart(start: DaemonStart, engine: EngineControl): Promise<void> {
  switch (start.kind) {
    case 'systemd':
      // A unit that failed several times in a row is not started again unless that is forgotten.
      await systemctl('reset-failed', start.unit).catch(() => undefined);
      await systemctl('restart', start.unit);
      break;
    case 'service':
      await run(start.program, [...start.words, 'restart'], { timeout: patience.end });
      break;
    case 'command':
      await runAgain(start);
  }
  await untilItAnswers(start, engine);
}

type Command = Extract<DaemonStart, { kind: 'command' }>;

async function runAgain(start: Command): Promise<void> {
  for (const pid of processesOf(start)) process.kill(pid, 'SIGTERM');
  await until(() => processesOf(start).length === 0, patience.end, notEnding);
  const log = start.log === undefined ? 'ignore' : openSync(start.log, 'a');
  const { program, arguments: words, folder, environment } = start;
  const child = spawn(program, words, { cwd: folder, env: environment, detached: true, stdio: ['ignore', log, log] });
  child.unref();
  if (typeof log === 'number') closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

/** Processes that were started with the very same words. */
function processesOf(start: DaemonStart): number[] {
  if (start.kind === 'systemd') return [];
  if (start.kind === 'service') {
    const pid = Number(readIfPossible(start.pidFile)?.trim());
    return Number.isInteger(pid) && pid > 1 && readIfPossible(`/proc/${pid}/stat`) !== undefined ? [pid] : [];
  }
  const wanted = start.arguments.join('\0');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isStarted(name, start.program, wanted))
    .map(Number);
}

function isStarted(pid: string, program: string, wanted: string): boolean {
  const [first = '', ...rest] = (readIfPossible(`/proc/${pid}/cmdline`) ?? '').replace(/\0$/, '').split('\0');
  return basename(first) === basename(program) && rest.join('\0') === wanted;
}

async function untilItAnswers(start: DaemonStart, engine: EngineControl): Promise<void> {
  const deadline = Date.now() + patience.answer;
  for (;;) {
    if (await engine.isUp()) return;
    const hasEnded = start.kind === 'command' && processesOf(start).length === 0;
    if (hasEnded || Date.now() > deadline) throw new ActionError(notBack);
    await pause(100);
  }
}

async function until(holds: () => boolean, limit: number, failure: ActionError['text']): Promise<void> {
  const deadline = Date.now() + limit;
  while (!holds()) {
    if (Date.now() > deadline) throw new ActionError(failure);
    await pause(50);
  }
}

async function systemctl(...words: readonly string[]): Promise<void> {
  const program = systemProgram('systemctl');
  if (program === undefined) throw new ActionError(noSystemctl);
  await run(program, [...words], { timeout: patience.end });
}

const notKnown = { en: 'how the daemon is started is not known', zh: '不清楚守护进程的启动方式' };
const notEnding = { en: 'the daemon did not end in time', zh: '守护进程未能及时退出' };
const notBack = {
  en: 'the daemon did not come back with the new configuration',
  zh: '守护进程未能以新配置恢复运行',
};
const noSystemctl = { en: 'systemctl is not installed', zh: '未安装 systemctl' };
