import type { Fact } from '../../model/fact.ts';
import { notReadYet } from './not-read-yet.ts';

/** Units of systemd that start by themselves: those that a `.wants` or `.requires` folder links to. */
export function readEnabledUnits(root = ''): Fact<readonly string[]> {
  return notReadYet(`${root}/etc/systemd/system`);
}
