import {
  type Dockerfile,
  type Instruction,
  instructionsOf,
  lineage,
  type RunInstruction,
} from '../../model/dockerfile.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import { commandsOf } from './run-commands.ts';

/** The RUN instructions of a list, those carried by ONBUILD too. */
export function runsOf(instructions: readonly Instruction[]): readonly RunInstruction[] {
  return instructionsOf(instructions, ['run'], { onbuild: true });
}

/** The RUN instructions whose files end in the target image, in the order in which they are written. */
export function runsOfTarget(dockerfile: Dockerfile): readonly RunInstruction[] {
  return runsOf(
    lineage(dockerfile)
      .toReversed()
      .flatMap(({ instructions }) => instructions),
  );
}

/** What was done to the file tree before a RUN: the instructions above it, in its stage and in those it is built from. */
export function instructionsBefore(dockerfile: Dockerfile, { stage, span }: Instruction): readonly Instruction[] {
  const target = dockerfile.stages[stage];
  if (!target) return [];
  return lineage({ ...dockerfile, target })
    .toReversed()
    .flatMap(({ instructions }) => instructions)
    .filter((each) => each.span.start < span.start);
}

/**
 * Whether what a RUN does later can depend on a configuration that the file writes: `pattern` stands in an instruction
 * before it or in the RUN itself, or a file is copied to a path that `copied` knows, whose content is not at hand.
 */
export function isConfiguredBefore(
  dockerfile: Dockerfile,
  run: RunInstruction,
  pattern: RegExp,
  copied?: RegExp,
): boolean {
  const before = instructionsBefore(dockerfile, run);
  if ([...before, run].some(({ span }) => pattern.test(dockerfile.text.slice(span.start, span.end)))) return true;
  return (
    copied !== undefined &&
    instructionsOf(before, ['copy', 'add']).some(
      ({ sources, destination, heredocs }) =>
        heredocs.length === 0 &&
        [...sources, ...(destination ? [destination] : [])].some((word) => copied.test(word.value ?? word.text)),
    )
  );
}

const variable = /\$(?:\{(\w+)\}|(\w+))/g;

/**
 * A word with the variables replaced that ENV and ARG give a value. Undefined where one is left, or where the script
 * itself sets one of them.
 */
export function expanded({ text, source, literal }: ShellWord, run: RunInstruction): string | undefined {
  if (literal || !/[$`]/.test(source)) return text;
  const assigned = new Set(
    commandsOf(run).flatMap(({ program, assignments, words }) => [
      ...assignments.map(({ name }) => name),
      ...(/^(?:export|local|declare|read|for)$/.test(program)
        ? words.map((word) => word.text.replace(/=.*$/s, ''))
        : []),
    ]),
  );
  let isKnown = true;
  const value = text.replaceAll(variable, (_match, braced: string | undefined, plain: string | undefined) => {
    const name = braced ?? plain ?? '';
    const known = assigned.has(name) ? undefined : run.environment[name];
    if (known === undefined) isKnown = false;
    return known ?? '';
  });
  return isKnown && !/[$`]/.test(value) ? value : undefined;
}

/** The value of a variable for one command: assigned in front of it, exported above it, or from ENV and ARG. */
export function variableFor(name: string, command: ShellCommand, run: RunInstruction): string | undefined {
  const own = command.assignments.findLast((each) => each.name === name);
  if (own) return own.value.text;
  for (const { program, words, assignments, span } of commandsOf(run).toReversed()) {
    if (span.start > command.span.start) continue;
    const carried = span.end >= command.span.end && program !== 'export';
    const exported = program === 'export' || program === '' || carried;
    const found =
      assignments.findLast((each) => exported && each.name === name)?.value.text ??
      (exported ? words.find(({ text }) => text.startsWith(`${name}=`))?.text.slice(name.length + 1) : undefined);
    if (found !== undefined) return found;
  }
  return run.environment[name];
}
