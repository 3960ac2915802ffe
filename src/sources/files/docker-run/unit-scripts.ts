import { JoinedText } from '../../../syntax/shell/offset-map.ts';
import { type Excerpt, hidden, linesIn } from './excerpt.ts';

/** Whether a text is a unit of systemd: it begins with a section, and has something to run. */
export function isUnit(text: string): boolean {
  const first = linesIn(text).find(({ line }) => !/^\s*(?:[#;]|$)/.test(line));
  return first !== undefined && /^\s*\[\w[\w-]*\]\s*$/.test(first.line) && execLine.test(text);
}

const execLine = /^[ \t]*Exec\w+[ \t]*=/m;

/**
 * The commands of `ExecStart=` and its like, each by itself: a line with those that it goes on in, without the marks
 * in front of the program.
 */
export function unitScripts({ text, map }: Excerpt): Excerpt[] {
  const scripts: Excerpt[] = [];
  let current: JoinedText | undefined;
  for (const { line, index } of linesIn(text)) {
    if (current && /^\s*[#;]/.test(line)) continue;
    const [assignment] = current ? [''] : (/^[ \t]*Exec\w+[ \t]*=[ \t]*/.exec(line) ?? []);
    if (assignment === undefined) continue;
    const goesOn = line.endsWith('\\');
    const joined = current ?? new JoinedText();
    joined.add(
      goesOn ? `${line.slice(assignment.length, -1)} ` : line.slice(assignment.length),
      map.at(index + assignment.length),
    );
    if (goesOn) current = joined;
    else {
      scripts.push(...commandsIn(joined));
      current = undefined;
    }
  }
  return current ? [...scripts, ...commandsIn(current)] : scripts;
}

/** Quotes are as in a shell; of what else has a meaning there, only a semicolon that stands alone has one here. */
const pieces = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<=\s);(?=\s|$)|(?<plain>[;&|<>()#`*?!~])/g;

function commandsIn(joined: JoinedText): Excerpt[] {
  const [marks = ''] = /^[@\-:+!|]*/.exec(joined.text) ?? [];
  // With `@`, the word behind the program is the name that it is told.
  const [, program = '', told = ''] =
    (marks.includes('@') ? /^(\S+\s+)(\S+\s*)/.exec(joined.text.slice(marks.length)) : []) ?? [];
  const readable = joined.text
    .replace(marks + program + told, () => blank(marks) + program + blank(told))
    .replaceAll(pieces, (piece, ...rest) => {
      const groups = rest.at(-1) as { readonly plain?: string };
      return groups.plain === undefined ? piece : hidden(piece);
    });
  return readable.trim() === '' ? [] : [{ text: readable, map: joined }];
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}
