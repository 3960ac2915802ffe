/**
 * A pattern that says both cases of each letter wherever it has `(?i:…)`, and takes the same. V8 of Node 24 does not execute such groups
 * reliably: in a process that has run for long the same pattern found, and did not find, the same text.
 */
export function withoutModifiers(pattern: string): string {
  const outer: boolean[] = [];
  const parts: string[] = [];
  let isCaseless = false;
  for (let at = 0; at < pattern.length;) {
    const part = partAt(pattern, at);
    at += part.length;
    if (part === '(?i:') {
      outer.push(isCaseless);
      isCaseless = true;
      parts.push('(?:');
      continue;
    }
    if (part === '(') outer.push(isCaseless);
    if (part === ')') isCaseless = outer.pop() ?? false;
    parts.push(isCaseless ? inBothCases(part) : part);
  }
  return parts.join('');
}

/** An escape, a class, the beginning of a group without regard to case, or one character. */
function partAt(pattern: string, at: number): string {
  if (pattern.startsWith('(?i:', at)) return '(?i:';
  if (pattern[at] === '\\')
    return /^\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[^])/.exec(pattern.slice(at, at + 6))?.[0] ?? '\\';
  if (pattern[at] === '[') return /^\[(?:\\[^]|[^\]\\])*\]/.exec(pattern.slice(at))?.[0] ?? '[';
  return pattern.charAt(at);
}

function inBothCases(part: string): string {
  if (/^[a-zA-Z]$/.test(part)) return `[${part.toLowerCase()}${part.toUpperCase()}]`;
  return part.startsWith('[') ? `${part.slice(0, -1)}${otherCases(part.slice(1, -1))}]` : part;
}

/** The letters and stretches of letters in a class once more, in the other case. */
function otherCases(inside: string): string {
  const letters = inside.replaceAll(/\\(?:x[\da-fA-F]{2}|[^])/g, ' ').match(/[a-zA-Z]-[a-zA-Z]|[a-zA-Z]/g) ?? [];
  return letters.map((each) => (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase())).join('');
}
