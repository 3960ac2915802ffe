import { accessSync, constants, existsSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { EngineFacts } from '../model/engine.ts';
import type { Text } from '../model/text.ts';
import { readIfPossible } from '../sources/host/file.ts';
import { systemProgram } from '../sources/host/system-program.ts';

/** How a daemon is started again. */
export type DaemonStart =
  | { readonly kind: 'systemd'; readonly unit: string }
  /** A script in `/etc/init.d`, or OpenRC's: the program, and the words that come before `restart`. */
  | { readonly kind: 'service'; readonly program: string; readonly words: readonly string[]; readonly pidFile: string }
  /** Somebody ran it: it is ended, and run again in the same way. */
  | {
      readonly kind: 'command';
      readonly program: string;
      readonly arguments: readonly string[];
      readonly folder: string;
      readonly environment: Readonly<Record<string, string>>;
      /** The file that its messages are appended to; absent where they cannot be kept. */
      readonly log?: string;
    };

/** How this engine's daemon would be started again, or why a fix must leave that to a person. */
export function readDaemonStart(engine: EngineFacts): DaemonStart | { readonly refused: Text } {
  if (engine.kind === 'podman') return { refused: podman };
  if (!engine.local || !engine.process.known) return { refused: outOfSight };
  const { pid, uid } = engine.process.value;
  if (uid !== 0) return { refused: rootless };
  if (engine.units.known && engine.units.value !== null) {
    const unit = engine.units.value.name;
    if (unit.startsWith('snap.')) return { refused: snap };
    return existsSync('/run/systemd/system') && systemProgram('systemctl')
      ? { kind: 'systemd', unit }
      : { refused: outOfSight };
  }
  // What is at a path here is something else where the daemon is: it runs in a container, or this process does.
  if (!sharesNamespaces(pid)) return { refused: outOfSight };
  return ofService(pid) ?? ofCommand(pid);
}

/** Whether a process sees the processes and files that this one sees. */
export function sharesNamespaces(pid: number | string): boolean {
  try {
    return ['pid', 'mnt'].every(
      (each) => readlinkSync(`/proc/${pid}/ns/${each}`) === readlinkSync(`/proc/self/ns/${each}`),
    );
  } catch {
    return false;
  }
}

/** An init script keeps the number of the process that it started. */
function ofService(pid: number): DaemonStart | undefined {
  const pidFile = ['/run/docker.pid', '/var/run/docker.pid'].find(
    (path) => readIfPossible(path)?.trim() === String(pid),
  );
  if (pidFile === undefined) return undefined;
  const openRc = systemProgram('rc-service');
  if (openRc && existsSync('/run/openrc/started/docker')) {
    return { kind: 'service', program: openRc, words: ['docker'], pidFile };
  }
  // What `service` started has been handed to process 1; what somebody runs in a shell has not.
  if (existsSync('/etc/init.d/docker') && parentOf(pid) === 1 && existsSync('/run/docker-ssd.pid')) {
    return { kind: 'service', program: '/etc/init.d/docker', words: [], pidFile };
  }
  return undefined;
}

function ofCommand(pid: number): DaemonStart | { readonly refused: Text } {
  const parent = parentOf(pid);
  // What this process has started again is still its child.
  const obstacle =
    parent === process.pid ? undefined : obstacleOf(pid, parent, readIfPossible(`/proc/${parent}/comm`)?.trim());
  if (obstacle) return { refused: obstacle };
  try {
    const [, ...words] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0$/, '').split('\0');
    const variables = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter((each) => each.includes('='));
    const log = logOf(pid);
    // An upgrade puts another file in the place of the one that runs.
    const program = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
    accessSync(program, constants.X_OK);
    return {
      kind: 'command',
      program,
      arguments: words,
      folder: readlinkSync(`/proc/${pid}/cwd`),
      environment: Object.fromEntries(
        variables.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
      ),
      ...(log === undefined ? {} : { log }),
    };
  } catch {
    return { refused: outOfSight };
  }
}

/** Why a process that was started by its parent, of that name, must not be ended and started again. */
export function obstacleOf(pid: number, parent: number, parentName: string | undefined): Text | undefined {
  if (pid === 1) return inContainer;
  if (parentName === undefined) return outOfSight;
  // As process 1 of a container these end with what they started, and the container with them.
  if (parent === 1) return shells.has(parentName) || containerInits.has(parentName) ? inContainer : undefined;
  // A supervisor would start it anew by itself, and then there were two.
  return shells.has(parentName) ? undefined : supervised(parentName);
}

const containerInits = new Set(['tini', 'tini-static', 'docker-init', 'dumb-init', 'catatonit', 'podman-init']);

const shells = new Set([
  'sh',
  'bash',
  'dash',
  'zsh',
  'ash',
  'fish',
  'ksh',
  'nohup',
  'sudo',
  'su',
  'setsid',
  'screen',
  'tmux: server',
]);

function parentOf(pid: number): number {
  const stat = readIfPossible(`/proc/${pid}/stat`) ?? '';
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function logOf(pid: number): string | undefined {
  try {
    const path = readlinkSync(`/proc/${pid}/fd/2`);
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}

const podman: Text = { en: 'Podman has no daemon to restart', zh: 'Podman 没有需要重启的守护进程' };
const outOfSight: Text = {
  en: "the daemon's process cannot be restarted from here",
  zh: '无法从此处重启守护进程',
};
const inContainer: Text = {
  en: 'the daemon is what its container runs for: when it ends, the container ends',
  zh: '守护进程是其所在容器的主进程：它一旦退出，容器随之终止',
};
const rootless: Text = {
  en: 'a rootless engine is restarted by the user that it belongs to',
  zh: '无根（rootless）引擎须由其所属用户重启',
};
const snap: Text = {
  en: 'the engine comes from a snap, which manages its configuration itself',
  zh: '该引擎由 snap 安装，其配置由 snap 自行管理',
};

function supervised(name: string): Text {
  return {
    en: `the daemon was started by ${name}, which may start it again by itself`,
    zh: `守护进程由 ${name} 启动，后者可能自行将其重新拉起`,
  };
}
