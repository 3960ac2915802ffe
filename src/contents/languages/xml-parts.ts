import { CatalogerError } from '../cataloger.ts';

/** What an XML text is made of, one after the other. An element without content is opened and closed. */
export type XmlPart =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'close'; readonly name: string };

/** Characters of one tag. */
const longestTag = 64 * 1024;

/**
 * Reads XML piece by piece: names without their prefixes, text with the five entities and numbered characters that every XML knows.
 * Entities that a document declares are left as written, since they can be made to grow without bound.
 *
 * @throws CatalogerError where a tag does not end
 */
export function* readXml(text: string): Generator<XmlPart> {
  let start = 0;
  while (start < text.length) {
    const tag = text.indexOf('<', start);
    if (tag < 0) return;
    if (tag > start) yield { kind: 'text', text: decoded(text.slice(start, tag)) };
    if (text.startsWith('<![CDATA[', tag)) {
      const end = endOf(text, ']]>', tag);
      yield { kind: 'text', text: text.slice(tag + 9, end - 3) };
      start = end;
    } else if (text.startsWith('<!--', tag)) start = endOf(text, '-->', tag);
    else if (text.startsWith('<?', tag)) start = endOf(text, '?>', tag);
    else if (text.startsWith('<!', tag)) start = endOfDeclaration(text, tag);
    else {
      start = endOf(text, '>', tag);
      if (start - tag > longestTag) throw unfinished(tag);
      yield* partsOf(text.slice(tag + 1, start - 1));
    }
  }
}

function* partsOf(tag: string): Generator<XmlPart> {
  const head = /^\/?\s*([^\s/]*)/.exec(tag) ?? [''];
  const name = localName(head[1] ?? '');
  if (tag.startsWith('/')) {
    yield { kind: 'close', name };
    return;
  }
  const attributes = new Map<string, string>();
  for (const [, key = '', quoted, apostrophed] of tag.slice(head[0].length).matchAll(attribute)) {
    attributes.set(localName(key), decoded(quoted ?? apostrophed ?? ''));
  }
  yield { kind: 'open', name, attributes };
  if (tag.endsWith('/')) yield { kind: 'close', name };
}

/** The value may be missing: what is no attribute is consumed too, so that nothing is looked at twice. */
const attribute = /([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A document type may declare entities between brackets. */
function endOfDeclaration(text: string, start: number): number {
  const end = endOf(text, '>', start);
  const bracket = text.slice(start, end).indexOf('[');
  return bracket < 0 ? end : endOf(text, ']>', start + bracket);
}

function endOf(text: string, mark: string, start: number): number {
  const index = text.indexOf(mark, start);
  if (index < 0) throw unfinished(start);
  return index + mark.length;
}

function unfinished(offset: number): CatalogerError {
  return new CatalogerError({
    en: `it is no valid XML: what begins at offset ${offset} does not end`,
    zh: `不是有效的 XML：始于偏移量 ${offset} 处的内容没有结束`,
  });
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return entities.get(name as string) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal as string, 16) : Number(decimal);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}
