/** One step of a pattern: a text to match as it is, any one character, or any number of characters. */
type Step = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'one' } | { readonly kind: 'many' };

/** What is longer is no value that anybody writes; looking for a pattern in it would take too long. */
const longestValue = 4096;

/**
 * Takes the shortest or longest match of a pattern away, from the beginning (`#`) or the end (`%`). Undefined for a value
 * that is too long.
 */
export function trimPattern(value: string, pattern: string, side: '#' | '%', longest: boolean): string | undefined {
  if (value.length + pattern.length > longestValue) return undefined;
  const steps = stepsOf(pattern);
  const [text, path] = side === '#' ? [value, steps] : [reversed(value), steps.toReversed()];
  const lengths = matchLengths(text, 0, path);
  const length = longest ? lengths.at(-1) : lengths[0];
  if (length === undefined) return value;
  return side === '#' ? value.slice(length) : value.slice(0, value.length - length);
}

/** Replaces the first match of a pattern, or every one; a match is as long as it can be. Undefined as above. */
export function replacePattern(
  value: string,
  pattern: string,
  replacement: string,
  everywhere: boolean,
): string | undefined {
  if (value.length + pattern.length > longestValue) return undefined;
  const steps = stepsOf(pattern);
  let result = '';
  let place = 0;
  while (place < value.length) {
    const length = matchLengths(value, place, steps).at(-1) ?? 0;
    if (length === 0) {
      result += value[place];
      place += 1;
      continue;
    }
    result += replacement;
    place += length;
    if (!everywhere) break;
  }
  return result + value.slice(place);
}

function reversed(text: string): string {
  return text.split('').toReversed().join('');
}

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index] ?? '';
    if (character === '*') steps.push({ kind: 'many' });
    else if (character === '?') steps.push({ kind: 'one' });
    else if (character === '\\') {
      index += 1;
      steps.push({ kind: 'text', text: pattern[index] ?? '\\' });
    } else steps.push({ kind: 'text', text: character });
  }
  return steps;
}

/** How long the matches are that begin at `start`, the shortest first: every step that can be reached, kept in step. */
function matchLengths(text: string, start: number, steps: readonly Step[]): number[] {
  const lengths: number[] = [];
  let reached = passing(new Set([0]), steps);
  for (let place = start; reached.size > 0; place += 1) {
    if (reached.has(steps.length)) lengths.push(place - start);
    if (place >= text.length) break;
    const next = new Set<number>();
    for (const step of reached) {
      const current = steps[step];
      if (current?.kind === 'many') next.add(step);
      else if (current && (current.kind === 'one' || current.text === text[place])) next.add(step + 1);
    }
    reached = passing(next, steps);
  }
  return lengths;
}

/** A `*` may also stand for nothing. */
function passing(reached: Set<number>, steps: readonly Step[]): Set<number> {
  for (const step of reached) if (steps[step]?.kind === 'many') reached.add(step + 1);
  return reached;
}
