import { formatPatch, structuredPatch } from 'diff';
import { type FilesOptions, readFiles } from '../sources/files/read.ts';
import type { MendedFile } from './mend-files.ts';
import { secretTexts, withoutSecrets } from './secret-texts.ts';

/** What mending would change, as a patch that can be applied; files that do not change are not in it. */
export function patchOf(mended: readonly MendedFile[], options: FilesOptions): string {
  return mended
    .filter(({ before, text }) => before.file.text !== text)
    .map((each) => filePatch(each, options))
    .join('');
}

/**
 * A patch shows lines around those that change, and one of them may hold a secret: then it shows fewer. From a changed
 * line the secret is taken out.
 */
function filePatch({ before, text: next }: MendedFile, options: FilesOptions): string {
  const { name, text } = before.file;
  const secrets = secretTexts(text, readFiles([before], options).subjects);
  const path = name.replace(/^\/+/, '');
  const patchWith = (context: number) =>
    structuredPatch(`a/${path}`, `b/${path}`, text, next, undefined, undefined, { context });
  const isClean = (patch: ReturnType<typeof patchWith>) =>
    patch.hunks.every(({ lines }) => lines.every((line) => withoutSecrets(line, secrets) === line));
  const chosen = [3, 2, 1, 0].map(patchWith).find(isClean) ?? patchWith(0);
  for (const hunk of chosen.hunks) hunk.lines = hunk.lines.map((line) => withoutSecrets(line, secrets));
  return formatPatch(chosen, { includeIndex: false, includeUnderline: false, includeFileHeaders: true });
}
