import type { RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { commandsOf } from './run-commands.ts';

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'mksh', 'zsh']);

/** The shell inside of whose script a command stands, as a command: `bash -c '…'`. Undefined for the shell of the RUN. */
export function innerShell(run: RunInstruction, { span, via }: ShellCommand): ShellCommand | undefined {
  if (!via.some((program) => shells.has(program))) return undefined;
  return commandsOf(run).findLast(
    (each) =>
      shells.has(each.program) &&
      via.includes(each.program) &&
      each.via.length < via.length &&
      ((each.span.start <= span.start && each.span.end >= span.end) || isOnInput(each, span.start)),
  );
}

/** `bash <<EOF`: its script stands behind it. */
function isOnInput({ span, redirects }: ShellCommand, start: number): boolean {
  return start > span.start && redirects.some(({ operator }) => operator.startsWith('<<'));
}

/** The commands of the same shell that stand before a command. */
export function commandsBefore(run: RunInstruction, command: ShellCommand): readonly ShellCommand[] {
  const shell = innerShell(run, command);
  return commandsOf(run).filter(
    (each) => each.span.start < command.span.start && each !== shell && innerShell(run, each) === shell,
  );
}

/** The words with which the shell was started that runs a command. */
export function shellWordsOf(run: RunInstruction, command: ShellCommand): readonly string[] {
  const inner = innerShell(run, command);
  if (inner) return inner.words.map(({ text }) => text);
  return run.form === 'shell' ? run.shell : run.words.map(({ text }) => text);
}

/** Whether a shell option is on where a command stands: `e` and `errexit`, or `pipefail` without a letter. */
export function hasShellOption(run: RunInstruction, command: ShellCommand, name: string, letter?: string): boolean {
  const isOn = shellWordsOf(run, command).some((text) => text === name || isLetter(text, '-', letter));
  return commandsBefore(run, command)
    .filter(({ program }) => program === 'set' || program === 'shopt')
    .reduce((before, { words }) => {
      const texts = words.map(({ text }) => text);
      if (
        texts.some((text, index) => isLetter(text, '+', letter) || (text === name && texts[index - 1]?.startsWith('+')))
      ) {
        return false;
      }
      return before || texts.some((text) => text === name || isLetter(text, '-', letter));
    }, isOn);
}

function isLetter(text: string, sign: '-' | '+', letter: string | undefined): boolean {
  return letter !== undefined && text.startsWith(sign) && /^[-+][A-Za-z]+$/.test(text) && text.includes(letter);
}
