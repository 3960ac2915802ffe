import { distance } from 'fastest-levenshtein';
import type { ShellWord } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';
import { type RunOption, runOption, runOptionList, shortRunOption } from './options.ts';
import { isOpen } from './split.ts';

/** What stands behind `docker run`, taken apart as its client does. */
export interface RunArguments {
  /** In the order in which they are written. */
  readonly options: readonly GivenOption[];
  /** The image first, then the command and its arguments. */
  readonly operands: readonly ShellWord[];
  /** Variables and substitutions that may hold any option. */
  readonly hidden: readonly ShellWord[];
  readonly problems: readonly ArgumentProblem[];
}

export interface GivenOption {
  /** The name, whatever form was used. */
  readonly name: string;
  /** As written: `-v`, `--volume`, `-it`. */
  readonly written: string;
  /** Of a flag `true`, or what stands behind its equals sign. */
  readonly value: string;
  /** The value says something only when the command runs. */
  readonly open: boolean;
  /** The word that names it. */
  readonly span: Span;
}

export interface ArgumentProblem {
  readonly kind: 'unknown-option' | 'missing-value';
  /** As written: `--volumee`, `-y`. */
  readonly option: string;
  /** The option that was probably meant, with its dashes. */
  readonly nearest?: string;
  readonly span: Span;
}

interface Reading {
  readonly words: readonly ShellWord[];
  index: number;
  readonly options: GivenOption[];
  readonly problems: ArgumentProblem[];
}

/** Takes the words behind `run` or `create` apart. Options end at the first operand, or at `--`. */
export function parseRunArguments(words: readonly ShellWord[]): RunArguments {
  const reading: Reading = { words, index: 0, options: [], problems: [] };
  const hidden: ShellWord[] = [];
  while (reading.index < words.length) {
    const word = words[reading.index];
    if (!word) break;
    if (word.text === '--') {
      reading.index += 1;
      break;
    }
    if (mayHoldOptions(word, words.slice(reading.index + 1))) {
      hidden.push(word);
      reading.index += 1;
    } else if (!isOption(word)) break;
    else {
      reading.index += 1;
      if (word.text.startsWith('--')) longOption(reading, word);
      else letters(reading, word);
    }
  }
  const { options, problems } = reading;
  return { options, operands: words.slice(reading.index), hidden, problems };
}

function isOption({ text }: ShellWord): boolean {
  return text.length > 1 && text.startsWith('-');
}

function longOption(reading: Reading, word: ShellWord): void {
  const equals = word.text.indexOf('=');
  const written = equals < 0 ? word.text : word.text.slice(0, equals);
  const attached = equals < 0 ? undefined : word.text.slice(equals + 1);
  const option = runOption(written.slice(2));
  if (!option) {
    const nearest = nearestOption(written.slice(2));
    reading.problems.push({
      kind: 'unknown-option',
      option: written,
      ...(nearest ? { nearest } : {}),
      span: word.span,
    });
    return;
  }
  given(reading, word, option, written, attached);
}

/** `-dit`, `-p80:80`, `-itp 80:80`, `-d=false`: letters of flags, of which the last one may take a value. */
function letters(reading: Reading, word: ShellWord): void {
  const { text } = word;
  for (let place = 1; place < text.length; place += 1) {
    const letter = text[place] ?? '';
    const option = shortRunOption(letter);
    if (!option) {
      reading.problems.push({ kind: 'unknown-option', option: `-${letter}`, span: word.span });
      return;
    }
    const rest = text.slice(place + 1);
    if (rest.startsWith('=') && rest.length > 1) return given(reading, word, option, `-${letter}`, rest.slice(1));
    if (option.takes === 'value') return given(reading, word, option, `-${letter}`, rest === '' ? undefined : rest);
    given(reading, word, option, `-${letter}`, undefined);
  }
}

function given(
  reading: Reading,
  word: ShellWord,
  { name, takes }: RunOption,
  written: string,
  attached: string | undefined,
): void {
  const { options, problems, words } = reading;
  if (attached !== undefined) {
    options.push({ name, written, value: attached, open: isOpenIn(word, attached), span: word.span });
    return;
  }
  if (takes === 'flag') {
    options.push({ name, written, value: 'true', open: false, span: word.span });
    return;
  }
  const next = words[reading.index];
  if (!next) {
    problems.push({ kind: 'missing-value', option: written, span: word.span });
    return;
  }
  reading.index += 1;
  options.push({ name, written, value: next.text, open: isOpenIn(next, next.text), span: word.span });
}

function isOpenIn(word: ShellWord, value: string): boolean {
  return !word.literal && isOpen(value);
}

/** Nothing but variables and substitutions; `"$@"` and arrays stand for several words. */
const onlyOpen =
  /^(?:\$\{(?:[^{}]|\{[^{}]*\})*\}|\$\((?:[^()]|\([^()]*\))*\)|\$\w+|\$[@*#?!-]|`[^`]*`|\$?\{\{[^{}]*\}\}|<[A-Za-z][\w-]*>)+$/;
const severalWords = /\$[@*]|\$\{[@*]|\[[@*]\]/;
const namesImage = /image|img|tag|repo|registry|build/i;
const namesOptions =
  /opt|arg|flag|param|extra|env|vol|mount|port|net|label|cap|user|limit|device|gpu|detach|tty|debug/i;

/**
 * Whether a word may stand for options rather than for the image. A variable that is named like an image is one; any
 * other is taken for options where more operands follow, because an image must be among them.
 */
function mayHoldOptions(word: ShellWord, rest: readonly ShellWord[]): boolean {
  const { text } = word;
  if (word.literal || !onlyOpen.test(text)) return false;
  if (severalWords.test(text)) return true;
  // What is there only with a variable, and begins like an option: `${DEBUG:+-it}`.
  if (/^\$\{\w+:?[-+=]["']?-/.test(text)) return true;
  if (word.quoted && !/^\$\{\w+:?\+/.test(text)) return false;
  if (namesImage.test(text)) return false;
  const [next] = rest;
  if (!next) return false;
  if (isOption(next)) return isKnownOption(next.text);
  if (namesOptions.test(text)) return true;
  return !isProgram(next.text);
}

function isKnownOption(text: string): boolean {
  if (text.startsWith('--')) return runOption(text.slice(2).replace(/=.*$/s, '')) !== undefined;
  return shortRunOption(text[1] ?? '') !== undefined;
}

/** What follows an image much more often than it is one. */
function isProgram(text: string): boolean {
  return (
    text.startsWith('/') || /^(?:ba|a|da|z)?sh$|^(?:python3?|node|npm|yarn|make|go|cargo|env|cat|echo|ls)$/.test(text)
  );
}

function nearestOption(name: string): string | undefined {
  const ranked = runOptionList
    .map((option) => ({ name: option.name, edits: distance(name.toLowerCase(), option.name) }))
    .toSorted((left, right) => left.edits - right.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(2, name.length / 3) ? `--${best.name}` : undefined;
}
