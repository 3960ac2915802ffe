/** How far a pattern may look, characters. */
export interface PatternLength {
  /** From where it begins, with what follows and is only looked at. */
  readonly ahead: number;
  /** Before where it begins. */
  readonly behind: number;
}

interface Part {
  /** Of what it takes. */
  readonly taken: number;
  /** From its own beginning, with what is only looked at. */
  readonly ahead: number;
  readonly behind: number;
}

const nothing: Part = { taken: 0, ahead: 0, behind: 0 };

/**
 * Reads the source of a regular expression and says how far it can look at most. An engine that shows it less finds less.
 * Knows what the rules are written with, which are characters, classes, groups, assertions and bounded quantifiers.
 *
 * @throws Error for what has no bound, or is not known
 */
export function patternLength(source: string): PatternLength {
  const reader: Reader = { source, at: 0 };
  const whole = alternatives(reader);
  if (reader.at < source.length) throw new Error(`not understood at ${reader.at}: ${source}`);
  return { ahead: whole.ahead, behind: whole.behind };
}

interface Reader {
  readonly source: string;
  at: number;
}

function alternatives(reader: Reader): Part {
  let widest = nothing;
  for (;;) {
    widest = wider(widest, sequence(reader));
    if (reader.source[reader.at] !== '|') return widest;
    reader.at += 1;
  }
}

function wider(left: Part, right: Part): Part {
  return {
    taken: Math.max(left.taken, right.taken),
    ahead: Math.max(left.ahead, right.ahead),
    behind: Math.max(left.behind, right.behind),
  };
}

function sequence(reader: Reader): Part {
  let whole = nothing;
  while (reader.at < reader.source.length && !'|)'.includes(reader.source.charAt(reader.at))) {
    const part = repeated(atom(reader), reader);
    whole = {
      taken: whole.taken + part.taken,
      ahead: Math.max(whole.ahead, whole.taken + part.ahead),
      behind: Math.max(whole.behind, part.behind),
    };
  }
  return whole;
}

const quantifier = /(?:\?|\{(\d+)(?:,(\d+))?\})\??/y;

function repeated(part: Part, reader: Reader): Part {
  const sign = reader.source.charAt(reader.at);
  if (sign === '*' || sign === '+') throw new Error(`without a bound at ${reader.at}: ${reader.source}`);
  quantifier.lastIndex = reader.at;
  const match = quantifier.exec(reader.source);
  if (!match) {
    if (sign === '{') throw new Error(`without a bound at ${reader.at}: ${reader.source}`);
    return part;
  }
  reader.at += match[0].length;
  const times = Number(match[2] ?? match[1] ?? 1);
  const before = part.taken * Math.max(0, times - 1);
  return { taken: part.taken * times, ahead: before + part.ahead, behind: part.behind };
}

const groupStart = /\((?:\?(?:<?[=!]|:|[a-z]{0,3}(?:-[a-z]{1,3})?:|<[A-Za-z]\w*>))?/y;
const escape = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[^xuk1-9])/y;
const characterClass = /\[(?:\\.|[^\]\\])*\]/y;

function atom(reader: Reader): Part {
  const { source } = reader;
  switch (source[reader.at]) {
    case '(':
      return group(reader);
    case '[':
      return taken(reader, characterClass);
    case '\\': {
      const isBoundary = /[bB]/.test(source.charAt(reader.at + 1));
      const part = taken(reader, escape);
      return isBoundary ? { taken: 0, ahead: 1, behind: 1 } : part;
    }
    case '^':
    case '$':
      reader.at += 1;
      return { taken: 0, ahead: 1, behind: 1 };
    default:
      reader.at += 1;
      return { taken: 1, ahead: 1, behind: 0 };
  }
}

function taken(reader: Reader, form: RegExp): Part {
  form.lastIndex = reader.at;
  const match = form.exec(reader.source);
  if (!match) throw new Error(`not understood at ${reader.at}: ${reader.source}`);
  reader.at += match[0].length;
  return { taken: 1, ahead: 1, behind: 0 };
}

function group(reader: Reader): Part {
  groupStart.lastIndex = reader.at;
  const start = groupStart.exec(reader.source)?.[0];
  if (start === undefined) throw new Error(`not understood at ${reader.at}: ${reader.source}`);
  reader.at += start.length;
  const inner = alternatives(reader);
  if (reader.source[reader.at] !== ')') throw new Error(`a group without an end: ${reader.source}`);
  reader.at += 1;
  if (start.startsWith('(?<=') || start.startsWith('(?<!')) {
    return { taken: 0, ahead: 0, behind: inner.ahead + inner.behind };
  }
  return start.startsWith('(?=') || start.startsWith('(?!') ? { ...inner, taken: 0 } : inner;
}
