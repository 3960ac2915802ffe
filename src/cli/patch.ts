import { formatPatch, structuredPatch } from 'diff';
import { locationOf } from '../judge/location.ts';
import type { MendedFile } from './mend-files.ts';

/** What mending would change, as a patch that can be applied; files that do not change are not in it. */
export function patchOf(mended: readonly MendedFile[]): string {
  return mended
    .filter(({ before, text }) => before.file.text !== text)
    .map(filePatch)
    .join('');
}

/**
 * A patch shows lines around those that change, and one of them may hold a secret: then it shows fewer. A changed line
 * with a secret in it is left out of the patch's text altogether.
 */
function filePatch(mended: MendedFile): string {
  const { name, text } = mended.before.file;
  const secret = secretLines(mended);
  const patchWith = (context: number) =>
    structuredPatch(`a/${name}`, `b/${name}`, text, mended.text, undefined, undefined, { context });
  const isClean = (patch: ReturnType<typeof patchWith>) =>
    patch.hunks.every((hunk) => hunk.lines.every((line) => !secret.has(line.slice(1))));
  const chosen = [3, 2, 1, 0].map(patchWith).find(isClean) ?? patchWith(0);
  for (const hunk of chosen.hunks) {
    hunk.lines = hunk.lines.map((line) => (secret.has(line.slice(1)) ? `${line[0] ?? ''}[redacted]` : line));
  }
  return formatPatch(chosen, { includeIndex: false, includeUnderline: false, includeFileHeaders: true });
}

/** The lines at which controls find secrets, before and after. */
function secretLines({ before, fixed, refused, text }: MendedFile): ReadonlySet<string> {
  const [old, next] = [before.file.text, text].map((each) => each.split(/\r\n|\n|\r/));
  const lines = [...fixed, ...refused.map(({ finding }) => finding)]
    .filter(({ control }) => /secret|private-key/.test(control.id))
    .flatMap((finding) => {
      const { line } = locationOf(finding) ?? {};
      return line === undefined ? [] : [old?.[line - 1], next?.[line - 1]];
    });
  return new Set(lines.filter((line): line is string => line !== undefined && line !== ''));
}
