import type { ShellCommand, ShellError, ShellWord } from '../../../model/shell.ts';
import { JoinedText } from '../../../syntax/shell/offset-map.ts';
import { addAligned } from '../../../syntax/shell/words.ts';
import { alignedLines, commandsOf, type Excerpt } from './excerpt.ts';
import { handedOn, looksLikeRun, remoteWords, type RunCommand, runCommand } from './find.ts';
import { isUnit, unitScripts } from './unit-scripts.ts';

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
    else if (depth < 3) {
      const scripts = [...remoteScripts(command, fileText), ...writtenUnits(command, fileText)];
      runs.push(...scripts.flatMap((each) => runsIn(each, fileText, depth + 1).runs));
    }
  }
  return { runs, errors };
}

/** What a command has another machine run: the words behind the host, and a here-document. */
function remoteScripts(command: ShellCommand, fileText: string): Excerpt[] {
  const words = remoteWords(command);
  if (!words) return [];
  const scripts = [scriptOf(words)];
  return [...scripts, ...hereDocuments(command, fileText)].filter(({ text }) => looksLikeRun(text));
}

/** What a unit of systemd will run that a here-document writes: `cat >x.service <<EOF`. */
function writtenUnits(command: ShellCommand, fileText: string): Excerpt[] {
  return hereDocuments(command, fileText)
    .filter(({ text }) => isUnit(text))
    .flatMap((unit) => unitScripts(unit));
}

function hereDocuments({ redirects }: ShellCommand, fileText: string): Excerpt[] {
  return redirects.flatMap(({ body, target }) => {
    if (body === undefined || !looksLikeRun(body)) return [];
    const end = fileText.indexOf('\n', target.span.end);
    return end < 0 ? [] : [alignedLines(body, fileText, end, endOf(body, fileText, end))];
  });
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
