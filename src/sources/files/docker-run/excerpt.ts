import type { ShellCommand, ShellError, ShellWord } from '../../../model/shell.ts';
import { JoinedText, type OffsetMap } from '../../../syntax/shell/offset-map.ts';
import { parseShell } from '../../../syntax/shell/shell.ts';

/** A script in a file, with a map of where its characters stand there. */
export interface Excerpt {
  readonly text: string;
  readonly map: OffsetMap;
}

/** The lines of a text, without their ends. */
export function linesIn(text: string): { readonly line: string; readonly index: number }[] {
  return [...text.matchAll(/([^\r\n]*)(?:\r\n|[\r\n]|$)/g)].map(({ 1: line = '', index }) => ({ line, index }));
}

/** A stretch of a text as it is, but for the ends of lines: `\r\n` is no part of a word either. */
export function stretch(text: string, start = 0, end = text.length): Excerpt {
  const joined = new JoinedText();
  const lines = text.slice(start, end).split('\r\n');
  let there = start;
  for (const [index, line] of lines.entries()) {
    joined.add(index < lines.length - 1 ? `${line}\n` : line, there);
    there += line.length + 2;
  }
  return { text: joined.text, map: joined };
}

/**
 * `decoded` was made from a stretch of a text by taking away indentation, and the ends of lines or some of them. Each line
 * of the stretch is found again.
 */
export function alignedLines(decoded: string, text: string, start: number, end: number): Excerpt {
  const joined = new JoinedText();
  for (const { line, index } of linesIn(text.slice(start, end))) {
    const content = line.trim();
    if (content === '') continue;
    const from = joined.length;
    const gap = /^\s*/.exec(decoded.slice(from))?.[0].length ?? 0;
    if (!decoded.startsWith(content, from + gap)) continue;
    const there = start + index + line.indexOf(content);
    // White space in between is given the place just before the line.
    joined.add(decoded.slice(from, from + gap), Math.max(start, there - gap));
    joined.add(content, there);
  }
  joined.add(decoded.slice(joined.length), end - (decoded.length - joined.length));
  return { text: decoded, map: joined };
}

// Characters that have a meaning for the shell, and none where they stand, are read as others that have none.

const templateBase = 0xe000;
const plainBase = 0xf000;

/** What a template or a reader puts something in for: `{{ image }}`, `${{ github.sha }}`, `<%= name %>`, `<image>`. */
const templateTag = /\$?\{\{[^{}\n]*\}\}|<%[^%\n]*%>|(?<=[\s:=/"'])<[A-Za-z][\w-]*>(?=[\s:/"']|$)/g;

/** Tags that only say whether what is between them is there: `{% if x %}`, `{{ end }}`, `%{ if x ~}`. */
const controlTag =
  /\{%[^%\n]*%\}|\{\{-?\s*(?:if|else|end|range|with)\b[^{}\n]*\}\}|%\{~?\s*(?:if|else|endif|for|endfor)\b[^{}\n]*\}/g;

/** Hides the meaning of these characters from the shell. */
export function hidden(text: string): string {
  return shiftedBy(text, plainBase);
}

function shiftedBy(text: string, base: number): string {
  return Array.from({ length: text.length }, (_, index) => {
    const code = text.charCodeAt(index);
    return code < 0x80 ? String.fromCharCode(base + code) : (text[index] ?? '');
  }).join('');
}

function shown(text: string): string {
  return text.replaceAll(/[\uE000-\uE07F\uF000-\uF07F]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) & 0x7f),
  );
}

/** The simple commands of a script. Tags of templates are parts of words, and nothing that anybody knows yet. */
export function commandsOf({ text, map }: Excerpt): {
  readonly commands: readonly ShellCommand[];
  readonly errors: readonly ShellError[];
} {
  const masked = text
    .replaceAll(controlTag, (tag) => ' '.repeat(tag.length))
    .replaceAll(templateTag, (tag) => shiftedBy(tag, templateBase));
  const { commands, errors } = parseShell(masked, map);
  return { commands: commands.map((command) => ({ ...command, words: command.words.map(shownWord) })), errors };
}

function shownWord(word: ShellWord): ShellWord {
  if (!/[\uE000-\uE07F\uF000-\uF07F]/.test(word.source)) return word;
  return {
    ...word,
    text: shown(word.text),
    source: shown(word.source),
    literal: word.literal && !/[\uE000-\uE07F]/.test(word.source),
  };
}
