import type { RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand } from '../../model/shell.ts';
import type { Span, TextEdit } from '../../model/source-text.ts';
import { empties, isMounted } from './file-removal.ts';
import { optionOf, type PackageCommand, packageCommandOf, type PackageManager } from './package-install.ts';
import { commandsOf } from './run-commands.ts';
import { expanded } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

/** A call of a package manager in a RUN. */
export interface PackageCall extends PackageCommand {
  readonly run: RunInstruction;
  readonly command: ShellCommand;
  /** From the program to the word that says what it does. */
  readonly span: Span;
}

/** The calls of these managers in these RUNs, in order. */
export function packageCalls(
  runs: readonly RunInstruction[],
  managers: readonly PackageManager[],
): readonly PackageCall[] {
  return runs.flatMap((run) => callsOf(run).filter(({ manager }) => managers.includes(manager)));
}

/** Many controls ask for the same calls. */
const callsOf = remembered((run: RunInstruction): readonly PackageCall[] =>
  commandsOf(run).flatMap((command) => {
    const call = packageCommandOf(command);
    if (!call) return [];
    const start = command.words[0]?.span.start ?? command.span.start;
    return [{ ...call, run, command, span: { start, end: call.actionWord.span.end } }];
  }),
);

/** Whether a call has an option, or may have it: in a variable that is not known. */
export function hasOption(call: PackageCall, ...names: readonly string[]): boolean {
  return (
    optionOf(call, ...names) !== undefined ||
    call.command.words.some((word) => {
      if (word.literal || !/^["']?\$/.test(word.source)) return false;
      const value = expanded(word, call.run);
      if (value !== undefined) return value.split(/\s+/).some((each) => isOneOf(each, names));
      return word.span.start < call.actionWord.span.start || /opt|arg|flag|param|yes/i.test(word.source);
    })
  );
}

function isOneOf(text: string, names: readonly string[]): boolean {
  if (text.startsWith('--')) return names.includes(text.replace(/=.*$/s, ''));
  return /^-\w/.test(text) && Array.from(text.slice(1)).some((letter) => names.includes(`-${letter}`));
}

/** Whether something else answers what a command asks: `yes |`, `<<< y`. */
export function isAnswered({ command, run }: PackageCall): boolean {
  const others = commandsOf(run).filter(({ pipeline }) => pipeline === command.pipeline);
  return others.some(
    ({ program, place, redirects }) =>
      (place < command.place && /^(?:yes|echo|printf)$/.test(program)) ||
      (place === command.place && redirects.some(({ operator }) => operator.includes('<'))),
  );
}

/** Writes an option behind the word that ends there and says what to do. */
export function insertOption({ form, words }: RunInstruction, end: number, option: string): TextEdit {
  const isElement = form === 'exec' && words.some(({ text, span }) => span.end === end + 1 && !/\s/.test(text));
  return isElement ? { start: end + 1, end: end + 1, text: `, "${option}"` } : { start: end, end, text: ` ${option}` };
}

/** What a package manager leaves behind, and how it is cleaned. */
export interface PackageCache {
  readonly folders: readonly string[];
  /** The call leaves files there. */
  readonly fills: (call: PackageCommand) => boolean;
  /** The call deletes them. */
  readonly cleans: (call: PackageCommand) => boolean;
}

/** The calls whose files no later command of their RUN deletes: all of them, or the first of each RUN. */
export function uncleanedCalls(
  runs: readonly RunInstruction[],
  managers: readonly PackageManager[],
  { folders, fills, cleans }: PackageCache,
  { each = false }: { readonly each?: boolean } = {},
): readonly PackageCall[] {
  return runs.flatMap((run) => {
    if (isMounted(run, folders)) return [];
    const commands = commandsOf(run);
    const lastClean = commands.findLastIndex((command) => {
      const call = packageCommandOf(command);
      return call ? cleans(call) : empties(command, folders);
    });
    const calls = packageCalls([run], managers).filter(
      (call) => fills(call) && commands.indexOf(call.command) > lastClean,
    );
    return each ? calls : calls.slice(0, 1);
  });
}
