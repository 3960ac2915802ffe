/** Shannon's entropy, bits per character: 0 of one letter repeated, 4 of long random hexadecimal digits, nearly 6 of base64. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/**
 * How often the kind of character (lower case, upper case, digit) changes from one to the next, from 0 to 1. Random letters and digits
 * reach 0.4 and more; what people write stays below 0.2.
 */
export function changeRate(text: string): number {
  let changes = 0;
  for (let at = 1; at < text.length; at += 1) {
    if (kindOf(text.charCodeAt(at)) !== kindOf(text.charCodeAt(at - 1))) changes += 1;
  }
  return text.length < 2 ? 0 : changes / (text.length - 1);
}

function kindOf(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return 1;
  if (code >= 0x41 && code <= 0x5a) return 2;
  return code >= 0x30 && code <= 0x39 ? 3 : 4;
}
