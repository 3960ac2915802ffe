import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleOrigin } from '../../model/feed-status.ts';
import { textIn } from '../../model/json.ts';
import { readJson } from '../read-json.ts';

/*
 * A store says nothing of the bundle that it came in: packed again, it is the same. So this stands beside it, and counts as long as
 * nothing else was read into the store, which the digest of its data tells.
 */

function originFile(folder: string): string {
  return join(folder, 'advisories.bundle.json');
}

/**
 * Notes by which bundle the store of a folder was replaced.
 *
 * @throws the file system's error
 */
export function noteOrigin(folder: string, data: string, { file, made, verifiedBy }: BundleOrigin): void {
  const path = originFile(folder);
  const written = `${path}.new`;
  try {
    writeFileSync(written, `${JSON.stringify({ data, file, made: new Date(made * 1000), verifiedBy }, null, 2)}\n`);
    renameSync(written, path);
  } finally {
    rmSync(written, { force: true });
  }
}

/** The bundle that the data in a folder came in; `undefined` where it came otherwise, or that is not known. */
export function originOf(folder: string, data: string | null): BundleOrigin | undefined {
  const value = contentOf(originFile(folder));
  const file = textIn(value, 'file');
  const made = Date.parse(textIn(value, 'made') ?? '') / 1000;
  if (data === null || textIn(value, 'data') !== data || file === undefined || Number.isNaN(made)) return undefined;
  return { file, made, verifiedBy: textIn(value, 'verifiedBy') ?? null };
}

function contentOf(path: string) {
  try {
    const reading = readJson(readFileSync(path));
    return 'value' in reading ? reading.value : undefined;
  } catch {
    // It is only told; nothing depends on it.
    return undefined;
  }
}
