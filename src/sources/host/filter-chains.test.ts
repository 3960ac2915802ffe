import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hidden } from '../../../test/subjects.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { DaemonProcess } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { FilterChain, PacketFilter } from '../../model/packet-filter.ts';
import { engineChains } from './filter-chains.ts';

function daemon(pid: number): DaemonProcess {
  return { pid, arguments: ['dockerd'], uid: 0, started: 0, capabilityBoundingSet: 0n, proxies: 0 };
}

function chain(name: string, table = 'filter', family: FilterChain['family'] = 'ip'): FilterChain {
  return { family, table, name, rules: [] };
}

const filter = known<PacketFilter>(
  {
    backend: 'iptables',
    chains: [
      chain('FORWARD'),
      chain('DOCKER'),
      chain('DOCKER-USER'),
      chain('KUBE-DOCKER'),
      chain('DOCKER', 'nat'),
      chain('DOCKER', 'filter', 'ip6'),
      chain('f2b-sshd'),
    ],
  },
  'kernel',
  'iptables-save',
);

test('the engine’s own chains, among all others', () => {
  expect(engineChains(daemon(process.pid), filter)).toMatchObject({
    known: true,
    path: 'iptables-save',
    value: ['DOCKER', 'DOCKER-USER'],
  });
});

test('a filter that may not be read is unknown', () => {
  expect(engineChains(daemon(process.pid), hidden)).toBe(hidden);
});

test('the filter of another network namespace cannot be seen from here', () => {
  using proc = temporaryFolder({ 'self/ns/x': '', '412/ns/x': '', '413/ns/x': '' });
  symlinkSync('net:[1]', join(proc.path, 'self/ns/net'));
  symlinkSync('net:[2]', join(proc.path, '412/ns/net'));
  symlinkSync('net:[1]', join(proc.path, '413/ns/net'));
  expect(engineChains(daemon(412), filter, proc.path)).toMatchObject({
    known: false,
    reason: { en: 'the engine runs in another network namespace' },
  });
  expect(engineChains(daemon(413), filter, proc.path).known).toBe(true);
});

test('a namespace that may not be looked at is not taken for another one', () => {
  const path = `/proc/${2 ** 22 + 1}/ns/net`;
  expect(engineChains(daemon(2 ** 22 + 1), filter)).toMatchObject({
    known: false,
    path,
    reason: { en: `${path} does not exist` },
  });
});
