import type { UnitFile } from '../model/engine.ts';
import { type FileVariable, readEnvironmentText } from './environment-file.ts';
import { readUnitText, splitWords, type UnitWord } from './unit-text.ts';

/** A unit, its override or a drop-in, in the order in which they apply. */
export interface WrittenUnit extends Pick<UnitFile, 'path' | 'kind'> {
  readonly text: string;
}

/** How a service is started, put together from its files. */
export interface ServiceCommand {
  readonly words: readonly UnitWord[];
  /** The file that says so. */
  readonly path: string;
  readonly variables: ReadonlyMap<string, ServiceVariable>;
}

/** A variable of its environment. */
export interface ServiceVariable {
  readonly value: string;
  /** The unit or the environment file that sets it. */
  readonly path: string;
  readonly line: number;
  readonly kind: 'unit' | 'environment-file';
}

/** The values of one setting of `[Service]` that hold in the end: an empty one resets all before it. */
export function serviceValues(
  units: readonly WrittenUnit[],
  key: string,
): { readonly value: string; readonly path: string; readonly line: number }[] {
  let values: { value: string; path: string; line: number }[] = [];
  for (const { path, text } of units) {
    for (const each of readUnitText(text)) {
      if (each.section !== 'Service' || each.key !== key) continue;
      values = each.value === '' ? [] : [...values, { value: each.value, path, line: each.line }];
    }
  }
  return values;
}

/** `undefined` where a unit names no command, several, or one that cannot be read. */
export function serviceCommand(
  units: readonly WrittenUnit[],
  textAt: (path: string) => string | undefined,
): ServiceCommand | undefined {
  const commands = serviceValues(units, 'ExecStart');
  const [command] = commands;
  const words = command && splitWords(command.value);
  if (!words || commands.length > 1 || words.length === 0) return undefined;
  // A lone semicolon begins another command.
  if (words.some(({ raw }) => raw === ';')) return undefined;
  return { words, path: command.path, variables: variablesOf(units, textAt) };
}

/** Files come after `Environment=`, wherever they are named. */
function variablesOf(
  units: readonly WrittenUnit[],
  textAt: (path: string) => string | undefined,
): Map<string, ServiceVariable> {
  const variables = new Map<string, ServiceVariable>();
  for (const { value, path, line } of serviceValues(units, 'Environment')) {
    for (const { text } of splitWords(value) ?? []) {
      const at = text.indexOf('=');
      if (at > 0) variables.set(text.slice(0, at), { value: text.slice(at + 1), path, line, kind: 'unit' });
    }
  }
  for (const { value } of serviceValues(units, 'EnvironmentFile')) {
    const path = value.replace(/^-/, '');
    const read: readonly FileVariable[] = readEnvironmentText(textAt(path) ?? '');
    for (const { name, value: text, line } of read) {
      variables.set(name, { value: text, path, line, kind: 'environment-file' });
    }
  }
  return variables;
}

/** One argument that the service is started with, and where it comes from. */
export interface ServiceArgument {
  /** `undefined` where a specifier stands in it (`%H`). */
  readonly text: string | undefined;
  /** The word of the command, by position. */
  readonly word: number;
  /** The variable that the word is, and the word in its value. */
  readonly variable?: { readonly name: string; readonly position: number };
}

/** What systemd makes of a command; `undefined` where a variable's value cannot be split. */
export function serviceArguments({ words, variables }: ServiceCommand): ServiceArgument[] | undefined {
  const expanded: ServiceArgument[] = [];
  const isVerbatim = /^[-@+!|]*:/.test(words[0]?.text ?? '');
  for (const [word, { raw, text }] of words.entries()) {
    const name = isVerbatim ? undefined : /^\$(?![{$])(.*)$/s.exec(text)?.[1];
    if (name === undefined) {
      expanded.push({ text: raw === String.raw`\;` ? ';' : filledIn(text, isVerbatim ? undefined : variables), word });
      continue;
    }
    const parts = splitWords(variables.get(name)?.value ?? '', 'plain');
    if (!parts) return undefined;
    for (const [position, part] of parts.entries()) {
      expanded.push({ text: part.text, word, variable: { name, position } });
    }
  }
  // With @ the second word is what the program is told that it is called.
  return /^[-:+!|]*@/.test(words[0]?.text ?? '') ? expanded.slice(1) : expanded;
}

/** `%%` and `$$` are the characters themselves; a variable in braces is part of its word, whatever is in it. */
function filledIn(text: string, variables: ServiceCommand['variables'] | undefined): string | undefined {
  if (text.replaceAll('%%', '').includes('%')) return undefined;
  const specified = text.replaceAll('%%', '%');
  if (!variables) return specified;
  return specified.replaceAll(/\$(?:\$|\{([^}]*)\})/g, (_, name: string | undefined) =>
    name === undefined ? '$' : (variables.get(name)?.value ?? ''),
  );
}

/** Whether these are the arguments of a process, the name of its program aside. */
export function isStartedWith(expected: readonly ServiceArgument[], given: readonly string[]): boolean {
  return (
    expected.length === given.length &&
    expected.every(({ text }, index) => index === 0 || text === undefined || text === given[index])
  );
}
