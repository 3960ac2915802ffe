import type { HereDoc, Redirection } from 'unbash';
import type { ShellRedirect, ShellWord } from '../../model/shell.ts';
import type { OffsetMap } from './offset-map.ts';
import { shellWord, spanOf } from './words.ts';

/** A redirect of the script; `source` is the text that its offsets count in. */
export function shellRedirect(redirection: Redirection, source: string, map: OffsetMap): ShellRedirect {
  const operator = `${descriptorOf(redirection)}${redirection.operator}`;
  if (redirection.type === 'HereDoc') return hereDocument(redirection, operator, source, map);
  const { target, end } = redirection;
  return { operator, target: target ? shellWord(target, source, map) : nothing(end, source, map) };
}

/** The `2` of `2>`. */
function descriptorOf({ descriptor }: Redirection): string {
  if (!descriptor) return '';
  return descriptor.type === 'FileDescriptor' ? `${descriptor.value}` : `{${descriptor.name}}`;
}

function hereDocument(
  { delimiter, body, end }: HereDoc,
  operator: string,
  script: string,
  map: OffsetMap,
): ShellRedirect {
  if (!delimiter) return { operator, target: nothing(end, script, map), body: body.text };
  const { value: text, text: source, quoted } = delimiter;
  const target = { text, source, literal: true, quoted, span: spanOf(delimiter, script, map) };
  return { operator, target, body: body.text };
}

/** For a redirect that is not complete. */
function nothing(at: number, source: string, map: OffsetMap): ShellWord {
  return { text: '', source: '', literal: true, quoted: false, span: spanOf({ pos: at, end: at }, source, map) };
}
