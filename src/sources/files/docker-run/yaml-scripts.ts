import type { ShellWord } from '../../../model/shell.ts';
import { JoinedText } from '../../../syntax/shell/offset-map.ts';
import type { YamlNode, YamlScalar } from '../../../syntax/yaml.ts';
import { alignedLines, type Excerpt, stretch } from './excerpt.ts';
import { looksLikeRun } from './find.ts';

/** What a YAML or JSON file may have a machine run: texts, and lists of words. */
export interface YamlScripts {
  readonly texts: readonly Excerpt[];
  readonly wordLists: readonly (readonly ShellWord[])[];
}

/** Keys of texts for people. */
const prose = new Set([
  'about',
  'comment',
  'description',
  'display_name',
  'displayname',
  'doc',
  'docs',
  'help',
  'if',
  'label',
  'message',
  'msg',
  'name',
  'note',
  'notes',
  'summary',
  'title',
  'usage',
]);

/** Every scalar, and every list of words, that may hold a command that makes a container. */
export function yamlScripts(root: YamlNode, text: string): YamlScripts {
  const texts: Excerpt[] = [];
  const wordLists: ShellWord[][] = [];
  const visit = (node: YamlNode): void => {
    if (node.kind === 'scalar') {
      if (looksLikeRun(node.text)) texts.push(scalarExcerpt(node, text));
    } else if (node.kind === 'mapping') {
      for (const { key, value } of node.pairs)
        if (!prose.has(key.text.toLowerCase()) || value.kind !== 'scalar') visit(value);
    } else if (node.kind === 'sequence') {
      const scalars = node.items.filter((item) => item.kind === 'scalar');
      if (scalars.length === node.items.length && isWordList(scalars)) wordLists.push(scalars.map(scalarWord));
      else node.items.forEach(visit);
    }
  };
  visit(root);
  return { texts, wordLists };
}

/** `[docker, run, …]`: each entry is one word for the program, without a shell in between. */
function isWordList([program, ...words]: readonly YamlScalar[]): boolean {
  if (!/^(?:\S*\/)?(?:docker|podman|nerdctl|sudo)$/.test(program?.text ?? '')) return false;
  return words.some(({ text }) => text === 'run' || text === 'create');
}

function scalarWord({ text, start, end }: YamlScalar): ShellWord {
  return { text, source: text, literal: !text.includes('{{'), quoted: true, span: { start, end } };
}

/** The text of a scalar, with where each of its characters stands. */
export function scalarExcerpt({ style, start, end, text: decoded }: YamlScalar, text: string): Excerpt {
  if (style === 'literal' || style === 'folded') {
    const header = text.indexOf('\n', start);
    return alignedLines(decoded, text, header < 0 ? start : header + 1, end);
  }
  if (style === 'single-quoted' || style === 'double-quoted') return quoted(decoded, text, start + 1, end - 1, style);
  return decoded === text.slice(start, end) ? stretch(text, start, end) : alignedLines(decoded, text, start, end);
}

/** Between quotes stand escapes, and the ends of lines with the indentation behind them as one space. */
function quoted(
  decoded: string,
  text: string,
  start: number,
  end: number,
  style: 'single-quoted' | 'double-quoted',
): Excerpt {
  const joined = new JoinedText();
  const pieces =
    style === 'single-quoted'
      ? /(?<fold>[ \t]*(?:\r?\n[ \t]*)+)|(?<escape>'')|[^\r\n']/g
      : /(?<fold>(?:\\|[ \t]*)(?:\r?\n[ \t]*)+)|(?<escape>\\(?:x..|u.{4}|U.{8}|.))|[^\r\n\\]/g;
  for (const { 0: piece, index, groups } of text.slice(start, end).matchAll(pieces)) {
    const there = start + index;
    const from = joined.length;
    if (from >= decoded.length) break;
    if (groups?.['fold'] !== undefined) joined.add(/^\s*/.exec(decoded.slice(from))?.[0] ?? '', there);
    else if (groups?.['escape'] !== undefined) {
      const character = String.fromCodePoint(decoded.codePointAt(from) ?? 32);
      joined.add(character, there + piece.length - 1);
    } else joined.add(piece, there);
  }
  if (joined.text !== decoded) return stretchOf(decoded, start);
  return { text: decoded, map: joined };
}

/** A text of which nobody can tell where its parts stand. */
function stretchOf(decoded: string, start: number): Excerpt {
  return { text: decoded, map: { at: () => start } };
}
