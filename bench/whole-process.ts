import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One run of a program, from its start to its end. */
export interface Run {
  /** Milliseconds. */
  readonly took: number;
  /** The most memory that it held, MiB. */
  readonly memory: number;
}

/** The kernel's own record of the most memory, asked for again and again while the program runs. */
export async function timed(program: string, options: readonly string[], accepted: readonly number[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(program, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  let took = 0;
  let memory = 0;
  const watch = setInterval(() => {
    memory = Math.max(memory, peakOf(child.pid ?? 0));
  }, 50);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      took = performance.now() - started;
    });
    child.on('close', resolve);
  }).finally(() => clearInterval(watch));
  if (status === null || !accepted.includes(status)) {
    throw new Error(`${program} ended with ${status}:\n${Buffer.concat(said).toString('utf8').slice(-2000)}`);
  }
  return { took, memory };
}

function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    // It has ended.
    return 0;
  }
}

/** MiB that a script of Node held at most, as it knows itself at its end: in a run of its own, since asking costs time. */
export function peakOfScript(script: string, options: readonly string[]): number {
  const hook = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS))`;
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, script, ...options],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  return Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0) / 1024;
}
