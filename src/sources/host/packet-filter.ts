import type { Fact } from '../../model/fact.ts';
import type { PacketFilter } from '../../model/packet-filter.ts';
import { notReadYet } from './not-read-yet.ts';

/** The rules of the network namespace that this process is in; of a copied file system none can be read. */
export async function readPacketFilter(root = ''): Promise<Fact<PacketFilter>> {
  return notReadYet(`${root}/proc/net`);
}
