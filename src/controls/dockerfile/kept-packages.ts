import type { Instruction } from '../../model/dockerfile.ts';
import { matchesGlob } from '../../model/glob.ts';
import type { ShellWord } from '../../model/shell.ts';
import { optionOf, type PackageCommand, packageCommandOf, type PackageManager } from './package-install.ts';
import { packageManagers } from './package-managers.ts';
import { commandsOf, type RunCommand, runCommands } from './run-commands.ts';

/** A package of the distribution that is installed and stays. */
export interface KeptPackage {
  /** Without version, architecture and release: `gcc`. */
  readonly name: string;
  readonly manager: PackageManager;
  /** The word that names it, or the variable that holds it. */
  readonly word: ShellWord;
}

interface Change {
  readonly call: PackageCommand;
  readonly run: RunCommand['run'];
  readonly words: readonly { readonly text: string; readonly word: ShellWord }[];
}

const distributionManagers: ReadonlySet<PackageManager> = new Set<PackageManager>([
  'apt-get',
  'apt',
  'aptitude',
  'apk',
  'yum',
  'dnf',
  'microdnf',
  'tdnf',
  'zypper',
]);
const removals = new Set(['remove', 'purge', 'autoremove', 'del', 'erase', 'rm', 'group remove', 'groupremove']);
const groupInstalls = new Set(['groupinstall', 'group install', 'groups install']);

/** What is installed by a distribution's package manager and not removed by a later command. */
export function keptPackages(instructions: readonly Instruction[]): KeptPackage[] {
  const changes = runCommands(instructions).flatMap(({ run, command }): Change[] => {
    const call = packageCommandOf(command);
    if (!call || !distributionManagers.has(call.manager)) return [];
    return [{ call, run, words: call.operands.flatMap((word) => expanded(word, run)) }];
  });
  return changes.flatMap((change, index) => {
    const { call, words, run } = change;
    const isInstall = packageManagers[call.manager].installs.includes(call.action) || groupInstalls.has(call.action);
    if (!isInstall || isUndone(change)) return [];
    const later = changes.slice(index + 1).filter((each) => removals.has(each.call.action));
    const group = optionOf(call, '-t', '--virtual')?.value;
    const isGone = (name: string) =>
      later.some((removal) =>
        removal.words.some(({ text }) => text === group || matchesGlob(packageName(text, call.manager), name)),
      );
    const isSwept = later.some((removal) => removal.run === run && hasAllMarked(change));
    return words.flatMap(({ text, word }) => {
      const name = packageName(text, call.manager);
      return name === '' || isSwept || isGone(name) || isDropped(text, call)
        ? []
        : [{ name, manager: call.manager, word }];
    });
  });
}

/** `apt-mark auto '.*'`: whatever is not marked by hand afterwards goes with the next autoremove. */
function hasAllMarked({ run, call }: Change): boolean {
  return commandsOf(run).some(
    ({ program, words, span }) =>
      program === 'apt-mark' &&
      span.start > call.actionWord.span.start &&
      words[1]?.text === 'auto' &&
      words.some(({ text }) => text === '.*'),
  );
}

/** `dnf history undo last`. */
function isUndone({ run, call }: Change): boolean {
  return commandsOf(run).some((command) => {
    const other = packageCommandOf(command);
    return (
      other?.manager === call.manager &&
      other.action === 'history' &&
      command.span.start > call.actionWord.span.start &&
      other.operands.some(({ text }) => text === 'undo' || text === 'rollback')
    );
  });
}

/** `apt-get install gcc-` removes it; so does `apk add !gcc`. */
function isDropped(text: string, { manager }: PackageCommand): boolean {
  return manager === 'apk' ? text.startsWith('!') : text.endsWith('-');
}

/** A list of packages is often kept in a variable. */
function expanded(word: ShellWord, run: RunCommand['run']): { text: string; word: ShellWord }[] {
  const variable = /^\$(?:\{(\w+)\}|(\w+))$/.exec(word.text);
  const name = variable?.[1] ?? variable?.[2];
  if (name === undefined) return [{ text: word.text, word }];
  const assigned = commandsOf(run)
    .flatMap(({ assignments, span }) => (span.start < word.span.start ? assignments : []))
    .findLast((each) => each.name === name)?.value.text;
  const value = assigned ?? run.environment[name];
  if (value === undefined) return [{ text: word.text, word }];
  return value.split(/\s+/).flatMap((text) => (text === '' || text.startsWith('-') ? [] : [{ text, word }]));
}

function packageName(text: string, manager: PackageManager): string {
  switch (manager) {
    case 'apt-get':
    case 'apt':
    case 'aptitude':
      return text
        .replace(/[=/].*$/s, '')
        .replace(/:[a-z0-9-]+$/, '')
        .replace(/(?<=[a-z0-9])[+]$/, '');
    case 'apk':
      return text.replace(/[=~<>@].*$/s, '');
    default:
      return text
        .replace(/\s*[=<>].*$/s, '')
        .replace(/\.(?:x86_64|aarch64|noarch|i[3-6]86|ppc64le|s390x)$/, '')
        .replace(/-\d[\w.+~^:]*(?:-[\w.+~^]+)?$/, (version) => (/[.*-]\w|\*/.test(version.slice(1)) ? '' : version));
  }
}
