import type { CopyInstruction, Word } from '../../model/dockerfile.ts';
import type { ShellWord } from '../../model/shell.ts';
import { expanded } from './run-instructions.ts';
import type { RunCommand } from './run-commands.ts';
import { normalised } from './written-files.ts';

/** A mode that a command gives to files. */
export interface ModeChange {
  /** The word in which the mode stands. */
  readonly word: ShellWord | Word;
  /** The mode, variables replaced where they are known. */
  readonly mode: string;
  /** It is the mode of files, or may be, and nothing else is written there: it may be rewritten in place. */
  readonly plain: boolean;
  readonly paths: readonly string[];
  readonly recursive: boolean;
}

/** What a mode does to the right of others to write: gives it, takes it, or leaves it. */
export function othersWrite(mode: string): 'given' | 'taken' | undefined {
  if (/^[0-7]{1,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o002) === 0 ? 'taken' : 'given';
  let state: 'given' | 'taken' | undefined;
  for (const clause of mode.split(',')) {
    const [, who = '', actions = ''] = /^([ugoa]*)([-+=].*)$/.exec(clause) ?? [];
    // Without a `who` the umask decides, and it keeps others from writing.
    if (!/[oa]/.test(who)) continue;
    for (const [, operator, rights = ''] of actions.matchAll(/([-+=])([ugo]|[rwxXst]*)/g)) {
      // The owner may nearly always write.
      const writes = rights.includes('w') || rights === 'u';
      if (operator === '-') state = rights.includes('w') ? 'taken' : state;
      else if (writes) state = 'given';
      else if (operator === '=' && rights !== 'g') state = 'taken';
    }
  }
  return state;
}

/** Whether only the owner of a file in such a folder may delete it. */
export function isSticky(mode: string): boolean {
  if (/^[0-7]{4,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o1000) !== 0;
  return mode.split(',').some((clause) => /^[ugoa]*[+=][rwxXs]*t/.test(clause));
}

/** What chmod, install or mkdir gives to files; undefined where it names no mode. */
export function modeChangeOf({ run, command: { program, words } }: RunCommand): ModeChange | undefined {
  const rest = words.slice(1);
  if (program === 'chmod') return modeOfChmod(rest, (word) => expanded(word, run) ?? word.text);
  if (program !== 'install' && program !== 'mkdir') return undefined;
  const at = rest.findIndex(({ text }) => /^-[a-zA-Z]*m$|^--mode$/.test(text));
  const attached = rest.find(({ text }) => /^--mode=|^-[a-zA-Z]*m[0-7]+$/.test(text));
  const word = attached ?? (at < 0 ? undefined : rest[at + 1]);
  if (!word) return undefined;
  const isFile = program === 'install' && !rest.some(({ text }) => /^-[a-zA-Z]*d[a-zA-Z]*$|^--directory$/.test(text));
  const operands = rest.filter((each) => each !== word && !each.text.startsWith('-'));
  const named = program === 'install' ? operands.slice(-1) : operands;
  return {
    word,
    mode: (expanded(word, run) ?? word.text).replace(/^--mode=|^-[a-zA-Z]*m/, ''),
    plain: isFile && !attached && word.source === word.text && word.literal,
    paths: named.map(({ text }) => normalised(text)),
    recursive: false,
  };
}

function modeOfChmod(words: readonly ShellWord[], valueOf: (word: ShellWord) => string): ModeChange | undefined {
  if (words.some(({ text }) => text.startsWith('--reference'))) return undefined;
  const [word, ...files] = words.filter(({ text }) => !/^-[Rcfv]+$|^--(?:[a-z]|$)/.test(text));
  if (!word) return undefined;
  return {
    word,
    mode: valueOf(word),
    plain: word.source === word.text && word.literal,
    paths: files.map(({ text }) => normalised(text)),
    recursive: words.some(({ text }) => /^-[cfv]*R[cfv]*$|^--recursive$/.test(text)),
  };
}

/** What `--chmod` of COPY and ADD gives; its paths are the names of what is copied. */
export function modeOfCopy({ flags, sources, destination }: CopyInstruction): ModeChange | undefined {
  const word = flags.find(({ name }) => name === 'chmod')?.value;
  if (!word) return undefined;
  const target = destination?.value ?? destination?.text;
  const names = sources.map(({ text, value }) => value ?? text);
  return {
    word,
    mode: word.value ?? word.text,
    plain: !word.variable && word.span.end - word.span.start === word.text.length,
    paths: names.length > 0 ? names : [target ?? ''],
    recursive: false,
  };
}
