import type { EnvironmentFileVariable } from '../../../model/compose-project.ts';
import { Secret } from '../../../model/secret.ts';
import { interpolate, type Lookup } from '../../../syntax/interpolation.ts';
import { type FileProblem, locationAt, type WrittenFile } from '../written-file.ts';

export interface EnvironmentFileReading {
  /** In the order of the file; of a name that is there twice the last one holds. */
  readonly variables: readonly EnvironmentFileVariable[];
  readonly problems: readonly FileProblem[];
}

export interface EnvironmentFileOptions {
  readonly lookup: Lookup;
  /** `format: raw`: values stand as they are, quotes and dollar signs included. */
  readonly raw?: boolean;
}

/** What variables may add to a whole file, in characters: each could double the one before it. */
const largestGrowth = 5_000_000;

/**
 * Reads a file of variables as Compose does: `NAME=value`, `NAME: value`, `export NAME=value`, quotes over several lines,
 * comments, variables in values. A name alone takes its value from around it.
 */
export function readEnvironmentFile(
  file: WrittenFile,
  { lookup, raw = false }: EnvironmentFileOptions,
): EnvironmentFileReading {
  const known = new Map<string, string>();
  const variables: EnvironmentFileVariable[] = [];
  const problems: FileProblem[] = [];
  let room = largestGrowth;
  const expand = (text: string) => {
    if (raw || room < 0) return text;
    const value = interpolate(text, (name) => lookup(name) ?? known.get(name)).text;
    room -= value.length - text.length;
    return value;
  };
  for (const assignment of assignmentsIn(file.text, raw)) {
    if ('invalid' in assignment) {
      problems.push(problemOf(file, assignment.invalid));
      continue;
    }
    const { name, offset, value, literal } = assignment;
    const text = value === undefined ? lookup(name) : literal ? value : expand(value);
    if (text === undefined) continue;
    known.set(name, text);
    variables.push({ name, value: new Secret(text), location: locationAt(file, offset, name) });
  }
  return { variables, problems };
}

function problemOf(file: WrittenFile, offset: number): FileProblem {
  return {
    file: file.name,
    kind: 'notice',
    reason: { en: 'this line assigns no variable', zh: '此行不是变量赋值' },
    need: { en: 'write NAME=value, with closed quotes', zh: '请写成 NAME=value，并确保引号闭合' },
    ...file.lines.positionAt(offset),
  };
}

type Assignment =
  | { readonly invalid: number }
  | {
      readonly name: string;
      readonly offset: number;
      /** Absent: the name stands alone. */
      readonly value?: string;
      /** Variables in it are not replaced. */
      readonly literal: boolean;
    };

const blank = /[ \t\r\n]+|#[^\r\n]*/y;
const nameForm = /((?:export[ \t]+)?)([A-Za-z0-9_.[\]-]+)[ \t]*([=:]?)[ \t]*/y;
const restOfLine = /[^\r\n]*/y;

function assignmentsIn(text: string, raw: boolean): Assignment[] {
  const assignments: Assignment[] = [];
  let position = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match) position = pattern.lastIndex;
    return match;
  };
  while (position < text.length) {
    if (take(blank)) continue;
    const start = position;
    const [, prefix = '', name, operator = ''] = take(nameForm) ?? [];
    const offset = start + prefix.length;
    const quote = raw ? undefined : /["']/.exec(text.charAt(position))?.[0];
    if (name === undefined || (operator === '' && position < text.length && !/[\r\n#]/.test(text.charAt(position)))) {
      assignments.push({ invalid: start });
    } else if (operator === '') assignments.push({ name, offset, literal: true });
    else if (quote !== undefined) {
      const end = closingQuote(text, position, quote);
      if (end === -1) assignments.push({ invalid: start });
      else {
        const inner = text.slice(position + 1, end);
        assignments.push({ name, offset, literal: quote === "'", value: quote === '"' ? unescaped(inner) : inner });
        position = end + 1;
      }
    } else {
      const line = take(restOfLine)?.[0] ?? '';
      assignments.push({ name, offset, literal: raw, value: raw ? line : withoutComment(line) });
      continue;
    }
    take(restOfLine);
  }
  return assignments;
}

function closingQuote(text: string, opening: number, quote: string): number {
  for (let index = opening + 1; index < text.length; index += 1) {
    if (text[index] === quote && text[index - 1] !== '\\') return index;
  }
  return -1;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', $: '$$' };

function unescaped(text: string): string {
  return text.replaceAll(/\\([\s\S])/g, (_, character: string) => escapes[character] ?? character);
}

function withoutComment(line: string): string {
  const comment = line.startsWith('#') ? 0 : line.search(/[ \t]#/);
  return (comment === -1 ? line : line.slice(0, comment)).trimEnd();
}
