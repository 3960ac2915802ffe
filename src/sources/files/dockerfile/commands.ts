import type { Word } from '../../../model/dockerfile.ts';
import type { ShellScript } from '../../../model/shell.ts';
import type { Span } from '../../../model/source-text.ts';
import { announcedBy } from '../../../syntax/dockerfile/heredoc.ts';
import type { JsonString } from '../../../syntax/dockerfile/json-array.ts';
import type { Piece } from '../../../syntax/dockerfile/pieces.ts';
import { posixShells } from '../../../syntax/shell/carriers.ts';
import { composed, JoinedText } from '../../../syntax/shell/offset-map.ts';
import { parseArguments, parseShell } from '../../../syntax/shell/shell.ts';
import { addAligned } from '../../../syntax/shell/words.ts';
import type { InstructionLine } from './line-reader.ts';

/** What RUN, CMD, ENTRYPOINT and HEALTHCHECK start. */
export interface Started {
  readonly form: 'shell' | 'exec';
  readonly words: readonly Word[];
  readonly script?: ShellScript;
}

/** Whether a shell as SHELL names it reads the grammar of the POSIX family; `env bash -c` and the like do too. */
export function isPosixShell(shell: readonly string[]): boolean {
  return shell.some((word) => posixShells.has(programName(word)));
}

function programName(word: string): string {
  return word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).replace(/\.exe$/i, '');
}

/** In shell form the whole line is one word. */
export function startedBy(line: InstructionLine, text: string, shell: readonly string[], start?: number): Started {
  const rest = { start: start ?? line.rest.start, end: line.rest.end };
  const json = line.json(rest.start);
  if (json.kind === 'strings') {
    const words = json.strings.map((each) => line.plain(each, each.value));
    return { form: 'exec', words, ...scriptOfArguments(line, json.strings) };
  }
  const words = rest.start < rest.end ? [line.plain(rest)] : [];
  const script = words.length > 0 ? scriptOf(line, rest, text, shell) : undefined;
  return { form: 'shell', words, ...(script ? { script } : {}) };
}

function scriptOfArguments(line: InstructionLine, strings: readonly JsonString[]): { script?: ShellScript } {
  if (strings.length === 0) return {};
  const parts = strings.map(({ value, start, end }) => {
    const content = new JoinedText();
    addAligned(content, value, line.line.slice(start + 1, end - 1), start + 1);
    return { text: value, map: composed(content, line.map) };
  });
  return { script: parseArguments(parts) };
}

function scriptOf(line: InstructionLine, rest: Piece, text: string, shell: readonly string[]): ShellScript | undefined {
  const [first] = line.heredocLines;
  if (!first) return isPosixShell(shell) ? parseShell(line.textOf(rest), withBase(line, rest)) : undefined;
  const script = new JoinedText();
  if (announcedBy(line.textOf(rest))) {
    addLines(script, text, first.body);
    const interpreter = /^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(script.text);
    const reads = interpreter ? isPosixShell(interpreter.slice(1).filter(Boolean)) : isPosixShell(shell);
    return reads ? parseShell(script.text, script) : undefined;
  }
  if (!isPosixShell(shell)) return undefined;
  for (let at = rest.start; at < rest.end; at += 1) script.add(line.line[at] ?? '', line.map.at(at));
  for (const { body, closing } of line.heredocLines) {
    script.add('\n', Math.max(0, body.start - 1));
    addLines(script, text, body);
    if (closing) script.add(text.slice(closing.start, closing.end), closing.start);
  }
  return parseShell(script.text, script);
}

function withBase(line: InstructionLine, rest: Piece) {
  return { at: (offset: number) => line.map.at(rest.start + offset) };
}

/** Lines of the file, each ended by `\n` alone: what is before it would belong to the last word. */
function addLines(script: JoinedText, text: string, { start, end }: Span): void {
  let place = start;
  while (place < end) {
    const carriage = text.indexOf('\r\n', place);
    const until = carriage < 0 || carriage >= end ? end : carriage;
    script.add(text.slice(place, until), place);
    place = until === end ? end : until + 1;
  }
}
