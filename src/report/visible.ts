/**
 * Characters that a terminal, a browser or an editor would act on instead of showing: control characters, marks
 * that reorder or hide text, and blanks that pass for a space or for nothing. Names and values come from whoever
 * runs containers, so none of them may reach a report as it is.
 */
const active =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** Most texts are of these characters alone, and asking so is ten times quicker than looking for the others. */
const plain = /^[\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff60]*$/;

/** The same text with every such character written out: `\n`, `\e`, `\u{202e}`. */
export function visible(text: string): string {
  if (plain.test(text)) return text;
  return text.replaceAll(
    active,
    (character) => named[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** The same lines, each made visible. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** The document with every text in it made visible, keys included. What needs no change is not copied. */
export function visibleDeep<T>(document: T): T {
  // A control's references stand in every one of its findings: what was seen once is not looked at again.
  const seen = new Map<object, unknown>();
  return shown(document) as T;

  function shown(value: unknown): unknown {
    if (typeof value === 'string') return visible(value);
    // JSON has no whole numbers of 64 bits: masks are written as the kernel prints them.
    if (typeof value === 'bigint') return `0x${value.toString(16)}`;
    if (typeof value !== 'object' || value === null) return value;
    const before = seen.get(value);
    if (before !== undefined) return before;
    const made = Array.isArray(value) ? shownList(value) : shownObject(value as Record<string, unknown>);
    seen.set(value, made);
    return made;
  }

  function shownList(list: readonly unknown[]): readonly unknown[] {
    const made = list.map(shown);
    return made.every((each, index) => each === list[index]) ? list : made;
  }

  function shownObject(value: Record<string, unknown>): Record<string, unknown> {
    const keys = Object.keys(value);
    if (keys.every((key) => visible(key) === key && shown(value[key]) === value[key])) return value;
    const made: Record<string, unknown> = {};
    for (const key of keys) {
      const name = visible(key);
      // Assigning to this one name would set the prototype instead.
      if (name === '__proto__') Object.defineProperty(made, name, { value: shown(value[key]), enumerable: true });
      else made[name] = shown(value[key]);
    }
    return made;
  }
}
