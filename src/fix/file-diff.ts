import { formatPatch, structuredPatch } from 'diff';
import type { FileContent } from '../model/plan.ts';
import { concealText, concealValue } from '../remedy/redaction.ts';

/** What changes in a file, as a unified diff; the values of settings that hold secrets are not in it. */
export function fileDiff(path: string, before: FileContent | null, after: FileContent | null): string {
  const name = path.replace(/^\/+/, '');
  const patch = structuredPatch(
    before === null ? '/dev/null' : `a/${name}`,
    after === null ? '/dev/null' : `b/${name}`,
    textOf(before),
    textOf(after),
    undefined,
    undefined,
    { context: 3 },
  );
  for (const hunk of patch.hunks) hunk.lines = hunk.lines.map(concealLine);
  return formatPatch(patch, { includeIndex: false, includeUnderline: false, includeFileHeaders: true });
}

export function textOf(content: FileContent | null): string {
  return content === null ? '' : Buffer.from(content.bytes, 'base64').toString('utf8');
}

/** Values of `"key": "value"` by their key's name, and then whatever looks like a secret wherever it stands. */
function concealLine(line: string): string {
  const shown = line.replaceAll(
    /("(?:[^"\\]|\\.)*"\s*:\s*)"((?:[^"\\]|\\.)*)"/g,
    (_, key: string, value: string) => `${key}"${concealValue(key.slice(1, key.lastIndexOf('"')), value)}"`,
  );
  return concealText(shown);
}
