import { posix } from 'node:path';
import type { Text } from '../../model/text.ts';
import type { PlanContext } from '../planning.ts';
import { bytesAt } from './text-file.ts';

/** Groups whose members may become root on most systems: with sudo, su or polkit. */
const administrators = new Set(['admin', 'root', 'sudo', 'wheel']);

/** Files and folders that give rights to groups by name, and how they write one; `NAME` stands for it. */
const places: readonly { readonly path: string; readonly pattern: string }[] = [
  ...['/etc/sudoers', '/etc/sudoers.d'].map((path) => ({ path, pattern: String.raw`^[^#]*%NAME(?![\w.-])` })),
  ...['/etc/doas.conf', '/etc/doas.d'].map((path) => ({ path, pattern: String.raw`^[^#]*\s:NAME(?![\w.-])` })),
  ...['/etc/ssh/sshd_config', '/etc/ssh/sshd_config.d'].map((path) => ({
    path,
    pattern: String.raw`^\s*(?:AllowGroups|Match\s.*\bGroup)\b.*[\s,=]NAME(?![\w.-])`,
  })),
  { path: '/etc/polkit-1/rules.d', pattern: String.raw`isInGroup\(\s*["']NAME["']` },
];

export interface GroupRight {
  readonly group: string;
  readonly reason: Text;
}

/** What else members have by a group, and would lose with it: to become root, or to log in at all. */
export function otherRights(
  groups: readonly string[],
  context: Pick<PlanContext, 'file' | 'realPath'>,
  names: (folder: string) => readonly string[],
): GroupRight | undefined {
  for (const group of groups) {
    if (administrators.has(group)) return { group, reason: ofAdministrators(group) };
    for (const { path, pattern } of places) {
      const line = new RegExp(
        pattern.replace('NAME', () => RegExp.escape(group)),
        'i',
      );
      for (const file of filesAt(path, names)) {
        const lines = bytesAt(file, context).split('\n');
        const at = lines.findIndex((each) => line.test(each));
        if (at !== -1) return { group, reason: named(group, `${file}:${at + 1}`) };
      }
    }
  }
  return undefined;
}

function filesAt(path: string, names: (folder: string) => readonly string[]): string[] {
  return [path, ...namesIfReadable(path, names).map((name) => posix.join(path, name))];
}

/** Who may not look there may not write the groups either. */
function namesIfReadable(folder: string, names: (folder: string) => readonly string[]): readonly string[] {
  try {
    return names(folder);
  } catch {
    return [];
  }
}

function ofAdministrators(group: string): Text {
  return {
    en: `the socket belongs to the group ${group}, by which its members administer this host: without it they may be locked out of root`,
    zh: `该套接字属于 ${group} 组，而其成员凭该组管理本机：移出后可能无人再能取得 root 权限`,
  };
}

function named(group: string, place: string): Text {
  return {
    en: `${place} gives other rights to the group ${group}: without it its members may no longer become root, or no longer log in`,
    zh: `${place} 为 ${group} 组授予了其他权限：移出后其成员可能无法再取得 root 权限，甚至无法登录`,
  };
}
