import { defineControl, type Machine } from '../../model/control.ts';
import { evidenceOf, known } from '../../model/fact.ts';
import type { HostChange } from '../../model/host-change.ts';
import type { FileStatus } from '../../model/host-file.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand, changeHost } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { canonicalPath, isWithin } from '../container/host-path.ts';
import { listed } from '../container/listing.ts';
import { unreadContainers } from '../unread-containers.ts';
import { type BindUser, type BoundFile, boundFiles, hostUserOf } from './bind-source.ts';
import { modeText } from './file-mode.ts';

export const hostBindSourcePermissions = defineControl({
  id: 'host-bind-source-permissions',
  subject: 'host',
  severity: 'medium',
  title: {
    en: 'What containers are given of the host cannot be written to by everybody',
    zh: '挂载给容器的主机文件和目录不得任何人可写',
  },
  why: {
    en: 'Whoever can write to the folder changes what the container reads, and it in turn can leave files for every user of the host. A container that is broken into is one more user of the host.',
    zh: '能写入该目录的人可以改变容器读取的内容，容器也能借此给主机上的所有用户留下文件。被攻破的容器等于主机上多了一个用户。',
  },
  how: {
    en: "Looks at the host's end of every bind mount, volumes that are binds in disguise included: no right to write for others, unless it is a folder with the sticky bit. The engine's own folders, pseudo files, sockets and devices are left out. On request root's data must be closed to others, and belong to the user who works in the container.",
    zh: '查看每个绑定挂载在主机上的一端，包括以卷的形式出现的绑定挂载：其他人不得有写权限，带粘滞位的目录除外。引擎自身的目录、伪文件、套接字和设备不计。可按需要求 root 的数据不对其他人开放，以及属主为容器内的用户。',
  },
  references: { cisDocker: ['5.6'], nist800190: ['3.5.5'] },
  parameters: {
    privateRootData: {
      default: false,
      description: {
        en: 'Whether data that belongs to root must also be closed to readers. Configuration that is mounted often need not be.',
        zh: '属于 root 的数据是否也不得让其他人读取。挂载的配置文件往往无此必要。',
      },
    },
    ownedByUser: {
      default: false,
      description: {
        en: 'Whether what a container may write must belong to the user who works in it, where that is not root.',
        zh: '容器可写的内容是否须归容器内的非 root 用户所有。',
      },
    },
    exceptions: {
      default: [] as string[],
      description: { en: 'Paths of the host that are left out.', zh: '不作检查的主机路径。' },
    },
  },
  counterexample: {
    bindSources: known(
      {
        '/srv/shop': { path: '/srv/shop', realPath: '/srv/shop', kind: 'folder', uid: 0, gid: 0, mode: 0o777 },
      },
      'file',
      'bind mounts',
    ),
  },

  judge(host, { machine, parameters }) {
    const { bindSources } = host;
    if (!bindSources.known) return unknownFrom(bindSources);
    const files = boundFiles(host, machine);
    const gap = machine && unreadContainers(machine.engine, machine);
    if (gap) return unknownFrom(gap);
    if (files.length === 0) {
      return notApplicable({
        en: 'No container is given a file or a folder of the host.',
        zh: '没有容器挂载主机的文件或目录。',
      });
    }
    const faults = faultsOf(host, machine, parameters);
    if (faults.length === 0) {
      return pass(
        { en: `None of ${files.length} is open to everybody.`, zh: `${files.length} 处均未对所有人开放。` },
        evidenceOf(bindSources, files.length),
      );
    }
    const words = listed(faults.map((fault) => fault.words));
    return fail(
      { en: `Too open: ${words.en}.`, zh: `权限过宽：${words.zh}。` },
      faults.map(({ bound: { file } }) =>
        evidenceOf(bindSources, `${modeText(file.mode)} ${file.uid}:${file.gid}`, `${file.path} mode`),
      ),
    );
  },

  remedy(host, { machine, parameters }) {
    const changes = faultsOf(host, machine, parameters).map(({ bound, mode }) => changesFor(bound, mode, machine));
    const summary: Text = {
      en: 'Take the rights of others away, and give what a container writes to the user who works in it.',
      zh: '去除其他人的权限，并将容器写入的内容交给容器内的用户。',
    };
    const possible = changes.filter((each) => each !== undefined);
    if (possible.length === changes.length) return changeHost(possible.flat(), summary);
    return byHand(
      {
        en: 'Find out as which user each container works, give the folder to that user, and take the rights of others away.',
        zh: '查明各容器以哪个用户工作，将目录交给该用户，并去除其他人的权限。',
      },
      ['chown -R UID:GID PATH', 'chmod -R o-w PATH'],
    );
  },
});

