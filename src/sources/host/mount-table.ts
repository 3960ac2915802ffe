import type { Fact } from '../../model/fact.ts';
import type { HostMount } from '../../model/host.ts';
import { notReadYet } from './not-read-yet.ts';

/** The mount table of the machine's first process, as far as it may be read. */
export function readHostMounts(root = ''): Fact<readonly HostMount[]> {
  return notReadYet(`${root}/proc/1/mountinfo`);
}
