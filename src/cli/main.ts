import { CommanderError } from 'commander';
import { describeFailure } from './failure.ts';
import { detectLanguage } from './language.ts';
import { buildProgram } from './program.ts';

/** Codes of commander that mean that the user got what was asked for. */
const answered = new Set(['commander.helpDisplayed', 'commander.help', 'commander.version']);
const usageError = 2;

/** Runs the program; sets the exit code instead of exiting, so that everything written reaches its reader. */
export async function main(argumentsList: readonly string[]): Promise<void> {
  tolerateClosedPipes();
  const language = detectLanguage(argumentsList, process.env);
  const program = buildProgram(language, (code) => {
    process.exitCode = code;
  });
  try {
    if (argumentsList.length === 0) program.outputHelp();
    else await program.parseAsync(argumentsList, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && answered.has(error.code) && error.exitCode === 0) return;
    process.stderr.write(describeFailure(error, language));
    process.exitCode = usageError;
  }
}

/** With nobody listening for errors of its streams, Node would print a stack. */
function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.off('error', forgive).on('error', forgive);
}

/** Whoever reads may have seen enough: `plimsoll audit | head`. */
function forgive({ code }: NodeJS.ErrnoException): void {
  if (code !== 'EPIPE') process.exitCode = usageError;
}
