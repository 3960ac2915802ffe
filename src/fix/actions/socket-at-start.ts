import { posix } from 'node:path';
import type { FileAccess } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import type { PlanContext } from '../planning.ts';
import { bytesAt } from './text-file.ts';

/** How a socket will be made when its program starts next; what is not said there is as it should be. */
export interface NextStart {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** What decides: a file, or the program itself. */
  readonly source: string;
  readonly advice: Text;
  readonly commands: readonly string[];
}

interface Sight {
  names(folder: string): readonly string[];
}

/**
 * The engine makes its socket with the mode 0660 and the group of its setting `group`, unless systemd makes it from a
 * socket unit; containerd makes its own with the mode 0660 and the owner of its configuration.
 */
export function socketAtNextStart(
  whose: 'engine' | 'containerd',
  context: PlanContext,
  sight: Sight,
  wanted: FileAccess,
): NextStart {
  if (whose === 'containerd') return fromContainerd(context);
  const unit = unitOf(context);
  return unit === undefined || !isActivated(context)
    ? { mode: 0o660, source: 'dockerd', advice: setGroup, commands: [] }
    : fromUnit(unit, context, sight, wanted);
}

const setGroup: Text = {
  en: 'Set group in daemon.json to the group that is to have the socket.',
  zh: '请在 daemon.json 中将 group 设为应拥有该套接字的用户组。',
};

function unitOf({ machine }: PlanContext): string | undefined {
  const units = machine.host.files['engine-socket-unit'];
  return units.known ? units.value[0]?.path : undefined;
}

/** Where its process cannot be looked at, the unit that is there is taken to be in use. */
function isActivated({ machine: { engine } }: PlanContext): boolean {
  if (engine.kind === 'podman' || !engine.process.known) return true;
  return engine.process.value.arguments.some((each) => each.includes('fd://'));
}

function fromUnit(unit: string, context: PlanContext, sight: Sight, wanted: FileAccess): NextStart {
  const name = posix.basename(unit);
  const folders = ['/usr/lib', '/lib', '/run', '/etc'].map((place) => `${place}/systemd/system/${name}.d`);
  // Of two drop-ins of one name the one in /etc counts.
  const dropIns = new Map(
    folders.flatMap((folder) =>
      sight
        .names(folder)
        .filter((each) => each.endsWith('.conf'))
        .map((each) => [each, posix.join(folder, each)] as const),
    ),
  );
  const inOrder = [...dropIns].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, path]) => path);
  const text = [unit, ...inOrder].map((path) => bytesAt(path, context)).join('\n');
  const said = (key: string) => [...text.matchAll(new RegExp(`^\\s*${key}\\s*=[ \\t]*(.*?)\\s*$`, 'gm'))].at(-1)?.[1];
  const mode = said('SocketMode');
  const { accounts } = context.machine.host;
  const all = accounts.known ? accounts.value : { users: [], groups: [] };
  const [user, group] = [said('SocketUser') ?? '', said('SocketGroup') ?? ''];
  // Left out, they are those of whoever runs systemd: root, or the user of a rootless engine.
  const isOfRoot = wanted.uid === 0;
  const uid = user === '' ? (isOfRoot ? 0 : undefined) : all.users.find((each) => each.name === user)?.uid;
  const gid = group === '' ? (isOfRoot ? 0 : undefined) : all.groups.find((each) => each.name === group)?.gid;
  const wantedGroup = all.groups.find((each) => each.gid === wanted.gid)?.name ?? String(wanted.gid);
  const mendedMode = wanted.mode.toString(8).padStart(4, '0');
  return {
    // Without a word systemd lets everybody write to it.
    mode: mode === undefined || mode === '' ? 0o666 : Number.parseInt(mode, 8),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    source: unit,
    advice: {
      en: `Write a drop-in for ${name} with SocketMode=${mendedMode} and SocketGroup=${wantedGroup}, and have systemd read it.`,
      zh: `请为 ${name} 编写 drop-in，设置 SocketMode=${mendedMode} 和 SocketGroup=${wantedGroup}，并让 systemd 重新读取。`,
    },
    commands: [
      `systemctl edit ${name}`,
      '# [Socket]',
      `# SocketMode=${mendedMode}`,
      `# SocketGroup=${wantedGroup}`,
      `systemctl restart ${name}`,
    ],
  };
}

function fromContainerd(context: PlanContext): NextStart {
  const files = context.machine.host.files['containerd-configuration'];
  const path = (files.known ? files.value[0]?.path : undefined) ?? '/etc/containerd/config.toml';
  const [, section = ''] = /^\s*\[grpc\]\s*$([\s\S]*?)(?=^\s*\[|(?![\s\S]))/m.exec(bytesAt(path, context)) ?? [];
  const said = (key: string) => Number(new RegExp(`^\\s*${key}\\s*=\\s*(\\d+)`, 'm').exec(section)?.[1] ?? 0);
  return {
    mode: 0o660,
    uid: said('uid'),
    gid: said('gid'),
    source: `containerd (${path})`,
    advice: {
      en: `Change uid and gid below [grpc] in ${path}, and restart containerd.`,
      zh: `请修改 ${path} 中 [grpc] 下的 uid 和 gid，并重启 containerd。`,
    },
    commands: [],
  };
}
