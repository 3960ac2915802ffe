import type { ShellWord } from '../../model/shell.ts';
import type { TextEdit } from '../../model/source-text.ts';
import { type GivenOption, parseRunArguments } from '../../syntax/docker-run/arguments.ts';
import { runOption } from '../../syntax/docker-run/options.ts';
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
  const { commands } = parseShell(text.slice(span.start, span.end), span.start);
  const words = commands.find((command) => command.words.some(isVerb))?.words ?? [];
  const verb = words.findIndex(isVerb);
  const { options, operands } = parseRunArguments(words.slice(verb + 1));
  const [image] = operands;
  if (verb === -1 || !image) return undefined;
  return { words, image, options: options.flatMap((given) => writtenOption(given, words) ?? []) };
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

/** Without the option: with the blanks or the continued line in front of it, or behind it where others follow there. */
export function removalEdit(
  { given, index, valueWord, bundled }: WrittenOption,
  { words }: RunWords,
  text: string,
): TextEdit {
  const own = words[index];
  const start = own?.span.start ?? given.span.start;
  const end = valueWord?.span.end ?? given.span.end;
  if (bundled !== '') return { start, end, text: bundled };
  const before = words[index - 1]?.span.end ?? start;
  const after = words[index + (valueWord ? 2 : 1)]?.span.start ?? end;
  const isFirst = text.slice(before, start).includes('\n');
  const isLast = text.slice(end, after).includes('\n');
  return isFirst && !isLast ? { start, end: after, text: '' } : { start: before, end, text: '' };
}
