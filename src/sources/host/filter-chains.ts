import { readlinkSync } from 'node:fs';
import type { DaemonProcess } from '../../model/engine.ts';
import { type Fact, mapFact, unreadable } from '../../model/fact.ts';
import type { PacketFilter } from '../../model/packet-filter.ts';
import { fileFailure } from './file.ts';

/**
 * Chains of the packet filter whose names begin with `DOCKER`. The rules that were read are those of this process' network
 * namespace: an engine in another one has rules that cannot be seen from here.
 */
export function engineChains(
  daemon: DaemonProcess,
  filter: Fact<PacketFilter>,
  proc = '/proc',
): Fact<readonly string[]> {
  const place = `${proc}/${daemon.pid}/ns/net`;
  const network = namespaceAt(place);
  if (typeof network !== 'string') return fileFailure(place, network);
  if (namespaceAt(`${proc}/self/ns/net`) !== network)
    return unreadable('kernel', filter.path, otherNamespace, sameNamespace);
  return mapFact(filter, ({ chains }) => {
    const own = chains.filter(({ table, name }) => table === 'filter' && name.startsWith('DOCKER'));
    return [...new Set(own.map(({ name }) => name))];
  });
}

const otherNamespace = { en: 'the engine runs in another network namespace', zh: '引擎运行在另一个网络命名空间中' };
const sameNamespace = { en: "run in the engine's network namespace", zh: '在引擎的网络命名空间中运行' };

/** What the namespace is called; otherwise why it may not be seen. */
function namespaceAt(path: string): string | NodeJS.ErrnoException {
  try {
    return readlinkSync(path);
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}
