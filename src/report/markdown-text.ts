/**
 * Text as GitHub Flavored Markdown that shows exactly that text. Data that a forge would act on although
 * Markdown does not (a mention notifies people, a number cross-links an issue, an address becomes a link)
 * is shown as code, where nothing is looked for.
 */
export function prose(text: string): string {
  const line = oneLine(text);
  const escaped = line.split(actedOn).map((part, index) => (index % 2 === 1 ? code(part) : escapeInline(part)));
  // A list, a heading, a rule or a table can only begin at the start of a line.
  return escaped.join('').replace(/^(?:[-+=:]|\d{1,9}[.)](?= |$))/, (start) => start.replace(/.$/, '\\$&'));
}

/** Text as a code span, with a fence that it does not contain. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === '') return '–';
  // In a table a bar ends the cell even within a code span, and a backslash before it cannot be kept.
  if (line.includes('|')) return `<code>${line.replaceAll(/[^\p{L}\p{N} ]/gu, entity)}</code>`;
  const fence = fenceFor(line, 1);
  const space = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** Lines as a fenced block, with a fence longer than any in them. */
export function codeBlock(lines: readonly string[]): string {
  const text = printable(lines.join('\n').replaceAll(/\r\n?/g, '\n'));
  const fence = fenceFor(text, 3);
  return `${fence}\n${text}\n${fence}`;
}

/**
 * A table. Cells are Markdown; one whose text begins like a formula gets an apostrophe, since tables are copied
 * into spreadsheets.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows.map((row) => row.map(harmless))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function harmless(cell: string): string {
  return /^(?:\\|`+ ?|<code>)?(?:[-+=@＝＋－＠]|&#(?:43|45|61|64|65291|65293|65309|65312);)/.test(cell)
    ? `'${cell}`
    : cell;
}

const actedOn =
  /((?:https?|ftp):\/\/\S*[^\s.,;:!?)\]}]|\bwww\.\S*[^\s.,;:!?)\]}]|(?<![\w`])@[\w/-]+|(?<!\w)(?:[\w.-]+\/[\w.-]+)?#\d+|\bGH-\d+)/gi;

function escapeInline(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]~$#^]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('|', '&#124;');
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(longest < least ? least : longest + 1);
}

function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ').trim());
}

/** Control characters have no business in a page; the assembler has made them visible long before. */
function printable(text: string): string {
  return text.toWellFormed().replaceAll(/(?![\n\t])\p{Cc}/gu, '\uFFFD');
}
