import { defineNotable, type NotableNote } from '../notable-reader.ts';

const mostLines = 5000;
const longestWho = 64;
const longestLine = 4000;

/** Groups whose rule distributions bring along; they have no members until somebody adds them. */
const usual = new Set(['root', '%sudo', '%admin', '%wheel']);

/** Who may become somebody else: rules without a password, and rules beyond those that distributions bring. */
export const sudoRule = defineNotable({
  id: 'sudo-rule',
  globs: [
    'etc/sudoers',
    'etc/sudoers.d/*',
    'usr/local/etc/sudoers',
    'usr/local/etc/sudoers.d/*',
    'etc/doas.conf',
    'etc/doas.d/*',
  ],
  read({ path, text }) {
    // What ends in a tilde or has a dot in its name is left out by sudo.
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path.includes('sudoers.d/') && (name.includes('.') || name.endsWith('~'))) return [];
    const lines = text()
      .replaceAll(/\\\r?\n/g, ' ')
      .split('\n', mostLines)
      .map((line) => line.slice(0, longestLine));
    const said = lines.flatMap(path.includes('doas') ? ofDoas : ofSudo);
    return [...new Set(said)].map((detail): NotableNote => ({ kind: 'sudo-rule', detail }));
  },
});

/** `app: NOPASSWD ALL`: who, whether no password is asked for, and whether it is for every command. */
function ofSudo(line: string): string[] {
  const rule = line.replace(/(?<!\\)#(?!\d).*$/, '').trim();
  if (rule === '' || /^(?:#(?!\d)|@|Defaults|(?:User|Runas|Host|Cmnd|Cmd)_Alias\b)/.test(rule)) return [];
  // The host, perhaps a list; who it may become; tags; commands.
  const [, who = '', rights = ''] = /^((?:\\.|"[^"]{0,100}"|[^\s="\\])+)\s+[^=]{1,400}=(.*)$/.exec(rule) ?? [];
  if (who === '') return [];
  const isFree = /(?:^|[\s:,)])(?:NOPASSWD\s*:|!authenticate)/.test(rights);
  const commands = rights
    .replace(/^\s*\([^)]{0,400}\)/, '')
    .replaceAll(/\b[A-Z_]{4,20}\s*:/g, '')
    .trim();
  const isAll = commands.split(',').some((each) => each.trim() === 'ALL');
  if (!isFree && usual.has(who)) return [];
  return [
    `${who.slice(0, longestWho)}: ${[...(isFree ? ['NOPASSWD'] : []), ...(isAll ? ['ALL'] : [])].join(' ') || 'some'}`,
  ];
}

function ofDoas(line: string): string[] {
  const words = line.replace(/#.*$/, '').trim().split(/\s+/);
  if (words[0] !== 'permit') return [];
  const isFree = words.includes('nopass');
  const commands = words.includes('cmd');
  // What stands behind the options and a list of variables; the command comes after.
  const who = line
    .replaceAll(/\{[^}]{0,400}\}/g, ' ')
    .trim()
    .split(/\s+/)
    .slice(1)
    .find((word) => !/^(?:nopass|nolog|persist|keepenv|setenv)$/.test(word));
  if (who === undefined || (!isFree && usual.has(who.replace(/^:/, '%')))) return [];
  return [
    `${who.slice(0, longestWho)}: ${[...(isFree ? ['NOPASSWD'] : []), ...(commands ? [] : ['ALL'])].join(' ') || 'some'}`,
  ];
}
