import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { expect, inject } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export const program = inject('program');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  /** Besides a path, a home of its own and an English locale. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** The number of the user to run as; only root may choose. */
  readonly user?: number;
  /** What comes on standard input; nothing does if absent. */
  readonly input?: string | Uint8Array;
  /** Whoever reads standard output goes away before there is any. */
  readonly closedOutput?: boolean;
}

/** A slow machine is told how far a run has come. */
const progress = /^(?:reading \w+|fetching [^\n]+|正在读取\S*|正在获取 [^\n]+) \d+(?:\/\d+)?(?: MB)?\n/gm;

/** Runs the built program as a process of its own, as a user would, and never with a stack trace. */
export async function plimsoll(argumentsList: readonly string[], circumstances: Circumstances = {}): Promise<Run> {
  const { environment, user } = circumstances;
  using home = temporaryFolder();
  const child = spawn(process.execPath, [program, ...argumentsList], {
    cwd: circumstances.folder ?? (user === undefined ? home.path : '/'),
    env: { PATH: process.env.PATH, HOME: home.path, LC_ALL: 'C.UTF-8', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  // It may end before it has read all of it.
  child.stdin.on('error', () => undefined).end(circumstances.input);
  if (circumstances.closedOutput) child.stdout.destroy();
  // As bytes: a decoder of streams would take a byte-order mark away.
  const output = circumstances.closedOutput ? Buffer.alloc(0) : buffer(child.stdout);
  const outputs = await Promise.all([buffer(child.stderr), output, once(child, 'close')]);
  const [stderr, stdout, [code]] = [outputs[0].toString().replaceAll(progress, ''), outputs[1].toString(), outputs[2]];
  expect(stderr).not.toMatch(/^\s+at |node:internal|Node\.js v\d|fault of Plimsoll/m);
  return { code: code as number | null, stdout, stderr };
}

/** The report of an audit as a program reads it. */
export async function auditJson(argumentsList: readonly string[], circumstances: Circumstances = {}) {
  const run = await plimsoll(['audit', '--format', 'json', ...argumentsList], circumstances);
  if (run.stdout === '') throw new Error(`no report: ${run.stderr}`);
  return { ...run, report: JSON.parse(run.stdout) as Report };
}
