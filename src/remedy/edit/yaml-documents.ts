import type { Span } from '../../model/source-text.ts';
import { parseYaml, type YamlDocument } from '../../syntax/yaml.ts';

let last: { readonly text: string; readonly documents: readonly YamlDocument[] } | undefined;

/** The documents of a text. Fixes of one text are tried one after the other: it is parsed for the first of them. */
export function documentsOf(text: string): readonly YamlDocument[] {
  if (last?.text !== text) last = { text, documents: parseYaml(text) };
  return last.documents;
}

/** The part of a text that holds one document and no other. Throws a RangeError for a document that is not there. */
export function partOf(text: string, document: number): Span {
  const documents = documentsOf(text);
  if (!documents[document]?.root) throw new RangeError(`no document ${document}`);
  const before = documents.slice(0, document).findLast(({ root }) => root)?.root;
  const after = documents.slice(document + 1).find(({ root }) => root)?.root;
  return { start: before ? lineBehind(text, before.end) : 0, end: after ? lastMark(text, after.start) : text.length };
}

/** Where the line of the document's end does: what is left of it is a comment. */
function lineBehind(text: string, offset: number): number {
  const found = text.indexOf('\n---', Math.max(0, offset - 1));
  return found < 0 ? offset : found + 1;
}

/** Where the mark stands that begins a document. */
function lastMark(text: string, offset: number): number {
  const found = text.lastIndexOf('\n---', offset);
  return found < 0 ? offset : found + 1;
}
