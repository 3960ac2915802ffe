import type { Dockerfile, RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { lineEndOf, type TextEdit } from '../../model/source-text.ts';

/** Programs whose presence around a command does not change what a command behind it does. */
const transparent: ReadonlySet<string> = new Set(['sudo', 'env', 'time', 'nice', 'eatmydata', 'sh', 'bash']);

/**
 * Adds a command to the end of a RUN, run as `like` is run. Undefined where that is not certain to be right: a
 * here-document, a comment or a separator at its end, another root folder.
 */
export function appendCommand(
  { text, escape }: Dockerfile,
  run: RunInstruction,
  like: ShellCommand,
  command: string,
): TextEdit | undefined {
  const { script, form, heredocs, span } = run;
  if (!script || form !== 'shell' || heredocs.length > 0 || script.errors.length > 0) return undefined;
  if (like.via.some((program) => !transparent.has(program))) return undefined;
  if (script.commands.some(({ program, words, depth }) => depth === 0 && isLastWord(program, words.length)))
    return undefined;
  const last = Math.max(...script.commands.map((each) => endOf(each)));
  const end = span.start + text.slice(span.start, span.end).trimEnd().length;
  const rest = text.slice(last, end).replaceAll(/[\\`][ \t]*(?:\r\n|\n|\r)/g, ' ');
  if (!/^["'\s;]*(?:(?:\)|\}|fi|done|esac)[\s;]*)*$/.test(rest) || text.slice(0, end).endsWith(';')) {
    return undefined;
  }
  const written = `&& ${like.via.includes('sudo') ? 'sudo ' : ''}${command}`;
  const lines = text.slice(span.start, end).split(/\r\n|\n|\r/);
  const indent = /^\s*/.exec(lines.length > 1 ? (lines.at(-1) ?? '') : '')?.[0] ?? '';
  const gap = lines.length > 1 ? ` ${escape}${lineEndOf(text)}${indent || '    '}` : ' ';
  return { start: end, end, text: gap + written };
}

/** Nothing that is written behind it runs. */
function isLastWord(program: string, words: number): boolean {
  return program === 'exit' || (program === 'exec' && words > 1);
}

function endOf({ span, redirects }: ShellCommand): number {
  return Math.max(span.end, ...redirects.map(({ target }) => target.span.end));
}
