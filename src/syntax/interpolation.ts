/** What a variable stands for; undefined where nothing gives it a value. */
export type Lookup = (name: string) => string | undefined;

/** A text in which variables were replaced. */
export interface Interpolated {
  /** Variables without a value stand in it as they were written. */
  readonly text: string;
  /** There was a variable or a doubled dollar sign in it. */
  readonly changed: boolean;
  /** Variables that nothing gives a value, in the order in which they are asked for. */
  readonly unset: readonly string[];
  /** A dollar sign in it begins no variable, for which Compose refuses it; then nothing is replaced. */
  readonly invalid: boolean;
}

/** Defaults within defaults: nobody writes more. */
const deepestNesting = 50;
/** What variables may add to one text, in characters; the kernel takes no longer word. */
const largestGrowth = 200_000;

/**
 * Replaces variables as the Compose specification has it: `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:?message}`,
 * `${X?message}`, `${X:+other}`, `${X+other}`, each within the other; `$$` is a dollar sign.
 */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  if (!text.includes('$')) return { text, changed: false, unset: [], invalid: false };
  const state: State = { lookup, unset: [], room: text.length + largestGrowth, invalid: false };
  const result = replaceAll(text, state, 0);
  if (state.invalid) return { text, changed: false, unset: [], invalid: true };
  return { text: result, changed: true, unset: [...new Set(state.unset)], invalid: false };
}

interface State {
  readonly lookup: Lookup;
  readonly unset: string[];
  /** Characters that may still be written. */
  room: number;
  invalid: boolean;
}

const variableName = /[A-Za-z_][A-Za-z0-9_]*/y;

function replaceAll(text: string, state: State, depth: number): string {
  const parts: string[] = [];
  const add = (part: string) => {
    state.room -= part.length;
    if (state.room < 0) state.invalid = true;
    else parts.push(part);
  };
  let position = 0;
  // To go on behind what is invalid would only cost time.
  while (position < text.length && !state.invalid) {
    const dollar = text.indexOf('$', position);
    if (dollar === -1) break;
    add(text.slice(position, dollar));
    const { value, end } = variableAt(text, dollar, state, depth);
    add(value);
    position = end;
  }
  add(text.slice(position));
  return parts.join('');
}

interface Replacement {
  readonly value: string;
  readonly end: number;
}

function variableAt(text: string, dollar: number, state: State, depth: number): Replacement {
  if (text[dollar + 1] === '$') return { value: '$', end: dollar + 2 };
  const braced = text[dollar + 1] === '{';
  variableName.lastIndex = dollar + (braced ? 2 : 1);
  const name = variableName.exec(text)?.[0];
  const behind = variableName.lastIndex;
  if (name === undefined) return invalidAt(dollar, state);
  if (!braced) return { value: plainValue(name, text.slice(dollar, behind), state), end: behind };
  const closing = closingBrace(text, behind);
  const [, operator, rest = ''] = /^(:?[-?+])([\s\S]*)$/.exec(text.slice(behind, closing)) ?? [];
  if (closing === -1 || (operator === undefined && closing !== behind) || depth > deepestNesting) {
    return invalidAt(dollar, state);
  }
  const written = text.slice(dollar, closing + 1);
  const value =
    operator === undefined ? plainValue(name, written, state) : choice({ name, operator, rest, written }, state, depth);
  return { value, end: closing + 1 };
}

function invalidAt(dollar: number, state: State): Replacement {
  state.invalid = true;
  return { value: '$', end: dollar + 1 };
}

function plainValue(name: string, written: string, { lookup, unset }: State): string {
  const value = lookup(name);
  if (value !== undefined) return value;
  unset.push(name);
  return written;
}

interface Choice {
  readonly name: string;
  /** `-`, `?` or `+`, with a colon where an empty value counts as none. */
  readonly operator: string;
  readonly rest: string;
  readonly written: string;
}

function choice({ name, operator, rest, written }: Choice, state: State, depth: number): string {
  const value = state.lookup(name);
  const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
  switch (operator.at(-1)) {
    case '-':
      return isSet ? value : replaceAll(rest, state, depth + 1);
    case '+':
      return isSet ? replaceAll(rest, state, depth + 1) : '';
    default:
      if (isSet) return value;
      state.unset.push(name);
      return written;
  }
}

/** Braces count where they belong to a variable; a lone `{` is text. */
function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '$' && text[index + 1] === '{') {
      open += 1;
      index += 1;
    } else if (text[index] === '}') {
      open -= 1;
      if (open === 0) return index;
    }
  }
  return -1;
}
