/**
 * Characters that a terminal, a browser or an editor would act on instead of showing: control characters, and
 * marks that reorder or hide text. Names and values come from whoever runs containers, so none of them may
 * reach a report as it is.
 */
const active = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** The same text with every such character written out: `\n`, `\e`, `\u{202e}`. */
export function visible(text: string): string {
  return text.replaceAll(
    active,
    (character) => named[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** A copy of a document with every text in it made visible, keys included. */
export function visibleDeep<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T;
  // JSON has no whole numbers of 64 bits: masks are written as the kernel prints them.
  if (typeof value === 'bigint') return `0x${value.toString(16)}` as T;
  if (Array.isArray(value)) return value.map((each: unknown) => visibleDeep(each)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [visible(key), visibleDeep(each)])) as T;
}