interface Fault {
  readonly bound: BoundFile;
  /** As it should be. */
  readonly mode: number;
  readonly words: Text;
}

interface Demands {
  readonly privateRootData: boolean;
  readonly ownedByUser: boolean;
  readonly exceptions: readonly string[];
}

/** The worst first: what everybody can write to, then what others can read, then what belongs to another. */
function faultsOf(host: HostFacts, machine: Machine | undefined, demands: Demands): Fault[] {
  const { privateRootData, ownedByUser, exceptions } = demands;
  const bounds = boundFiles(host, machine).filter(
    ({ file }) => !exceptions.some((path) => isWithin(canonicalPath(file.path), canonicalPath(path))),
  );
  const faults = bounds.flatMap((bound): (Fault & { rank: number })[] => {
    const { file } = bound;
    const isExposed = privateRootData && file.uid === 0 && (file.mode & 0o007) !== 0;
    const user = ownedByUser ? singleUser(bound, machine) : undefined;
    const isForeign = user !== undefined && user.uid !== 0 && user.uid !== file.uid;
    const isOpen = isOpenToWriters(file);
    if (!isOpen && !isExposed && !isForeign) return [];
    const words = `${file.path} (${modeText(file.mode)}, ${file.uid}:${file.gid})`;
    const taken = isExposed ? 0o007 : isOpen ? 0o002 : 0;
    return [{ bound, mode: file.mode & ~taken, words: { en: words, zh: words }, rank: isOpen ? 0 : isExposed ? 1 : 2 }];
  });
  return faults.toSorted((left, right) => left.rank - right.rank);
}

function isOpenToWriters({ kind, mode }: FileStatus): boolean {
  return (mode & 0o002) !== 0 && !(kind === 'folder' && (mode & 0o1000) !== 0);
}

/**
 * `undefined` where somebody would lose what they need: a container that writes or reads there as nobody knows whom, or
 * the user of the host to whom it belongs now.
 */
function changesFor(bound: BoundFile, mode: number, machine: Machine | undefined): HostChange[] | undefined {
  const { realPath: path, ...file } = bound.file;
  const close: HostChange[] = mode === file.mode ? [] : [{ kind: 'mode', path, mode }];
  const isWritten = bound.users.some(({ writable }) => writable);
  const writer = isWritten ? singleUser(bound, machine) : undefined;
  if (isWritten && !writer) return undefined;
  const owner = writer && writer.uid !== 0 ? writer.uid : file.uid;
  const isClosedToReaders = (file.mode & ~mode & 0o005) !== 0;
  const canStillRead = ({ container }: BindUser) => [0, owner].includes(hostUserOf(container, machine)?.uid ?? -1);
  if (isClosedToReaders && !bound.users.every(canStillRead)) return undefined;
  if (owner === file.uid) return close;
  if (file.uid !== 0) return undefined;
  return [{ kind: 'owner', path, uid: owner, gid: writer?.gid ?? file.gid }, ...close];
}

/** The one user as whom containers write there; `undefined` where there are several, or one is not known. */
function singleUser({ users }: BoundFile, machine: Machine | undefined) {
  const writers = users.filter(({ writable }) => writable).map(({ container }) => hostUserOf(container, machine));
  const [first] = writers;
  return writers.every((user) => user !== undefined && user.uid === first?.uid) ? first : undefined;
}
