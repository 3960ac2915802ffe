import { scan } from './scan.ts';
import { allRules } from './secrets.ts';

/** A text with every secret that the rules find in it masked; `language` as for commands. */
export function maskedText(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const found = scan(allRules(), [{ bytes, isLast: true }], { path: '', language: 'command', isVendored: false });
  const parts: string[] = [];
  let end = 0;
  for (const each of found.toSorted((left, right) => left.start - right.start)) {
    if (each.start < end) continue;
    parts.push(bytes.toString('utf8', end, each.start), each.masked);
    end = each.rule.id.startsWith('generic-') ? endOfWord(bytes, each.end) : each.end;
  }
  return parts.length === 0 ? text : parts.join('') + bytes.toString('utf8', end);
}

/** What is only guessed to be a secret may go on behind a character that the rule does not take: rather too much is masked. */
function endOfWord(bytes: Buffer, from: number): number {
  const stops = new Set(Buffer.from(' \t\r\n"\'`&|'));
  let end = from;
  while (end < bytes.length && !stops.has(bytes[end] ?? 0)) end += 1;
  return end;
}
