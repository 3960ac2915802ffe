/**
 * Characters that change what a reader sees without being seen: control characters, direction marks, line
 * separators. Names and labels are hostile input, so each dialect writes these as escapes.
 */
export const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON text with every invisible character written as `\uXXXX`. */
export function jsonText(value: unknown, indent?: number): string {
  // Line feeds outside of strings are layout; inside of strings JSON.stringify has escaped them already.
  return JSON.stringify(value, null, indent).replace(invisible, (character) =>
    character === '\n' ? character : escaped(character),
  );
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
