import { defineControl } from '../../model/control.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { evidenceOf, mapFact } from '../../model/fact.ts';
import type { FileStatus } from '../../model/host-file.ts';
import type { Accounts, HostFacts } from '../../model/host.ts';
import { byHand, changeHost } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { quotedWord } from '../quoted-word.ts';

export const hostDockerGroupMembers = defineControl({
  id: 'host-docker-group-members',
  subject: 'host',
  severity: 'high',
  title: {
    en: "Only trusted users are in the group of the engine's socket",
    zh: '引擎套接字的属组中只有受信任的用户',
  },
  why: {
    en: 'Whoever may write to the socket can start a container with the whole host mounted into it: each member of the group is root, without a password and without a trace in the log of sudo.',
    zh: '能写入该套接字的人可以启动挂载整台主机的容器：组内每个成员都等同于 root，无需密码，也不会留下 sudo 日志。',
  },
  how: {
    en: 'Takes the group that owns the socket, whatever it is called, where the group may write. Its members in /etc/group and users who have it as their primary group must all be on the list; root and the owner of the socket need not be. A directory service is not asked.',
    zh: '以套接字的实际属组为准，不论其名称，且该组可写时才判断。/etc/group 中的成员以及以其为主组的用户都必须在允许列表中；root 和套接字属主除外。不查询目录服务。',
  },
  references: {
    cisDocker: ['1.1.2'],
    nist800190: ['4.5.4'],
    links: ['https://docs.docker.com/engine/install/linux-postinstall/'],
  },
  parameters: {
    allowed: {
      default: [] as string[],
      description: {
        en: "Users who may be in the group of the engine's socket, because they are trusted like root.",
        zh: '可以加入引擎套接字属组的用户，即与 root 同等受信任的人。',
      },
    },
  },
  counterexample: {
    accounts: mapFact(exemplarHost.accounts, ({ users, groups }) => ({
      users,
      groups: groups.map((group) => (group.gid === 999 ? { ...group, members: ['anna'] } : group)),
    })),
  },

  judge(host, { parameters }) {
    const sockets = host.files['engine-socket'];
    if (!sockets.known) return unknownFrom(sockets);
    const shared = sharedSockets(host);
    if (shared.length === 0) {
      return notApplicable(
        {
          en: 'There is no socket of the engine that a group other than that of root may write to.',
          zh: '没有允许 root 以外的组写入的引擎套接字。',
        },
        evidenceOf(sockets, sockets.value.map(groupText)),
      );
    }
    const { accounts } = host;
    if (!accounts.known) return unknownFrom(accounts);
    const socket = evidenceOf(sockets, shared.map(groupText));
    const members = membersOf(accounts.value, shared);
    const strangers = members.filter(({ name }) => !parameters.allowed.includes(name));
    const seen = evidenceOf(
      accounts,
      members.map(({ name, group }) => `${group}: ${name}`),
    );
    if (strangers.length > 0) {
      const words = listed(strangers.map(({ name }) => name));
      return fail(
        {
          en: `Root in all but name, through the group ${strangers[0]?.group}: ${words.en}.`,
          zh: `以下用户通过 ${strangers[0]?.group} 组实际拥有 root 权限：${words.zh}。`,
        },
        [socket, seen],
      );
    }
    const nameless = shared.find(({ gid }) => !accounts.value.groups.some((group) => group.gid === gid));
    if (nameless) {
      return unknown(
        {
          en: `The group ${nameless.gid} of ${nameless.path} is not in /etc/group: who is in it is kept elsewhere.`,
          zh: `${nameless.path} 的属组 ${nameless.gid} 不在 /etc/group 中，其成员保存在别处。`,
        },
        {
          en: `look at the answer of getent group ${nameless.gid}`,
          zh: `查看 getent group ${nameless.gid} 的结果`,
        },
        [socket],
      );
    }
    return pass({ en: 'Nobody is in the group who should not be.', zh: '组内没有不应存在的用户。' }, [socket, seen]);
  },

  remedy(host, { parameters }) {
    // There is no gpasswd in Busybox.
    const isAlpine = host.distribution.known && host.distribution.value.id === 'alpine';
    const all = host.accounts.known ? membershipsOf(host.accounts.value, sharedSockets(host)) : [];
    const members = all.filter(({ name }) => !parameters.allowed.includes(name));
    const summary: Text = {
      en: 'Take them out of the group, and end their sessions, which keep it. Let them use sudo or a rootless engine of their own, or put those who are trusted like root into the parameter allowed.',
      zh: '将其移出该组，并结束仍保留该组身份的会话。改用 sudo 或各自的 rootless 引擎；确实与 root 同等受信任的用户，可写入参数 allowed。',
    };
    const program = isAlpine ? 'delgroup' : 'gpasswd';
    // Which group a user has instead of the primary one, only a person knows.
    if (members.length > 0 && !members.some(({ isPrimary }) => isPrimary)) {
      const groups = [...new Set(members.map(({ group }) => group))];
      return changeHost(
        groups.map((group) => ({
          kind: 'group',
          group,
          remove: [...new Set(members.filter((member) => member.group === group).map(({ name }) => name))],
          program,
        })),
        summary,
      );
    }
    const commands = members.map(({ name, group, isPrimary }) => {
      if (isPrimary) return `usermod --gid users ${quotedWord(name)}`;
      const words = `${quotedWord(name)} ${quotedWord(group)}`;
      return isAlpine ? `delgroup ${words}` : `gpasswd --delete ${words}`;
    });
    return byHand(summary, [...new Set(commands)]);
  },
});

/** Sockets that a group may write to, other than the one of root: connecting takes the right to write. */
function sharedSockets(host: HostFacts): FileStatus[] {
  const sockets = host.files['engine-socket'];
  return sockets.known ? sockets.value.filter(({ gid, mode }) => gid !== 0 && (mode & 0o020) !== 0) : [];
}

interface Member {
  readonly name: string;
  readonly group: string;
  readonly isPrimary: boolean;
}

/** Each once, however often a group is written down; root and the owners of the sockets left out. */
function membersOf(accounts: Accounts, sockets: readonly FileStatus[]): Member[] {
  const members = new Map<string, Member>();
  for (const member of membershipsOf(accounts, sockets)) {
    if (!members.has(member.name)) members.set(member.name, member);
  }
  return [...members.values()];
}

/** One user may be in several groups of one number, and have it as the primary one too. */
function membershipsOf({ users, groups }: Accounts, sockets: readonly FileStatus[]): Member[] {
  return sockets.flatMap(({ gid, uid }) => {
    const free = new Set(users.filter((user) => user.uid === 0 || user.uid === uid).map(({ name }) => name));
    const named = groups.filter((group) => group.gid === gid);
    const group = named[0]?.name ?? String(gid);
    const listedNames = named.flatMap((each) =>
      each.members.map((name) => ({ name, group: each.name, isPrimary: false })),
    );
    const primary = users.filter((user) => user.gid === gid).map(({ name }) => ({ name, group, isPrimary: true }));
    return [...listedNames, ...primary].filter(({ name }) => !free.has(name));
  });
}

function groupText({ path, gid }: FileStatus): string {
  return `${path} group ${gid}`;
}
