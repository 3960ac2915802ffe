/**
 * The parts of `source:target:mode`. Colons in a variable that has no value (`${X:?message}`), in brackets (`[::1]:80`) and
 * behind the letter of a Windows drive belong to their part.
 */
export function splitMapping(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '[' || (character === '{' && text[index - 1] === '$')) depth += 1;
    else if ((character === ']' || character === '}') && depth > 0) depth -= 1;
    else if (character === ':' && depth === 0 && !isDriveColon(text, start, index)) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function isDriveColon(text: string, start: number, colon: number): boolean {
  if (colon !== start + 1 || !/[A-Za-z]/.test(text.charAt(start))) return false;
  if (text[colon + 1] === '\\') return true;
  // `c:/data:/data` has a drive; in `c:/data` and `c:/data:ro` it is a volume of one letter.
  return text[colon + 1] === '/' && /:(?:\/|[A-Za-z]:[\\/])/.test(text.slice(colon + 2));
}

/**
 * The words of a command that is written as one text, quotes and backslashes as a POSIX shell reads them; no shell
 * runs it. Undefined where a quote is not closed.
 */
export function commandWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quote === "'") {
      if (character === quote) quote = '';
      else word += character;
    } else if (character === '\\' && index + 1 < text.length) {
      index += 1;
      const escaped = text.charAt(index);
      const kept = quote === '"' && !'"\\$`\n'.includes(escaped) ? `\\${escaped}` : escaped;
      word = (word ?? '') + (escaped === '\n' ? '' : kept);
    } else if (quote === '"') {
      if (character === quote) quote = '';
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}
