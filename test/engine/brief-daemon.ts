import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../src/model/json.ts';

export interface BriefDaemon {
  /** It came as far as to listen for calls. */
  readonly started: boolean;
  /** What it said last. */
  readonly message: string;
  /** As it was started: the program and its arguments. */
  readonly arguments: readonly string[];
}

const unmount = { program: 'umount', options: ['--lazy'] };

/** What it does to networks and packet filters goes with it. */
const ownNetwork = { program: 'unshare', options: ['--net'] };

/** How long a daemon may take to come up or to give up, milliseconds. */
const patience = 20_000;

/**
 * Starts a dockerd that has everything of its own, its network too, and ends it as soon as it listens. `FOLDER` in the
 * configuration is its folder. Switches of the network that the configuration does not set are off.
 */
export async function startBriefly(configuration: JsonObject, flags: readonly string[] = []): Promise<BriefDaemon> {
  const folder = mkdtempSync('/tmp/plimsoll-');
  const file = join(folder, 'daemon.json');
  writeFileSync(file, JSON.stringify(configuration).replaceAll('FOLDER', folder));
  const usual: Readonly<Record<string, string>> = {
    hosts: `--host=unix://${join(folder, 'docker.sock')}`,
    bridge: '--bridge=none',
    iptables: '--iptables=false',
    'ip-masq': '--ip-masq=false',
  };
  const options = [
    `--data-root=${join(folder, 'data')}`,
    `--exec-root=${join(folder, 'exec')}`,
    `--pidfile=${join(folder, 'pid')}`,
    `--config-file=${file}`,
    ...Object.entries(usual).flatMap(([key, flag]) => (Object.hasOwn(configuration, key) ? [] : [flag])),
    ...flags,
  ];
  const daemon = spawn(ownNetwork.program, [...ownNetwork.options, 'dockerd', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const ended = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  const listening = new Promise<void>((resolve) => {
    daemon.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('API listen on')) resolve();
    });
  });
  try {
    await Promise.race([ended, listening, pause(patience, undefined, { ref: false })]);
    const started = daemon.exitCode === null && log.includes('API listen on');
    return { started, message: log.trim().split('\n').at(-1) ?? '', arguments: ['dockerd', ...options] };
  } finally {
    if (daemon.exitCode === null && daemon.signalCode === null) {
      daemon.kill('SIGTERM');
      await Promise.race([ended, pause(10_000, undefined, { ref: false })]);
      if (daemon.exitCode === null && daemon.signalCode === null) daemon.kill('SIGKILL');
    }
    for (const mount of mountsBelow(folder)) execFileSync(unmount.program, [...unmount.options, mount]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function mountsBelow(folder: string): string[] {
  const targets = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  return targets.filter((target) => target.startsWith(`${folder}/`)).toReversed();
}
