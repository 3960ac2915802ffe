import { dirname } from 'node:path';
import type { Machine } from '../../model/control.ts';
import type { DaemonProcess, DaemonUnits } from '../../model/engine.ts';
import type { PlacedFlag } from '../daemon-flags.ts';
import {
  isStartedWith,
  type ServiceArgument,
  serviceArguments,
  type ServiceCommand,
  serviceCommand,
  type WrittenUnit,
} from '../unit-command.ts';
import { placeInStartScript } from './start-script.ts';
import * as obstacles from './unit-drop-in-obstacles.ts';

/** What starts the engine, and where a change of it would be written. */
export interface ServiceStart {
  readonly kind: 'service';
  readonly name: string;
  /** `systemctl`, or `systemctl --user`. */
  readonly systemctl: string;
  readonly units: readonly WrittenUnit[];
  readonly command: ServiceCommand;
  /** As many as the process has, and the same. */
  readonly arguments: readonly ServiceArgument[];
  /** Of the drop-ins that are the administrator's. */
  readonly folder: string;
  readonly owner: { readonly uid: number; readonly gid: number };
}

/** Nothing can be changed there. */
export interface UnchangeableStart {
  readonly kind: 'unchangeable';
  /** With what the next start would have, where that is known and is not what the process has. */
  readonly next?: readonly string[];
  obstacle(names: string, first: PlacedFlag | undefined): obstacles.Obstacle;
}

/** Finds out how the engine is started. `textAt` reads a file, links followed. */
export function serviceStart(
  { engine, host }: Machine,
  process: DaemonProcess,
  textAt: (path: string) => string | undefined,
): ServiceStart | UnchangeableStart {
  const { units } = engine;
  const program = process.arguments[0] ?? '';
  if (program.startsWith('/snap/') || (units.known && units.value?.name.startsWith('snap.'))) {
    return unchangeable(obstacles.snap);
  }
  if (!units.known) return unchangeable((names) => obstacles.unseenUnit(names, units.reason, units.need));
  if (units.value === null) {
    return unchangeable((names, first) => {
      const place = first && placeInStartScript(process.arguments[first.from] ?? '', textAt);
      return place ? obstacles.inStartScript(names, place) : obstacles.startedByHand(names);
    });
  }
  const { name } = units.value;
  const isUsers = process.uid !== 0;
  const systemctl = isUsers ? 'systemctl --user' : 'systemctl';
  const written = writtenUnits(units.value, textAt);
  if (typeof written === 'string') {
    return unchangeable((names) => obstacles.unseenUnit(names, unreadableFile(written), asRoot));
  }
  const command = serviceCommand(written, textAt);
  const expected = command && serviceArguments(command);
  if (!command || !expected) {
    return unchangeable((names) => obstacles.unreadableCommand(names, name, systemctl));
  }
  if (!isStartedWith(expected, process.arguments)) {
    return {
      ...unchangeable((names) => obstacles.startedOtherwise(names, name, systemctl)),
      next: expected.map(({ text }) => text ?? ''),
    };
  }
  const account = host.accounts.known ? host.accounts.value.users.find(({ uid }) => uid === process.uid) : undefined;
  if (isUsers && (host.root || !account)) {
    return unchangeable(() => obstacles.othersHome(account?.name ?? String(process.uid)));
  }
  return {
    kind: 'service',
    name,
    systemctl,
    units: written,
    command,
    arguments: expected,
    folder: `${isUsers && account ? userFolder(written, account.home) : '/etc/systemd/system'}/${name}.d`,
    owner: isUsers && account ? { uid: account.uid, gid: account.gid } : { uid: 0, gid: 0 },
  };
}

function unchangeable(obstacle: UnchangeableStart['obstacle']): UnchangeableStart {
  return { kind: 'unchangeable', obstacle };
}

/** All of them, or the path of the first that cannot be read. */
function writtenUnits({ files }: DaemonUnits, textAt: (path: string) => string | undefined): WrittenUnit[] | string {
  const written: WrittenUnit[] = [];
  for (const { path, kind } of files) {
    const text = textAt(path);
    if (text === undefined) return path;
    written.push({ path, kind, text });
  }
  return written;
}

/** Beside the unit where that is the user's own, which says where `XDG_CONFIG_HOME` is. */
function userFolder(units: readonly WrittenUnit[], home: string): string {
  const own = units.find(({ kind, path }) => kind === 'override' && path.startsWith(`${home}/`));
  return own ? dirname(own.path) : `${home}/.config/systemd/user`;
}

function unreadableFile(path: string) {
  return { en: `${path} cannot be read`, zh: `${path} 无法读取` };
}

const asRoot = { en: 'run as root', zh: '以 root 身份运行' };
