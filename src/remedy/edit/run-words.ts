import type { ShellWord } from '../../model/shell.ts';
import type { Span, TextEdit } from '../../model/source-text.ts';
import { type GivenOption, parseRunArguments } from '../../syntax/docker-run/arguments.ts';
import { runOption } from '../../syntax/docker-run/options.ts';
import { JoinedText } from '../../syntax/shell/offset-map.ts';
import { parseShell } from '../../syntax/shell/shell.ts';
import type { RunPlace } from './place.ts';

/** A `docker run` command taken apart. */
export interface RunWords {
  /** From the program to the last word of the container's own command. */
  readonly words: readonly ShellWord[];
  readonly options: readonly WrittenOption[];
  readonly image: ShellWord;
}

/** An option, and the words that it is written in. */
export interface WrittenOption {
  readonly given: GivenOption;
  /** Its place among the words. */
  readonly index: number;
  /** The word that its value stands in by itself: `root` of `-u root`. */
  readonly valueWord?: ShellWord;
  /** Letters of other options in front of it in the same word: `-it` of `-itu`. */
  readonly bundled: string;
  /** Its value as it is written. */
  readonly valueSource: string;
}

/** Undefined where the command cannot be taken apart. */
export function runWords({ text, span }: RunPlace): RunWords | undefined {
  const { commands } = parseShell(...shellText(text, span));
  const words = commands.find((command) => command.words.some(isVerb))?.words ?? [];
  const verb = words.findIndex(isVerb);
  const { options, operands } = parseRunArguments(words.slice(verb + 1));
  const [image] = operands;
  if (verb === -1 || !image) return undefined;
  return { words, image, options: options.flatMap((given) => writtenOption(given, words) ?? []) };
}

/** A stretch of the text as a shell reads it: the carriage return of a line's end is no part of a word. */
function shellText(text: string, { start, end }: Span): [string, JoinedText] {
  const joined = new JoinedText();
  let at = start;
  for (const line of text.slice(start, end).split(/(?<=\n)/)) {
    const plain = line.endsWith('\r\n') ? `${line.slice(0, -2)}\n` : line;
    joined.add(plain, at);
    at += line.length;
  }
  return [joined.text, joined];
}

function isVerb({ text }: ShellWord): boolean {
  return text === 'run' || text === 'create';
}

function writtenOption(given: GivenOption, words: readonly ShellWord[]): WrittenOption | undefined {
  const index = words.findIndex(({ span }) => span.start === given.span.start);
  const word = words[index];
  if (!word) return undefined;
  const isLong = word.text.startsWith('--');
  const letter = isLong ? -1 : word.text.indexOf(given.written.slice(1), 1);
  const attached = isLong ? word.text.includes('=') : word.text.length > letter + 1;
  const takesValue = runOption(given.name)?.takes === 'value';
  const bundled = letter > 1 ? word.text.slice(0, letter) : '';
  if (!word.source.startsWith(bundled)) return undefined;
  const next = takesValue && !attached ? words[index + 1] : undefined;
  const head = isLong ? word.source.indexOf('=') + 1 : letter + (word.text[letter + 1] === '=' ? 2 : 1);
  return {
    given,
    index,
    bundled,
    valueSource: next ? next.source : attached && takesValue ? word.source.slice(head) : '',
    ...(next ? { valueWord: next } : {}),
  };
}

/** Another value in the place of the one that is there, in the same quotes if it has any. */
export function valueEdit({ given, valueWord, valueSource }: WrittenOption, source: string): TextEdit | undefined {
  if (valueSource === '') return undefined;
  const end = valueWord?.span.end ?? given.span.end;
  return { start: end - valueSource.length, end, text: source };
}

/**
 * Without these options: with the blanks or the continued line in front of them, or with those behind them where others
 * follow on their line.
 */
export function removalEdits(options: readonly WrittenOption[], { words }: RunWords, text: string): TextEdit[] {
  const gone = new Set<number>();
  const edits: TextEdit[] = [];
  for (const { given, index, valueWord, bundled } of options) {
    if (bundled === '') {
      gone.add(index);
      if (valueWord) gone.add(index + 1);
    } else edits.push({ start: given.span.start, end: valueWord?.span.end ?? given.span.end, text: bundled });
  }
  for (const first of gone) {
    if (gone.has(first - 1)) continue;
    let last = first;
    while (gone.has(last + 1)) last += 1;
    edits.push(stretchRemoval(words, first, last, text));
  }
  return edits;
}

function stretchRemoval(words: readonly ShellWord[], first: number, last: number, text: string): TextEdit {
  const start = words[first]?.span.start ?? 0;
  const end = words[last]?.span.end ?? start;
  const before = words[first - 1]?.span.end ?? start;
  const after = words[last + 1]?.span.start ?? end;
  const isFirst = text.slice(before, start).includes('\n');
  const isLast = text.slice(end, after).includes('\n');
  return isFirst && !isLast ? { start, end: after, text: '' } : { start: before, end, text: '' };
}
