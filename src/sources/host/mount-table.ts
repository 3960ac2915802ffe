import { readFileSync } from 'node:fs';
import { type Fact, known } from '../../model/fact.ts';
import type { HostMount } from '../../model/host.ts';
import { parseMountTable } from './effective.ts';
import { fileFailure } from './file.ts';
import type { Standpoint } from './standpoint.ts';

/**
 * The mount table of the machine's first process. Only root may read that one: another user sees its own, which is
 * the same unless it is in a container. There the first process may be the container's own.
 */
export function readHostMounts(root = '', { files, processes }: Standpoint = {}): Fact<readonly HostMount[]> {
  const first = (files && processes) ?? readTable('/proc/1/mountinfo', root);
  if (first.known) return first;
  if (files) return files;
  const own = readTable('/proc/self/mountinfo', root);
  return own.known && !isLaidOver(own.value) ? own : first;
}

function readTable(path: string, root: string): Fact<readonly HostMount[]> {
  try {
    return known(parseHostMounts(readFileSync(root + path, 'utf8')), 'kernel', path);
  } catch (error) {
    return fileFailure(path, error);
  }
}

/** Reads `mountinfo` with what only the host's is asked for; lines without a separator are skipped. */
export function parseHostMounts(text: string): HostMount[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(' - ');
    if (at < 0) return [];
    const [entry] = parseMountTable(line);
    const device = line.split(' ')[2] ?? '';
    const superOptions = line.slice(at + 3).split(' ')[2] ?? '';
    return entry?.target.startsWith('/') ? [{ ...entry, device, superOptions: superOptions.split(',') }] : [];
  });
}

function isLaidOver(mounts: readonly HostMount[]): boolean {
  return mounts.findLast(({ target }) => target === '/')?.fileSystem === 'overlay';
}
