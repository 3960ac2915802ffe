import type { FileStep, Refusal } from '../../model/plan.ts';
import type { GroupChange } from '../../model/host-change.ts';
import type { Text } from '../../model/text.ts';
import { namesIn } from '../../sources/host/file-status.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll } from '../planning.ts';
import { otherRights } from './group-rights.ts';
import { membersIn, withoutMembers } from './group-text.ts';
import { hostFailures } from './host-failures.ts';
import { bytesAt, openTextFile, type TextFile, writeTextFile } from './text-file.ts';

const control = 'host-docker-group-members';
const groupFile = '/etc/group';
/** Passwords of groups, and their members once more. */
const shadowFile = '/etc/gshadow';

/**
 * Takes users out of the group of the engine's socket.
 *
 * @param invoker who asked for root with sudo, and would lose the right himself
 * @param names what is in a folder
 */
export function planGroupMembers(
  failures: readonly Failure[],
  context: PlanContext,
  invoker = process.env['SUDO_USER'],
  names: (folder: string) => readonly string[] = (folder) => namesIn(folder, ''),
): Planned {
  const asked = failures.filter((failure) => failure.control.id === control);
  const own = hostFailures(asked, 'group');
  const byHand = asked.filter((failure) => failure.remedy?.kind !== 'host');
  const refused = byHand.flatMap((failure) => primaryRefusal(failure));
  const changes = own.flatMap((each) => each.changes);
  const answered = own.map(({ failure }) => failure);
  if (changes.length === 0) return { actions: [], refused };

  const right = otherRights(
    changes.map(({ group }) => group),
    context,
    names,
  );
  if (right) {
    const refusals = refusedAll(answered, right.reason, { advice: ownGroup });
    return { actions: [], refused: [...refused, ...refusals] };
  }
  const files = [groupFile, shadowFile].map((path) => openTextFile(path, context));
  const steps: FileStep[] = [];
  for (const file of files) {
    if ('refused' in file) return { actions: [], refused: [...refused, ...refusedAll(answered, file.refused)] };
    if (file.path === groupFile) {
      const stranger = elsewhere(changes, file);
      if (stranger) return { actions: [], refused: [...refused, ...refusedAll(answered, stranger.reason, stranger)] };
    }
    const bytes = changes.reduce((before, { group, remove }) => withoutMembers(before, group, remove), file.bytes);
    if (!bytes.equals(file.bytes)) steps.push(writeTextFile(file, bytes, context));
  }
  const users = [...new Set(changes.flatMap(({ remove }) => remove))];
  return {
    actions: [
      {
        id: 'group-members',
        kind: 'group-members',
        answers: answeredBy(answered),
        summary: summaryOf(changes, users, { invoker, hasDirectory: asksDirectory(context) }),
        diff: diffOf(changes, files),
        disruption: 'none',
        affects: [],
        steps,
      },
    ],
    refused,
  };
}

const ownGroup: Text = {
  en: 'Give the socket a group of its own (group in daemon.json, SocketGroup in docker.socket), or see first that somebody can still become root, and take them out by hand.',
  zh: '请让套接字使用单独的组（daemon.json 中的 group、docker.socket 中的 SocketGroup）；或先确认仍有人能取得 root 权限，再手工移出。',
};

function primaryRefusal(failure: Failure): Refusal[] {
  const commands = failure.remedy?.kind === 'manual' ? failure.remedy.commands : [];
  return refusedAll(
    [failure],
    {
      en: 'some of them have it as their primary group, and which one they are to have instead is not known',
      zh: '其中有用户以该组为主组，应改用哪个主组无从得知',
    },
    {
      advice: { en: 'Give them another primary group, and plan again.', zh: '请为其指定其他主组后重新规划。' },
      commands,
    },
  );
}

interface Obstacle {
  readonly reason: Text;
  readonly advice: Text;
}

/** Whom the file does not name in the group, it cannot let go. */
function elsewhere(changes: readonly GroupChange[], { bytes }: TextFile): Obstacle | undefined {
  const missing = changes.flatMap(({ group, remove }) => {
    const there = membersIn(bytes, group);
    return remove.filter((name) => !there.includes(name)).map((name) => `${group}: ${name}`);
  });
  if (missing.length === 0) return undefined;
  return {
    reason: {
      en: `not in ${groupFile}, so that a directory service or somebody else has them: ${missing.join(', ')}`,
      zh: `不在 ${groupFile} 中，可能来自目录服务或已被他人更改：${missing.join('、')}`,
    },
    advice: {
      en: 'Take them out of the group where it is kept, and plan again.',
      zh: '请在保存该组的位置移除这些成员后重新规划。',
    },
  };
}

/** Sources of groups other than this host's own files. */
function asksDirectory(context: PlanContext): boolean {
  const text = bytesAt('/etc/nsswitch.conf', context);
  const sources = /^\s*group\s*:(.*)$/m.exec(text)?.[1]?.replaceAll(/\[[^\]]*\]|#.*/g, ' ') ?? 'files';
  return sources.split(/\s+/).some((source) => source !== '' && !['files', 'systemd', 'altfiles'].includes(source));
}

interface Remarks {
  readonly invoker: string | undefined;
  readonly hasDirectory: boolean;
}

function summaryOf(
  changes: readonly GroupChange[],
  names: readonly string[],
  { invoker, hasDirectory }: Remarks,
): Text {
  const groups = [...new Set(changes.map(({ group }) => group))].join(', ');
  const isInvoker = invoker !== undefined && names.includes(invoker);
  return {
    en: [
      `Takes ${names.join(', ')} out of the group ${groups}. Sessions that are open keep the right until they end.`,
      ...(isInvoker
        ? [`${invoker}, who runs this, is one of them and will need sudo for docker from the next login.`]
        : []),
      ...(hasDirectory ? ['Members whom a directory service adds to the group stay in it.'] : []),
    ].join(' '),
    zh: [
      `将 ${names.join('、')} 移出用户组 ${groups}。已打开的会话在结束前仍保留该权限。`,
      ...(isInvoker ? [`当前操作者 ${invoker} 也在其中，下次登录起需通过 sudo 使用 docker。`] : []),
      ...(hasDirectory ? ['由目录服务加入该组的成员不受影响。'] : []),
    ].join(''),
  };
}

/** Names alone: the lines themselves may hold passwords. */
function diffOf(changes: readonly GroupChange[], files: readonly (TextFile | { readonly refused: Text })[]): string {
  const lines = changes.flatMap(({ group, remove }) =>
    files.flatMap((file) => {
      const before = 'refused' in file ? [] : membersIn(file.bytes, group);
      const after = before.filter((name) => !remove.includes(name));
      if ('refused' in file || before.length === after.length) return [];
      const [old, next] = [before, after].map((names) => `${file.path} ${group}: ${names.join(',')}`.trimEnd());
      return [`- ${old}`, `+ ${next}`];
    }),
  );
  return lines.map((line) => `${line}\n`).join('');
}
