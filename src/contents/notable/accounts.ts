import { defineNotable, type NotableNote } from '../notable-reader.ts';

const longestName = 64;
/** Accounts of one file. */
const most = 50_000;

/** Accounts that let anybody in, that are root under another name, or that are not told from one another. */
export const accounts = defineNotable({
  id: 'accounts',
  globs: ['etc/passwd', 'etc/shadow', 'etc/group'],
  read({ path, text }) {
    const lines = linesOf(text());
    if (path === 'etc/shadow') return emptyPasswords(lines);
    if (path === 'etc/group') return duplicateIds(lines, 'gid', false);
    return [...emptyPasswords(lines), ...secondRoots(lines), ...duplicateIds(lines, 'uid', true)];
  },
});

interface Account {
  readonly name: string;
  /** '' lets in whoever asks; `x` points to etc/shadow; `*`, `!` and `NP` let nobody in. */
  readonly password: string;
  /** A number in decimal; absent where it is none. */
  readonly id?: number;
}

/** Lines that begin with `+` or `-` ask a directory on the network, and are no account. */
function linesOf(text: string): Account[] {
  const found: Account[] = [];
  for (const [, name = '', password = '', third = ''] of text.matchAll(
    /^([^:\n#+\-\s][^:\n]{0,200}):([^:\n]{0,400}):([^:\n]{0,40})/gm,
  )) {
    const id = /^\+?\d{1,10}$/.test(third) ? Number(third) : undefined;
    found.push({ name: name.slice(0, longestName), password, ...(id === undefined ? {} : { id }) });
    if (found.length >= most) break;
  }
  return found;
}

function emptyPasswords(all: readonly Account[]): NotableNote[] {
  return all.flatMap(({ name, password }) => (password === '' ? [{ kind: 'empty-password', detail: name }] : []));
}

function secondRoots(all: readonly Account[]): NotableNote[] {
  return all.flatMap(({ name, id }) => (id === 0 && name !== 'root' ? [{ kind: 'second-root', detail: name }] : []));
}

/** `uid 1000 (app, web)`. That several are root is said of each of them. */
function duplicateIds(all: readonly Account[], word: 'uid' | 'gid', exceptRoot: boolean): NotableNote[] {
  const byId = Map.groupBy(all, ({ id }) => id);
  return [...byId].flatMap(([id, same]) => {
    const names = [...new Set(same.map(({ name }) => name))];
    if (id === undefined || names.length < 2 || (exceptRoot && id === 0)) return [];
    const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
    return [{ kind: 'duplicate-id', detail: `${word} ${id} (${shown})` }];
  });
}
