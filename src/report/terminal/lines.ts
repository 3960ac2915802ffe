import type { FindingWaiver, RenderedRemedy } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import { words } from '../words.ts';
import { type Paint, paint, type Terminal } from './paint.ts';
import { widthOf, wrap } from './wrap.ts';

/**
 * A text behind a prefix, every further line as far in. Wrapped first and painted after: a line must not be broken
 * inside a colour's own characters.
 */
export function indented(prefix: string, text: string, terminal: Terminal, color?: Paint): string[] {
  const indent = widthOf(prefix);
  return wrap(text, terminal.width - indent).map((line, index) => {
    const start = index === 0 ? prefix : ' '.repeat(indent);
    return start + (color ? paint(line, color, terminal) : line);
  });
}

/** Commands and lines to write, as they are: never broken, so that they can be copied. */
export function commandLines({ commands }: RenderedRemedy, indent: string, terminal: Terminal): string[] {
  return commands.flatMap((command) => command.split('\n').map((line) => indent + paint(line, 'command', terminal)));
}

/** Who accepts a failure, and until when. */
export function waivedBy({ owner, until }: FindingWaiver, language: Language): string {
  const name = owner ?? words.besideIt[language];
  if (language === 'en') return `accepted by ${name}${until === null ? '' : ` until ${until}`}`;
  const accepted = owner === null ? `由${name}接受` : `由 ${name} 接受`;
  return until === null ? accepted : `${accepted}，有效期至 ${until}`;
}
