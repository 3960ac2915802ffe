import { linesOf } from './text-lines.ts';

/** A line of a lock file that is written as YAML. */
export interface IndentedLine {
  /** Keys from the outermost to that of the line itself; `-` stands for an item of a list. */
  readonly path: readonly string[];
  /** What is behind the colon or the dash, without its quotes; '' where the value follows in the lines below. */
  readonly value: string;
}

/** Deeper lines are passed over: nothing that is asked for stands there. */
const deepest = 32;

/** Characters; longer lines are passed over too. */
const longest = 64 * 1024;

/**
 * Reads YAML as programs write it: a key or an item a line, nothing that spans lines, `{…}` and `[…]` left as text, every scalar a
 * text (`1.10` stays `1.10`). A reader of all of YAML would need thirty times the memory of the file.
 */
export function* readIndented(text: string): Generator<IndentedLine> {
  const open: { readonly indent: number; readonly key: string }[] = [];
  /** A key longer than a line may be, written as `? key` with `: value` below. */
  let longKey: string | undefined;
  for (const line of linesOf(text)) {
    if (line.length > longest) continue;
    let rest = line.trimStart();
    let indent = line.length - rest.length;
    rest = rest.trimEnd();
    if (rest === '' || rest.startsWith('#')) continue;
    if (indent === 0 && /^(?:---|\.\.\.)(?: |$)/.test(rest)) {
      open.length = 0;
      continue;
    }
    let isItem = false;
    while ((rest === '-' || rest.startsWith('- ')) && open.length < deepest) {
      closeFor(open, indent, true);
      open.push({ indent, key: '-' });
      const inner = rest.slice(1).trimStart();
      indent += rest.length - inner.length;
      rest = inner;
      isItem = true;
    }
    if (rest.startsWith('? ')) {
      longKey = unquoted(rest.slice(2));
      continue;
    }
    if (longKey !== undefined && /^:(?: |$)/.test(rest)) {
      closeFor(open, indent, false);
      open.push({ indent, key: longKey });
      longKey = undefined;
      yield { path: open.map(({ key }) => key), value: '' };
      rest = rest.slice(1).trimStart();
      indent += 2;
      if (rest === '') continue;
    }
    const pair = pairIn(rest);
    if (pair) {
      closeFor(open, indent, false);
      if (open.length >= deepest) continue;
      open.push({ indent, key: pair.key });
      yield { path: open.map(({ key }) => key), value: pair.value };
    } else if (isItem && rest !== '') yield { path: open.map(({ key }) => key), value: unquoted(rest) };
  }
}

/** Leaves what ended before a line of this indentation. A list may stand as far to the left as the key that it belongs to. */
function closeFor(open: { readonly indent: number; readonly key: string }[], indent: number, isItem: boolean): void {
  for (let last = open.at(-1); last; last = open.at(-1)) {
    const isOver = last.indent > indent || (last.indent === indent && !(isItem && last.key !== '-'));
    if (!isOver) return;
    open.pop();
  }
}

/** `key: value`, `"key": value`, `key:`; undefined for a scalar. */
function pairIn(text: string): { readonly key: string; readonly value: string } | undefined {
  const quoted = quotedAt(text);
  if (quoted) {
    const after = text.slice(quoted.length);
    return /^:(?: |$)/.test(after) ? { key: quoted.text, value: unquoted(after.slice(1).trimStart()) } : undefined;
  }
  const colon = text.endsWith(':') && !text.includes(': ') ? text.length - 1 : text.indexOf(': ');
  if (colon <= 0) return undefined;
  return { key: text.slice(0, colon), value: unquoted(text.slice(colon + 1).trimStart()) };
}

function unquoted(text: string): string {
  const quoted = quotedAt(text);
  return quoted && quoted.length === text.length ? quoted.text : text;
}

/** The quoted text at the start of `text`, and how long it is with its quotes. */
function quotedAt(text: string): { readonly text: string; readonly length: number } | undefined {
  const mark = text.charAt(0);
  if (mark !== "'" && mark !== '"') return undefined;
  let end = 1;
  while (end < text.length && !endsAt(text, mark, end)) end += isPairAt(text, mark, end) ? 2 : 1;
  if (end >= text.length) return undefined;
  const inner = text.slice(1, end);
  const plain = mark === "'" ? inner.replaceAll("''", "'") : inner.replaceAll(/\\(["\\/])/g, '$1');
  return { text: plain, length: end + 1 };
}

function endsAt(text: string, mark: string, index: number): boolean {
  return text[index] === mark && !isPairAt(text, mark, index);
}

/** Two characters that stand for one: `''` between single quotes, a backslash and what follows it between double ones. */
function isPairAt(text: string, mark: string, index: number): boolean {
  return mark === "'" ? text[index] === "'" && text[index + 1] === "'" : text[index] === '\\';
}
