import type { ShellCommand, ShellError, ShellWord } from '../../../model/shell.ts';
import { JoinedText } from '../../../syntax/shell/offset-map.ts';
import { addAligned } from '../../../syntax/shell/words.ts';
import { alignedLines, commandsOf, type Excerpt } from './excerpt.ts';
import { handedOn, looksLikeRun, remoteWords, type RunCommand, runCommand } from './find.ts';

export interface FoundRuns {
  readonly runs: readonly RunCommand[];
  readonly errors: readonly ShellError[];
}

/** Every command of a script that makes a container, those that it hands to another program or machine included. */
export function runsIn(excerpt: Excerpt, fileText: string, depth = 0): FoundRuns {
  const { commands, errors } = commandsOf(excerpt);
  const runs: RunCommand[] = [];
  for (const command of commands) {
    const run = runCommand(command.words) ?? runCommand(handedOn(command) ?? []);
    if (run) runs.push(run);
    else if (depth < 3)
      runs.push(...remoteScripts(command, fileText).flatMap((each) => runsIn(each, fileText, depth + 1).runs));
  }
  return { runs, errors };
}

/** What a command has another machine run: the words behind the host, and a here-document. */
function remoteScripts(command: ShellCommand, fileText: string): Excerpt[] {
  const words = remoteWords(command);
  if (!words) return [];
  const scripts = [scriptOf(words)];
  for (const { body, target } of command.redirects) {
    if (body === undefined || !looksLikeRun(body)) continue;
    const end = fileText.indexOf('\n', target.span.end);
    if (end >= 0) scripts.push(alignedLines(body, fileText, end, endOf(body, fileText, end)));
  }
  return scripts.filter(({ text }) => looksLikeRun(text));
}

/** The remote shell gets the words without their quotes, with spaces in between. */
function scriptOf(words: readonly ShellWord[]): Excerpt {
  const joined = new JoinedText();
  for (const { text, source, span } of words) {
    if (joined.length > 0) joined.add(' ', span.start - 1);
    addAligned(joined, text, source, span.start);
  }
  return { text: joined.text, map: joined };
}

/** The end of the lines that a here-document takes in its file. */
function endOf(body: string, text: string, start: number): number {
  let end = start;
  for (let lines = body.split('\n').length; lines > 0; lines -= 1) {
    const next = text.indexOf('\n', end + 1);
    if (next < 0) return text.length;
    end = next;
  }
  return end;
}
