import type { Dockerfile, Instruction } from '../../model/dockerfile.ts';
import type { TextEdit } from '../../model/source-text.ts';

/** Takes an instruction out with its lines; comments around it stay. */
export function withoutInstruction({ text }: Dockerfile, { span }: Instruction): TextEdit {
  let { start, end } = span;
  while (start > 0 && /[ \t]/.test(text[start - 1] ?? '')) start -= 1;
  while (end < text.length && /[ \t]/.test(text[end] ?? '')) end += 1;
  const lineEnd = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  if (lineEnd === 0) while (start > 0 && /[\r\n]/.test(text[start - 1] ?? '')) start -= 1;
  return { start, end: end + lineEnd, text: '' };
}
