import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import { type ArgumentGrammar, type PackageManager, packageManagers } from './package-managers.ts';

export type { PackageManager } from './package-managers.ts';

/** A call of a package manager, its arguments told apart. */
export interface PackageCommand {
  readonly manager: PackageManager;
  /** What it is told to do, as written: `install`, `in`, `group install`, `global add`; empty where no word says so. */
  readonly action: string;
  /** The last word of the action; of the program where there is none: what is added goes behind it. */
  readonly actionWord: ShellWord;
  readonly options: readonly PackageOption[];
  /** What is neither option nor action. A word with a variable is here too, though it may hold options: see `literal`. */
  readonly operands: readonly ShellWord[];
}

/** A call that installs. */
export interface PackageInstall extends PackageCommand {
  /** What it names; empty where a file lists them: `npm ci`, `pip install -r requirements.txt`. */
  readonly packages: readonly ShellWord[];
}

export interface PackageOption {
  /** With its dashes: `-y`, `--no-cache`. Of letters written together each is one. */
  readonly name: string;
  /** Attached, or the next word. */
  readonly value?: string;
  /** The word in which the option stands. */
  readonly word: ShellWord;
}

/** What a command installs by a package manager; undefined when it installs nothing by one. */
export function installsOf(command: ShellCommand): PackageInstall | undefined {
  const call = packageCommandOf(command);
  if (!call || !packageManagers[call.manager].installs.includes(call.action)) return undefined;
  return { ...call, packages: call.operands };
}

/** A command as a call of a package manager, whatever it is told to do; undefined when it is none. */
export function packageCommandOf(command: ShellCommand): PackageCommand | undefined {
  const called = calledManager(command);
  return called && readArguments(called.manager, called.programWord, called.rest);
}

/** The option by one of its names, the last one written, as that is the one that counts. */
export function optionOf({ options }: PackageCommand, ...names: readonly string[]): PackageOption | undefined {
  return options.findLast(({ name }) => names.includes(name));
}

interface CalledManager {
  readonly manager: PackageManager;
  readonly programWord: ShellWord;
  readonly rest: readonly ShellWord[];
}

function calledManager({ program, words: [programWord, ...rest] }: ShellCommand): CalledManager | undefined {
  if (!programWord) return undefined;
  if (/^(?:python|pypy)[\d.]*$/.test(program)) return pipModule(rest);
  const manager = managerOf(program);
  return manager && { manager, programWord, rest };
}

function managerOf(program: string): PackageManager | undefined {
  if (/^pip[\d.]*$/.test(program)) return 'pip';
  if (/^gem[\d.]+$/.test(program)) return 'gem';
  if (program === 'dnf5' || program === 'dnf-3') return 'dnf';
  return Object.hasOwn(packageManagers, program) ? (program as PackageManager) : undefined;
}

/** `python -u -m pip install …`. */
function pipModule(words: readonly ShellWord[]): CalledManager | undefined {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (!word?.text.startsWith('-')) return undefined;
    const attached = /^-[A-Za-z]*m(.*)$/.exec(word.text)?.[1];
    const nameAt = attached === '' ? index + 1 : index;
    const programWord = words[nameAt];
    if (attached !== undefined && programWord) {
      const name = attached === '' ? programWord.text : attached;
      return name === 'pip' ? { manager: 'pip', programWord, rest: words.slice(nameAt + 1) } : undefined;
    }
    if (/^-[WX]$/.test(word.text)) index += 1;
  }
  return undefined;
}

function readArguments(manager: PackageManager, programWord: ShellWord, words: readonly ShellWord[]): PackageCommand {
  const grammar = packageManagers[manager];
  const action: ShellWord[] = [];
  const options: PackageOption[] = [];
  const operands: ShellWord[] = [];
  const isActionComplete = () => action.length > 0 && !grammar.prefixes?.includes(action.at(-1)?.text ?? '');
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (!word) break;
    if (word.text === '--') {
      if (!grammar.endsAtDashes) operands.push(...words.slice(index + 1));
      break;
    }
    if (isOption(word.text)) {
      const valued = action.length === 0 ? (grammar.valuedBefore ?? grammar.valued) : grammar.valued;
      const next = words[index + 1];
      const read = readOption(word, valued, grammar, next);
      options.push(...read.options);
      if (read.tookNext) index += 1;
    } else if (isActionComplete()) operands.push(word);
    else if (word.literal && !(manager === 'cargo' && word.text.startsWith('+'))) action.push(word);
    else if (action.length > 0) operands.push(word);
  }
  return {
    manager,
    action: action.map(({ text }) => text).join(' '),
    actionWord: action.at(-1) ?? programWord,
    options,
    operands,
  };
}

function isOption(text: string): boolean {
  return /^-./.test(text);
}

function readOption(
  word: ShellWord,
  valued: readonly string[],
  { singleDash = false }: ArgumentGrammar,
  next: ShellWord | undefined,
): { readonly options: PackageOption[]; readonly tookNext: boolean } {
  const { text } = word;
  if (text.startsWith('--') || singleDash) {
    const equals = text.indexOf('=');
    const written = equals < 0 ? text : text.slice(0, equals);
    const name = singleDash ? written.replace(/^--/, '-') : written;
    if (equals >= 0) return { options: [{ name, value: text.slice(equals + 1), word }], tookNext: false };
    if (!valued.includes(name) || !next) return { options: [{ name, word }], tookNext: false };
    return { options: [{ name, value: next.text, word }], tookNext: true };
  }
  return readLetters(word, valued, next);
}

/** `-yqq`, `-oDpkg::Use-Pty=0`, `-q=2`, `-yt bookworm`. */
function readLetters(
  word: ShellWord,
  valued: readonly string[],
  next: ShellWord | undefined,
): { readonly options: PackageOption[]; readonly tookNext: boolean } {
  const options: PackageOption[] = [];
  const letters = word.text.slice(1);
  for (let at = 0; at < letters.length; at += 1) {
    const name = `-${letters[at]}`;
    const attached = letters.slice(at + 1);
    const takesValue = valued.includes(name);
    if (attached.startsWith('=') || (takesValue && attached !== '')) {
      return { options: [...options, { name, value: attached.replace(/^=/, ''), word }], tookNext: false };
    }
    if (takesValue && next) return { options: [...options, { name, value: next.text, word }], tookNext: true };
    options.push({ name, word });
  }
  return { options, tookNext: false };
}
