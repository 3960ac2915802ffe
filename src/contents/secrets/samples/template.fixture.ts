import { crc32 } from 'node:zlib';

/**
 * A text with a secret for a rule. The secret is never written down: `<x40>` stands for 40 characters that are drawn anew, of the kind that the letter
 * names, so that nothing here can be taken for a leak.
 */
export type Template = readonly [rule: string, text: string];

export const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const digits = '0123456789';

/** What the letters of the templates stand for. */
const alphabets: Readonly<Record<string, string>> = {
  9: digits,
  2: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  3: 'abcdefghijklmnopqrstuvwxyz234567',
  x: `${digits}abcdef`,
  X: `${digits}ABCDEF`,
  a: letters + digits,
  A: letters,
  l: 'abcdefghijklmnopqrstuvwxyz0123456789',
  z: 'abcdefghijklmnopqrstuvwxyz',
  U: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  Z: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  w: `${letters + digits}_`,
  b: `${letters + digits}+/`,
  p: `${letters + digits}!#*+-=`,
};

/** Draws the same numbers again for the same seed, from 0 to below 1. */
export function drawsOf(seed: string): () => number {
  let state = crc32(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function drawn(kind: string, length: number, draw: () => number): string {
  const alphabet = alphabets[kind] ?? '';
  return Array.from({ length }, () => alphabet.charAt(Math.floor(draw() * alphabet.length))).join('');
}

/** A sample, and what of it was drawn: nothing of that may ever be shown. */
export interface Sample {
  readonly text: string;
  readonly drawn: readonly string[];
}

export function filled(template: string, draw: () => number): Sample {
  const parts: string[] = [];
  const text = template.replaceAll(/<([29\w])(\d{1,3})>/g, (_, kind: string, length: string) => {
    const part = drawn(kind, Number(length), draw);
    parts.push(part);
    return part;
  });
  return { text, drawn: parts };
}
