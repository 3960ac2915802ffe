import { type Instruction, instructionsOf, type RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand } from '../../model/shell.ts';

/** A command and the RUN that it stands in. */
export interface RunCommand {
  readonly run: RunInstruction;
  readonly command: ShellCommand;
}

/** Every command of every RUN, those carried by ONBUILD too, in order. */
export function runCommands(instructions: readonly Instruction[]): readonly RunCommand[] {
  return instructionsOf(instructions, ['run'], { onbuild: true }).flatMap((run) =>
    commandsOf(run).map((command) => ({ run, command })),
  );
}

/** The commands that a RUN, CMD, ENTRYPOINT or HEALTHCHECK runs, in either form; none where its shell is not known. */
export function commandsOf({ script }: Pick<RunInstruction, 'script'>): readonly ShellCommand[] {
  return script?.commands ?? [];
}
