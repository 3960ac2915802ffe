import type { ShellWord } from '../../model/shell.ts';

/** What a command hands on: some of its words as a command, or one of them as a script. */
export type Carried =
  | { readonly kind: 'command'; readonly from: number; readonly to: number }
  | { readonly kind: 'script'; readonly from: number; readonly to: number };

/** The shells that read this grammar. */
export const posixShells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'mksh', 'zsh']);

/** How a command is called that runs another one. */
interface Carrier {
  /** Options that take the next word with them, without their dashes. */
  readonly valued?: readonly string[];
  /** Words that stand between its options and the command. */
  readonly operands?: number;
  /** `NAME=value` may stand before the command. */
  readonly assignments?: boolean;
  /** With one of these it does something else. */
  readonly except?: readonly string[];
}

const carriers: Readonly<Record<string, Carrier>> = {
  sudo: {
    valued: ['u', 'g', 'h', 'p', 'C', 'r', 't', 'T', 'U', 'D', 'R', 'user', 'group', 'host', 'prompt', 'chdir'],
    assignments: true,
    except: ['l', 'v', 'V', 'K', 'e', 'list', 'validate', 'version', 'edit'],
  },
  doas: { valued: ['u', 'C', 'a'] },
  env: { valued: ['u', 'C', 'unset', 'chdir'], assignments: true },
  exec: { valued: ['a'] },
  command: { except: ['v', 'V'] },
  builtin: {},
  time: { valued: ['f', 'o', 'format', 'output'] },
  nice: { valued: ['n', 'adjustment'] },
  ionice: { valued: ['c', 'n', 'class', 'classdata'], except: ['p', 'pid'] },
  nohup: {},
  setsid: {},
  stdbuf: { valued: ['i', 'o', 'e', 'input', 'output', 'error'] },
  timeout: { valued: ['s', 'k', 'signal', 'kill-after'], operands: 1 },
  xargs: {
    valued: ['I', 'n', 'P', 'L', 'd', 'a', 'E', 's', 'max-args', 'max-procs', 'max-lines', 'delimiter', 'arg-file'],
  },
  chroot: { operands: 1 },
  gosu: { operands: 1 },
  'su-exec': { operands: 1 },
  setpriv: { valued: ['reuid', 'regid', 'groups', 'inh-caps', 'ambient-caps', 'bounding-set', 'securebits'] },
  tini: { valued: ['p', 'e'] },
  'dumb-init': { valued: ['r', 'rewrite'] },
  busybox: { except: ['list', 'list-full', 'install'] },
  eatmydata: {},
};

/** What the command with these words hands on, if it is one that does. */
export function carriedBy(program: string, words: readonly ShellWord[]): Carried | undefined {
  if (posixShells.has(program)) return scriptOption(words);
  if (program === 'su' || program === 'runuser') return suCommand(words, program);
  if (program === 'eval') {
    // What a variable or a substitution makes of it, only the run would tell.
    const isKnown = words.length > 1 && words.slice(1).every(({ literal }) => literal);
    return isKnown ? { kind: 'script', from: 1, to: words.length } : undefined;
  }
  if (program === 'find') return findCommand(words);
  const carrier = Object.hasOwn(carriers, program) ? carriers[program] : undefined;
  if (!carrier) return undefined;
  if (program === 'env') {
    const split = words.findIndex(({ text }) => text === '-S' || text === '--split-string');
    if (split > 0 && words[split + 1]) return { kind: 'script', from: split + 1, to: words.length };
  }
  return command(carrier, words);
}

function command(carrier: Carrier, words: readonly ShellWord[]): Carried | undefined {
  let index = 1;
  for (; index < words.length; index += 1) {
    const { text = '' } = words[index] ?? {};
    if (text === '--') {
      index += 1;
      break;
    }
    const isOption = text.length > 1 && text.startsWith('-');
    if (!isOption) break;
    if (optionNames(text).some((name) => carrier.except?.includes(name))) return undefined;
    if (takesNext(text, carrier.valued ?? [])) index += 1;
  }
  index += carrier.operands ?? 0;
  while (carrier.assignments && /^[A-Za-z_]\w*=/.test(words[index]?.text ?? '')) index += 1;
  return index < words.length ? { kind: 'command', from: index, to: words.length } : undefined;
}

function optionNames(option: string): string[] {
  return option.startsWith('--') ? [option.slice(2).replace(/=.*$/s, '')] : Array.from(option.slice(1));
}

/** A value stands in the next word unless it is attached: `--user=x`, `-n1`. */
function takesNext(option: string, valued: readonly string[]): boolean {
  if (option.startsWith('--')) return valued.includes(option.slice(2));
  const letters = Array.from(option.slice(1));
  const first = letters.findIndex((letter) => valued.includes(letter));
  return first >= 0 && first === letters.length - 1;
}

/** `sh -c 'script' name`: the first word that is no option behind an option with `c` in it. */
function scriptOption(words: readonly ShellWord[]): Carried | undefined {
  let found = false;
  for (let index = 1; index < words.length; index += 1) {
    const { text = '' } = words[index] ?? {};
    const isOption = text.length > 1 && (text.startsWith('-') || text.startsWith('+'));
    if (!isOption) return found ? { kind: 'script', from: index, to: index + 1 } : undefined;
    if (text.startsWith('--')) {
      if (text === '--rcfile' || text === '--init-file') index += 1;
      continue;
    }
    if (text.startsWith('-') && text.includes('c')) found = true;
    if (/[oO]$/.test(text)) index += 1;
  }
  return undefined;
}

/** `su user -c 'script'`, and `runuser -u user -- command`. */
function suCommand(words: readonly ShellWord[], program: string): Carried | undefined {
  const option = words.findIndex(
    ({ text }, index) => index > 0 && (text === '--command' || /^-[a-z]*c$/.test(text) || text === '--session-command'),
  );
  if (option > 0) return words[option + 1] ? { kind: 'script', from: option + 1, to: option + 2 } : undefined;
  const hasUser = program === 'runuser' && words.some(({ text }) => text === '-u' || text.startsWith('--user'));
  return hasUser ? command({ valued: ['u', 'g', 'G', 'user', 'group', 'supp-group'] }, words) : undefined;
}

/** `find … -exec command {} +`. */
function findCommand(words: readonly ShellWord[]): Carried | undefined {
  const option = words.findIndex(({ text }) => /^-(?:exec|execdir|ok|okdir)$/.test(text));
  if (option < 0) return undefined;
  const end = words.findIndex(({ text }, index) => index > option && (text === ';' || text === '+'));
  const to = end < 0 ? words.length : end;
  return to > option + 1 ? { kind: 'command', from: option + 1, to } : undefined;
}
