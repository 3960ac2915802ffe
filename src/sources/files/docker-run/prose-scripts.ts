import { JoinedText } from '../../../syntax/shell/offset-map.ts';
import { type Excerpt, hidden, linesIn } from './excerpt.ts';

/** What may stand in front of a command on its line: a prompt, assignments, and programs that hand it on. */
const beginning =
  /^(?<indent>[ \t]*)(?<prompt>(?:\[[^\]\n]*\])?[$%#>][ \t]+)?(?=(?:[A-Z_]\w*=\S* )*(?:(?:sudo|exec|time|nohup)(?: -\S+)* )*(?:docker|podman(?:-remote)?|nerdctl)[ \t])/;

/**
 * The commands that stand on lines of their own in a text for people, or in a program of another language. Outside of
 * code, a line has to show more than its first words that it is none of the text.
 */
export function proseScripts(text: string, isMarkdown: boolean): Excerpt[] {
  const scripts: Excerpt[] = [];
  let fence: string | undefined;
  let current: JoinedText | undefined;
  for (const { line, index } of linesIn(text)) {
    if (current) {
      addLine(current, line, index, 0);
    } else {
      const mark = isMarkdown ? /^\s*(?:[-*>]\s+)?(`{3,}|~{3,})/.exec(line)?.[1] : undefined;
      if (mark !== undefined) {
        if (fence === undefined) fence = mark;
        else if (mark.startsWith(fence)) fence = undefined;
        continue;
      }
      const found = beginning.exec(line);
      if (!found) continue;
      const { indent = '', prompt = '' } = found.groups ?? {};
      // In a text for people `#` begins a heading, and `>` a quotation.
      if (isMarkdown && fence === undefined && /^[#>]/.test(prompt)) continue;
      const inCode = fence !== undefined || prompt !== '' || (isMarkdown && /^(?: {4}|\t)/.test(indent));
      if (!inCode && !isClearlyCommand(line)) continue;
      current = new JoinedText();
      addLine(current, line, index, indent.length + prompt.length);
    }
    if (line.endsWith('\\')) continue;
    scripts.push({ text: current.text, map: current });
    current = undefined;
  }
  return current ? [...scripts, { text: current.text, map: current }] : scripts;
}

/** A gap to fill in, `<your image>`, is no redirection. */
const gap = /<[A-Za-z][\w.:/-]*(?: [\w.:/-]+)+>/g;

function addLine(joined: JoinedText, line: string, index: number, from: number): void {
  const readable = line.replaceAll(gap, hidden);
  joined.add(`${readable.slice(from)}\n`, index + from);
}

/** It has an option, goes on in the next line, or names an image with a tag or a registry. */
function isClearlyCommand(line: string): boolean {
  return /\s--?\w|\\$|\s[\w./-]+[/:][\w./-]+(?:\s|$)/.test(line);
}
