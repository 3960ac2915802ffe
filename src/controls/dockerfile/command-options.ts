import type { ShellWord } from '../../model/shell.ts';

/** An option of a command and its value, attached or in the next word. */
export interface CommandOption {
  /** With its dashes: `-u`, `--uid`. */
  readonly name: string;
  readonly value?: ShellWord;
}

/** Which options take a value: letters without their dash, and long names. */
export interface OptionGrammar {
  readonly letters: string;
  readonly long: readonly string[];
}

/** The options of a command as `getopt` reads them; the program's own word is not among `words`. */
export function commandOptions(
  words: readonly ShellWord[],
  { letters, long }: OptionGrammar,
): readonly CommandOption[] {
  const options: CommandOption[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (!word || word.text === '--') break;
    if (!/^-./.test(word.text)) continue;
    const next = words[index + 1];
    const read = word.text.startsWith('--') ? longOption(word, long, next) : letterOptions(word, letters, next);
    if (read.at(-1)?.value === next && next) index += 1;
    options.push(...read);
  }
  return options;
}

function longOption(word: ShellWord, long: readonly string[], next: ShellWord | undefined): readonly CommandOption[] {
  const equals = word.text.indexOf('=');
  if (equals > 0) return [{ name: word.text.slice(0, equals), value: attached(word, equals + 1) }];
  return [{ name: word.text, ...(next && long.includes(word.text.slice(2)) ? { value: next } : {}) }];
}

function letterOptions(word: ShellWord, letters: string, next: ShellWord | undefined): readonly CommandOption[] {
  const options: CommandOption[] = [];
  for (let at = 1; at < word.text.length; at += 1) {
    const letter = word.text[at] ?? '';
    if (letters.includes(letter)) {
      const value = at + 1 < word.text.length ? attached(word, at + 1) : next;
      return [...options, { name: `-${letter}`, ...(value ? { value } : {}) }];
    }
    options.push({ name: `-${letter}` });
  }
  return options;
}

function attached(word: ShellWord, from: number): ShellWord {
  return { ...word, text: word.text.slice(from) };
}
