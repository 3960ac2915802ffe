import type { FileStep } from '../../model/plan.ts';
import { textOf } from '../file-diff.ts';

export interface RemovedMember {
  readonly user: string;
  readonly group: string;
}

/** Who is in a group of `/etc/group` no more; undefined where something else changes too. */
export function removedMembers({ before, after }: FileStep): readonly RemovedMember[] | undefined {
  const [earlier, later] = [textOf(before).split('\n'), textOf(after).split('\n')];
  if (earlier.length !== later.length) return undefined;
  const removed: RemovedMember[] = [];
  for (const [index, line] of earlier.entries()) {
    const other = later[index] ?? '';
    if (line === other) continue;
    const [group = '', , , members = ''] = line.split(':');
    const [name, , , left = ''] = other.split(':');
    const kept = namesIn(left);
    const gone = namesIn(members).filter((user) => !kept.includes(user));
    const isPlain = name === group && gone.length > 0 && [group, ...gone].every((each) => plainName.test(each));
    if (!isPlain || kept.some((user) => !namesIn(members).includes(user))) return undefined;
    removed.push(...gone.map((user) => ({ user, group })));
  }
  return removed;
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** No program can take it for an option. */
const plainName = /^[A-Za-z0-9_][\w.@\\+-]*\$?$/;
