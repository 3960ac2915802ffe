import { JoinedText } from '../../../syntax/shell/offset-map.ts';
import { type Excerpt, linesIn } from './excerpt.ts';

/** Whether a text has rules of make: targets, each with lines below it that begin with a tab. */
export function isMakefile(text: string): boolean {
  return /^[\w.%$(){}/-][^\n=]*:(?![=:])[^\n=]*\n(?:[ \t]*#[^\n]*\n|[ \t]*\n)*\t/m.test(text) && !text.startsWith('#!');
}

/** The recipes: each line of a rule, with those that it goes on in, is a script of its own. */
export function makefileScripts(text: string): Excerpt[] {
  const scripts: Excerpt[] = [];
  let current: JoinedText | undefined;
  for (const { line, index } of linesIn(text)) {
    const [start] = /^\t[ \t]*[@+-]*[ \t]*/.exec(line) ?? [];
    if (current === undefined && start === undefined) continue;
    const joined = current ?? new JoinedText();
    const skipped = (current ? (/^\t/.exec(line)?.[0] ?? '') : (start ?? '')).length;
    addRecipe(joined, `${line.slice(skipped)}\n`, index + skipped);
    if (line.endsWith('\\')) current = joined;
    else {
      scripts.push({ text: joined.text, map: joined });
      current = undefined;
    }
  }
  return current ? [...scripts, { text: current.text, map: current }] : scripts;
}

/** make hands `$$` to the shell as one dollar sign. */
function addRecipe(joined: JoinedText, line: string, there: number): void {
  let offset = there;
  for (const [index, part] of line.split('$$').entries()) {
    const dollar = index === 0 ? '' : '$';
    joined.add(dollar + part, offset - dollar.length);
    offset += part.length + 2;
  }
}
