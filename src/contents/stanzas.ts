/** Fields of one stanza, by their names in lower case. */
export type Stanza = ReadonlyMap<string, string>;

/** Of one paragraph; Python's metadata knows some forty. */
const mostFields = 500;

/** Characters of a value; what comes after them is left out: descriptions may be of any length. */
const longestValue = 256 * 1024;

/**
 * Reads paragraphs of `Name: value` with continued lines, as Debian's control files and the headers of Python's metadata have
 * them. Paragraphs are parted by empty lines; a line that is neither a field nor continues one is passed over. Of a field that
 * stands twice in a paragraph the values are joined with line feeds. Of a paragraph that nobody would write the end is left out.
 */
export function* readStanzas(text: string): Generator<Stanza> {
  let fields = new Map<string, string>();
  let last: string | undefined;
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
    if (line.trim() === '') {
      if (fields.size > 0) yield fields;
      fields = new Map();
      last = undefined;
    } else if (line.startsWith(' ') || line.startsWith('\t')) {
      if (last !== undefined) append(fields, last, line.trim());
    } else {
      const colon = line.indexOf(':');
      if (colon <= 0) continue;
      last = line.slice(0, colon).toLowerCase();
      const value = line.slice(colon + 1).trim();
      if (fields.has(last)) append(fields, last, value);
      else if (fields.size < mostFields) fields.set(last, value);
    }
  }
  if (fields.size > 0) yield fields;
}

function append(fields: Map<string, string>, name: string, line: string): void {
  const before = fields.get(name);
  if (before !== undefined && before.length < longestValue) fields.set(name, `${before}\n${line}`);
}
