import { type Fact, known } from '../../model/fact.ts';
import type { Accounts, GroupAccount, SubordinateIds, SubordinateRange, UserAccount } from '../../model/host.ts';
import { fileFailure, readTextIn } from './file.ts';

/** `/etc/passwd` and `/etc/group`. */
export function readAccounts(root = ''): Fact<Accounts> {
  let path = `${root}/etc/passwd`;
  try {
    const users = entriesIn(root, '/etc/passwd', userIn);
    path = `${root}/etc/group`;
    return known({ users, groups: entriesIn(root, '/etc/group', groupIn) }, 'file', path);
  } catch (error) {
    return fileFailure(path, error);
  }
}

/** `/etc/subuid` and `/etc/subgid`; a file that is not there gives nobody any. */
export function readSubordinateIds(root = ''): Fact<SubordinateIds> {
  let path = `${root}/etc/subgid`;
  try {
    const groups = rangesIn(root, '/etc/subgid');
    path = `${root}/etc/subuid`;
    return known({ users: rangesIn(root, '/etc/subuid'), groups }, 'file', path);
  } catch (error) {
    return fileFailure(path, error);
  }
}

function entriesIn<T>(root: string, path: string, entryIn: (fields: readonly string[]) => T | undefined): T[] {
  return readTextIn(root, path)
    .split('\n')
    .flatMap((line) => entryIn(line.trim().split(':')) ?? []);
}

function rangesIn(root: string, path: string): SubordinateRange[] {
  try {
    return entriesIn(root, path, rangeIn);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function userIn([name = '', , user = '', group = '', , home = '/', shell = '']: readonly string[]):
  | UserAccount
  | undefined {
  const [uid, gid] = [numberIn(user), numberIn(group)];
  if (!isName(name) || uid === undefined || gid === undefined) return undefined;
  return { name, uid, gid, home, shell };
}

function groupIn([name = '', , group = '', members = '']: readonly string[]): GroupAccount | undefined {
  const gid = numberIn(group);
  if (!isName(name) || gid === undefined) return undefined;
  return { name, gid, members: namesIn(members) };
}

function rangeIn([owner = '', from = '', length = '']: readonly string[]): SubordinateRange | undefined {
  const [start, count] = [numberIn(from), numberIn(length)];
  return isName(owner) && start !== undefined && count !== undefined ? { owner, start, count } : undefined;
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Lines that begin with `+` or `-` ask a directory service, and `#` begins a comment. */
function isName(name: string): boolean {
  return name !== '' && !/^[+#-]/.test(name);
}

function numberIn(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
