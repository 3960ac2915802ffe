import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Effect } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import { readIfPossible } from '../sources/host/file.ts';
import { systemFolders, systemProgram } from '../sources/host/system-program.ts';
import { ActionError } from './action-error.ts';
import { type DaemonStart, sharesNamespaces } from './daemon-start.ts';
import type { EngineControl } from './engine-control.ts';

/** How long a daemon may take to end and to answer again, milliseconds. Without live-restore it first stops its containers. */
const patience = { end: 90_000, answer: 60_000, reload: 1000, lastWords: 1000 };

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
  if (start === undefined) {
    // What does not run reads its configuration when somebody starts it.
    if (!(await engine.isUp())) return;
    throw new ActionError(notKnown);
  }
  if (effect.kind === 'reload-daemon') await reload(start);
  else await restart(start, engine);
}

async function reload(start: DaemonStart): Promise<void> {
  if (start.kind === 'systemd') await systemctl('reload', start.unit);
  // What does not run reads its configuration when it starts.
  else for (const pid of processesOf(start)) signal(pid, 'SIGHUP');
  // The signal only asks for it; what is written next must not be there before this is read.
  await pause(patience.reload);
}

/** A process that has ended meanwhile needs no signal. */
function signal(pid: number, name: 'SIGHUP' | 'SIGTERM'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function restart(start: DaemonStart, engine: EngineControl): Promise<void> {
  switch (start.kind) {
    case 'systemd':
      // A unit that failed several times in a row is not started again unless that is forgotten.
      await systemctl('reset-failed', start.unit).catch(() => undefined);
      await systemctl('restart', start.unit);
      break;
    case 'service':
      await run(start.program, [...start.words, 'restart']);
      break;
    case 'command':
      await runAgain(start);
  }
  await untilItAnswers(start, engine);
}

type Command = Extract<DaemonStart, { kind: 'command' }>;

async function runAgain(start: Command): Promise<void> {
  const { program, arguments: words, environment } = start;
  // Whatever could keep it from starting is found before it is ended.
  if (!existsSync(program)) throw new ActionError(programGone(program));
  const folder = existsSync(start.folder) ? start.folder : '/';
  const log = openLog(start.log);
  try {
    for (const pid of processesOf(start)) signal(pid, 'SIGTERM');
    await until(() => processesOf(start).length === 0, patience.end, notEnding);
    const child = spawn(program, words, { cwd: folder, env: environment, detached: true, stdio: ['ignore', log, log] });
    child.unref();
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
  } finally {
    if (typeof log === 'number') closeSync(log);
  }
}

/** A daemon whose messages cannot be kept any more is better than none. */
function openLog(path: string | undefined): number | 'ignore' {
  try {
    return path === undefined ? 'ignore' : openSync(path, 'a');
  } catch {
    return 'ignore';
  }
}

/** Processes of this user that were started with the very same words; not those in containers. */
function processesOf(start: DaemonStart): number[] {
  if (start.kind === 'systemd') return [];
  if (start.kind === 'service') {
    const pid = readIfPossible(start.pidFile)?.trim() ?? '';
    // The file may have outlived its process, and the number may be somebody else's by now.
    return /^[1-9]\d*$/.test(pid) && basename(commandOf(pid)[0] ?? '') === 'dockerd' ? [Number(pid)] : [];
  }
  const wanted = start.arguments.join('\0');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isStarted(name, start.program, wanted))
    .map(Number);
}

function isStarted(pid: string, program: string, wanted: string): boolean {
  const [first = '', ...rest] = commandOf(pid);
  return basename(first) === basename(program) && rest.join('\0') === wanted && isOwn(pid) && sharesNamespaces(pid);
}

function commandOf(pid: string): string[] {
  return (readIfPossible(`/proc/${pid}/cmdline`) ?? '').replace(/\0$/, '').split('\0');
}

function isOwn(pid: string): boolean {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid === process.geteuid?.();
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
  await run(program, words);
}

/**
 * Runs a program of the system to its end. What it starts inherits neither this process's environment, which is the
 * user's, nor its terminal, nor keeps this waiting by holding the output open.
 */
async function run(program: string, words: readonly string[]): Promise<void> {
  const command = [basename(program), ...words].join(' ');
  const child = spawn(program, words, {
    cwd: '/',
    env: { PATH: systemFolders.join(':') },
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-500);
  });
  const isClosed = new Promise((resolve) => {
    child.once('close', resolve);
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('exit', resolve);
      child.once('error', reject);
      timer = setTimeout(() => reject(new ActionError(slow(command))), patience.end + patience.answer);
    });
    if (code !== 0) {
      // What it wrote last can arrive after its end, and what it left running may hold the output open for ever.
      await Promise.race([isClosed, pause(patience.lastWords, undefined, { ref: false })]);
      throw new ActionError(refused(command, said.trim()));
    }
  } finally {
    clearTimeout(timer);
    child.stderr.destroy();
    child.unref();
  }
}

function refused(command: string, said: string): Text {
  return {
    en: `${command} failed${said === '' ? '' : `: ${said}`}`,
    zh: `${command} 执行失败${said === '' ? '' : `：${said}`}`,
  };
}

function slow(command: string): Text {
  return { en: `${command} did not end in time`, zh: `${command} 未能及时结束` };
}

function programGone(program: string): Text {
  return {
    en: `${program} is not there, so that the daemon could not be started again`,
    zh: `${program} 不存在，守护进程将无法重新启动`,
  };
}

const notKnown = { en: 'how the daemon is started is not known', zh: '不清楚守护进程的启动方式' };
const notEnding = { en: 'the daemon did not end in time', zh: '守护进程未能及时退出' };
const notBack = {
  en: 'the daemon did not come back with the new configuration',
  zh: '守护进程未能以新配置恢复运行',
};
const noSystemctl = { en: 'systemctl is not installed', zh: '未安装 systemctl' };
