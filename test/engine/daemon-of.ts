import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type DaemonStart, readDaemonStart } from '../../src/fix/daemon-start.ts';
import { readMachine } from '../../src/sources/machine.ts';
import type { PrivateEngine } from './private-engine.ts';

/** How an engine's daemon would be started again. Throws where a fix would leave that to a person. */
export async function daemonStartOf(engine: PrivateEngine): Promise<DaemonStart> {
  const surroundings = { environment: {}, home: engine.folder };
  const { machine } = await readMachine({ address: { kind: 'unix', path: engine.socket }, surroundings });
  const start = readDaemonStart(machine.engine);
  if ('refused' in start) throw new Error(start.refused.en);
  return start;
}

/** Ends the daemon, and leaves everything else as it is. */
export async function endDaemonOf({ pid }: PrivateEngine): Promise<void> {
  process.kill(pid, 'SIGTERM');
  while (existsSync(`/proc/${pid}/exe`)) await pause(50);
}
