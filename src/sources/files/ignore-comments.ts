import type { InlineIgnore } from '../../model/inline-ignore.ts';
import { type Text, verbatim } from '../../model/text.ts';
import type { FileProblem, WrittenFile } from './written-file.ts';

/** Lines that a comment speaks for when it stands on a line of its own, or behind something on a line. */
export type Reach = (line: number, isAlone: boolean) => { readonly from: number; readonly to: number };

export interface IgnoreComments {
  readonly ignores: readonly InlineIgnore[];
  readonly problems: readonly FileProblem[];
}

interface Notation {
  readonly notation: InlineIgnore['notation'];
  /** Groups: `scope` (file or nothing), `ids`, `reason`. */
  readonly pattern: RegExp;
  /** The tool itself lets it speak for the whole file. */
  readonly wholeFile?: boolean;
}

const notations: readonly Notation[] = [
  { notation: 'plimsoll', pattern: /#\s*plimsoll\s+ignore(?<scope>-file)?\s*=\s*(?<ids>[\w.:*?,-]+)(?<reason>.*)$/i },
  {
    notation: 'hadolint',
    pattern: /#\s*hadolint\s+(?<scope>global\s+)?ignore\s*=\s*(?<ids>\w+(?:\s*,\s*\w+)*)(?<reason>.*)$/i,
  },
  { notation: 'checkov', pattern: /#\s*checkov:skip=(?<ids>\w+):?(?<reason>.*)$/i, wholeFile: true },
  { notation: 'trivy', pattern: /#\s*(?:trivy|tfsec):ignore:(?<ids>(?:avd-)?\w+(?:-\w+)*)(?<reason>.*)$/i },
];

/** The comments of a file that accept what is wrong beside them, with our own notation and with other tools'. */
export function ignoreComments(file: WrittenFile, reach: Reach): IgnoreComments {
  if (!/plimsoll\s+ignore|hadolint|checkov:skip|(?:trivy|tfsec):ignore/i.test(file.text))
    return { ignores: [], problems: [] };
  const lines = file.text.split(/\r\n|\n|\r/);
  const found = lines.flatMap((text, index) => {
    const comment = commentOf(text, index + 1, lines.length, reach);
    return comment ? [{ ...comment, file: file.name }] : [];
  });
  return {
    ignores: found.filter(({ notation, reason }) => notation !== 'plimsoll' || reason.en !== ''),
    problems: found
      .filter(({ notation, reason }) => notation === 'plimsoll' && reason.en === '')
      .map(({ line }): FileProblem => ({
        file: file.name,
        kind: 'notice',
        line,
        reason: {
          en: 'it ignores a control without a reason, and so does not count',
          zh: '忽略注释没有写明理由，因此不生效',
        },
        need: {
          en: 'write the reason behind it: # plimsoll ignore=ID reason',
          zh: '请在其后写明理由：# plimsoll ignore=ID 理由',
        },
      })),
  };
}

function commentOf(text: string, line: number, last: number, reach: Reach): Omit<InlineIgnore, 'file'> | undefined {
  for (const { notation, pattern, wholeFile = false } of notations) {
    const match = pattern.exec(text);
    const { ids = '', reason = '', scope } = match?.groups ?? {};
    if (!match || !(match.index === 0 || /\s/.test(text[match.index - 1] ?? ''))) continue;
    const whole = wholeFile || scope !== undefined;
    const selectors = ids
      .split(',')
      .map((id) => withoutPrefix(id.trim()))
      .filter((id) => id !== '');
    const range = whole ? { from: 1, to: last } : reach(line, text.slice(0, match.index).trim() === '');
    return { notation, selectors, reason: reasonOf(notation, reason), line, ...range };
  }
  return undefined;
}

/** Trivy wrote its ids with a prefix once. */
function withoutPrefix(id: string): string {
  return id.replace(/^avd-/i, '');
}

function reasonOf(notation: InlineIgnore['notation'], written: string): Text {
  const reason = written.replace(/^[\s:,-]+|(?:\s|\*\/|-->)+$/g, '');
  if (reason !== '' || notation === 'plimsoll') return verbatim(reason);
  return { en: `a comment for ${notation} ignores it`, zh: `${notation} 的注释将其忽略` };
}

/**
 * What a comment speaks for where indentation makes the structure: what stands on its own line, or on the next one
 * where it is alone, with everything that is indented below.
 */
export function indentedReach(text: string): Reach {
  let split: readonly string[] | undefined;
  return (line, isAlone) => {
    const lines = (split ??= text.split(/\r\n|\n|\r/));
    const from = isAlone ? nextLine(lines, line) : line;
    const depth = indentOf(lines[from - 1] ?? '');
    let to = from;
    for (let next = from + 1; next <= lines.length; next += 1) {
      const content = lines[next - 1] ?? '';
      if (content.trim() === '' || content.trimStart().startsWith('#')) continue;
      if (indentOf(content) <= depth && !isEntryOf(content, depth, lines[from - 1] ?? '')) break;
      to = next;
    }
    return { from, to };
  };
}

/** A list may stand as deep as the key that it belongs to. */
function isEntryOf(content: string, depth: number, first: string): boolean {
  return indentOf(content) === depth && /^\s*- /.test(content) && !/^\s*- /.test(first) && /:\s*(?:#.*)?$/.test(first);
}

/** What a comment speaks for in a script: the next line or its own, as far as backslashes continue it. */
export function continuedReach(text: string): Reach {
  let split: readonly string[] | undefined;
  return (line, isAlone) => {
    const lines = (split ??= text.split(/\r\n|\n|\r/));
    const from = isAlone ? nextLine(lines, line) : line;
    let to = from;
    while (/\\\s*$/.test(lines[to - 1] ?? '') && to < lines.length) to += 1;
    return { from, to };
  };
}

/** The next line that says something. */
function nextLine(lines: readonly string[], line: number): number {
  const index = lines.findIndex((text, at) => at >= line && text.trim() !== '' && !text.trimStart().startsWith('#'));
  return index === -1 ? line : index + 1;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
