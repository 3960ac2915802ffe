import type { Fact } from '../../model/fact.ts';
import type { Accounts, SubordinateIds } from '../../model/host.ts';
import { notReadYet } from './not-read-yet.ts';

/** `/etc/passwd` and `/etc/group`. */
export function readAccounts(root = ''): Fact<Accounts> {
  return notReadYet(`${root}/etc/passwd`);
}

/** `/etc/subuid` and `/etc/subgid`; a file that is not there gives nobody any. */
export function readSubordinateIds(root = ''): Fact<SubordinateIds> {
  return notReadYet(`${root}/etc/subuid`);
}
