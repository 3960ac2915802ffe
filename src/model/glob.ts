/** Whether `*` (any text) and `?` (one character) in `pattern` can stand for all of `text`. Case counts. */
export function matchesGlob(pattern: string, text: string): boolean {
  // Most patterns are plain names, and one stands for everything.
  if (!/[*?]/.test(pattern)) return pattern === text;
  if (pattern === '*') return true;
  const known = compiled.get(pattern) ?? compile(pattern);
  compiled.set(pattern, known);
  return known.test(text);
}

/** A run asks the same few patterns again and again. */
const compiled = new Map<string, RegExp>();

function compile(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '[\\s\\S]*')
    .replaceAll('?', '[\\s\\S]');
  return new RegExp(`^${source}$`, 'u');
}
