import type { Control, JudgeContext, Machine } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { evidenceOf, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { FileStatus, HostFileRole } from '../../model/host-file.ts';
import type { Accounts, HostFacts } from '../../model/host.ts';
import type { Text } from '../../model/text.ts';
import { changeHost, type HostRemedy } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { rootlessEngine } from '../daemon/security-options.ts';
import { fileNames } from './file-names.ts';

/** Who may own a file, and who is to own it if nobody of these does. */
interface Owners {
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  readonly uid: number;
  readonly gid: number;
  readonly doubt?: Doubt;
}

/** Owners that cannot be told right from wrong, and why. */
interface Doubt {
  readonly gap: UnreadableFact;
  covers(file: FileStatus): boolean;
}

type OwnerRule = Pick<Control<'host'>, 'subject' | 'how' | 'counterexample'> & {
  judge(host: HostFacts, context: JudgeContext): Verdict;
  remedy(host: HostFacts, context: JudgeContext): HostRemedy;
};

/**
 * Files of one role belong to root, by id; those of a rootless engine may belong to the user who runs it, and the
 * engine's socket may belong to the group that the engine gives it.
 */
export function ownedByRoot(role: HostFileRole): OwnerRule {
  const stranger: FileStatus = { ...exampleOf(role), uid: 1000, gid: 1000 };
  return {
    subject: 'host',
    how: howOf(role),
    counterexample: { files: { ...exemplarHost.files, [role]: { ...exemplarHost.files[role], value: [stranger] } } },

    judge(host, { machine }) {
      const files = host.files[role];
      if (!files.known) return unknownFrom(files);
      const name = fileNames[role];
      if (files.value.length === 0) {
        return notApplicable(
          { en: `There is no ${name.en} here.`, zh: `此处没有${name.zh}。` },
          evidenceOf(files, null),
        );
      }
      const owners = ownersOf(role, host, machine);
      const wrong = files.value.filter((file) => !isOwned(file, owners));
      const shown = wrong.length > 0 ? wrong : files.value;
      const evidence = shown.map((file) => evidenceOf(files, `${file.uid}:${file.gid}`, `${file.path} owner`));
      const words = listed(shown.map((file) => `${file.path} (${ownerWords(file, host)})`));
      if (wrong.length === 0) {
        return pass({ en: `Owned as they should be: ${words.en}.`, zh: `属主正确：${words.zh}。` }, evidence);
      }
      const { doubt } = owners;
      if (doubt && wrong.every((file) => doubt.covers(file))) return unknownFrom(doubt.gap);
      const should = ownerWords(owners, host);
      return fail({ en: `Not owned by ${should}: ${words.en}.`, zh: `属主不是 ${should}：${words.zh}。` }, evidence);
    },

    remedy(host, { machine }) {
      const files = host.files[role];
      const owners = ownersOf(role, host, machine);
      const wrong = files.known ? files.value.filter((file) => !isOwned(file, owners)) : [];
      const should = ownerWords(owners, host);
      return changeHost(
        wrong.map(({ realPath }) => ({ kind: 'owner', path: realPath, uid: owners.uid, gid: owners.gid })),
        { en: `Give it to ${should}.`, zh: `将属主改为 ${should}。` },
      );
    },
  };
}

function howOf(role: HostFileRole): Text {
  const { en, zh } = fileNames[role];
  const group =
    role === 'engine-socket'
      ? { en: ', or have the group that the engine gives its socket to', zh: '，属组也可为引擎为套接字设置的用户组' }
      : { en: '', zh: '' };
  return {
    en: `Looks at the ${en} at the place that the engine itself uses, links followed. User and group must be 0${group.en}; files of a rootless engine may belong to its user.`,
    zh: `按引擎实际使用的路径查看${zh}，并解析符号链接。属主与属组的 id 须为 0${group.zh}；rootless 引擎的文件可属于运行它的用户。`,
  };
}

function exampleOf(role: HostFileRole): FileStatus {
  const files = exemplarHost.files[role];
  const path = `/etc/docker/${role}`;
  const usual: FileStatus = { path, realPath: path, kind: 'file', uid: 0, gid: 0, mode: 0o400 };
  return (files.known ? files.value[0] : undefined) ?? usual;
}

function isOwned({ uid, gid }: FileStatus, { uids, gids }: Owners): boolean {
  return uids.includes(uid) && gids.includes(gid);
}

const root: Owners = { uids: [0], gids: [0], uid: 0, gid: 0 };

function ownersOf(role: HostFileRole, host: HostFacts, machine: Machine | undefined): Owners {
  const rootless = machine && rootlessEngine(machine.engine);
  if (machine && rootless?.known && rootless.value) return rootlessOwners(machine.engine.process, host);
  return role === 'engine-socket' ? socketOwners(host, machine) : root;
}

/** Who runs a rootless engine is told by its process; which group that user has, by the accounts of this host. */
function rootlessOwners(process: EngineFacts['process'], host: HostFacts): Owners {
  if (!process.known) return { ...root, doubt: { gap: process, covers: () => true } };
  const user = process.value.uid;
  const account = accountsOf(host)?.users.find(({ uid }) => uid === user);
  const gid = account?.gid ?? user;
  const owners: Owners = { uids: [0, user], gids: [0, gid], uid: user, gid };
  if (account) return owners;
  const { accounts } = host;
  const gap = accounts.known ? noUser(user, accounts.path) : accounts;
  return { ...owners, doubt: { gap, covers: ({ uid }) => owners.uids.includes(uid) } };
}

/** Root, and the group that the engine gives its socket to. */
function socketOwners(host: HostFacts, machine: Machine | undefined): Owners {
  if (machine?.engine.kind === 'podman') return root;
  const setting = machine ? daemonSetting(machine.engine, 'group') : undefined;
  const configured = setting?.known && typeof setting.value === 'string' ? setting.value : undefined;
  if (configured === '') return root;
  if (configured !== undefined && /^\d+$/.test(configured)) return withGroup(Number(configured));
  const name = configured ?? 'docker';
  const group = accountsOf(host)?.groups.find((each) => each.name === name);
  const owners = group ? withGroup(group.gid) : root;
  // Where the setting is not known, docker is the best guess at it; a wrong guess must not blame anybody.
  if (setting && !setting.known) return { ...owners, doubt: { gap: setting, covers: ({ uid }) => uid === 0 } };
  if (group) return owners;
  const { accounts } = host;
  const gap = accounts.known ? noGroup(name, accounts.path) : accounts;
  return { ...owners, doubt: { gap, covers: (file) => file.uid === 0 && !isOfLocalGroup(file, host) } };
}

function withGroup(gid: number): Owners {
  return { ...root, gids: [0, gid], gid };
}

function noUser(uid: number, path: string): UnreadableFact {
  return unreadable(
    'file',
    path,
    {
      en: `the user ${uid} who runs the engine is kept elsewhere than on this host, and so is the group`,
      zh: `运行引擎的用户 ${uid} 及其用户组不在本机的账户文件中`,
    },
    { en: `look at the answer of id ${uid}`, zh: `查看 id ${uid} 的结果` },
  );
}

function noGroup(name: string, path: string): UnreadableFact {
  return unreadable(
    'file',
    path,
    { en: `the group ${name} is not in ${path}`, zh: `${path} 中没有用户组 ${name}` },
    { en: `make the group ${name}, or set group to its id`, zh: `创建用户组 ${name}，或将 group 设为其 id` },
  );
}

/** A group from elsewhere (LDAP) may be the one that is meant; one that is in the file by another name is not. */
function isOfLocalGroup({ gid }: FileStatus, host: HostFacts): boolean {
  return accountsOf(host)?.groups.some((group) => group.gid === gid) ?? false;
}

function accountsOf({ accounts }: HostFacts): Accounts | undefined {
  return accounts.known ? accounts.value : undefined;
}

function ownerWords({ uid, gid }: { readonly uid: number; readonly gid: number }, host: HostFacts): string {
  const accounts = accountsOf(host);
  const user = uid === 0 ? 'root' : accounts?.users.find((each) => each.uid === uid)?.name;
  const group = gid === 0 ? 'root' : accounts?.groups.find((each) => each.gid === gid)?.name;
  return `${user ?? uid}:${group ?? gid}`;
}
