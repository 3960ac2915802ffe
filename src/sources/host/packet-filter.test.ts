import { chmodSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';

// Whether the machine that the tests run on has a packet filter must not matter.
vi.mock(import('./file.ts'), async (original) => {
  const file = await original();
  return { ...file, readIfPossible: (path) => (path === '/proc/modules' ? loaded : file.readIfPossible(path)) };
});

let loaded: string | undefined = 'nf_tables 376832 0 - Live 0x0\n';
const { filtersInKernel, readPacketFilter } = await import('./packet-filter.ts');

/** Reads the filter where these scripts are the only programs. */
async function readWith(scripts: Readonly<Record<string, string>>) {
  using folder = temporaryFolder();
  for (const [name, script] of Object.entries(scripts)) chmodSync(folder.write(name, `#!/bin/sh\n${script}\n`), 0o755);
  return await readPacketFilter('', [folder.path]);
}

const save = (table: string, chain: string) => `echo '*${table}'; echo ':${chain} DROP [0:0]'; echo COMMIT`;
const nft = (...chains: object[]) => `echo '${JSON.stringify({ nftables: chains.map((chain) => ({ chain })) })}'`;
const names = (fact: Awaited<ReturnType<typeof readPacketFilter>>) =>
  fact.known ? fact.value.chains.map(({ family, table, name }) => `${family} ${table} ${name}`) : fact;

test('both families, and the tables that iptables did not make', async () => {
  const fact = await readWith({
    'iptables-save': save('filter', 'INPUT'),
    'ip6tables-save': save('filter', 'INPUT'),
    nft: nft(
      { family: 'ip', table: 'filter', name: 'INPUT' },
      { family: 'inet', table: 'firewalld', name: 'filter_INPUT' },
    ),
  });
  expect(fact).toMatchObject({ known: true, value: { backend: 'iptables' }, path: 'iptables-save' });
  expect(names(fact)).toEqual(['ip filter INPUT', 'ip6 filter INPUT', 'inet firewalld filter_INPUT']);
});

test('tools are only asked to list', async () => {
  const fact = await readWith({ 'iptables-save': 'exit 1', nft: `[ "$*" = '--json list ruleset' ] && ${nft()}` });
  expect(fact).toMatchObject({ known: true, value: { backend: 'nftables', chains: [] } });
});

test('without IPv6 there are the rules of IPv4', async () => {
  expect(names(await readWith({ 'iptables-save': save('filter', 'INPUT') }))).toEqual(['ip filter INPUT']);
});

test('rules of the older kind are asked for where they are mentioned', async () => {
  const fact = await readWith({
    'iptables-save': `${save('filter', 'INPUT')}; echo '# Warning: iptables-legacy tables present, use iptables-legacy-save to see them'`,
    'iptables-legacy-save': save('filter', 'FORWARD'),
  });
  expect(names(fact)).toEqual(['ip filter INPUT', 'ip filter FORWARD']);
});

test('an nft that prints something else than JSON is as good as none', async () => {
  expect(names(await readWith({ 'iptables-save': save('nat', 'INPUT'), nft: 'echo "table ip x {"' }))).toEqual([
    'ip nat INPUT',
  ]);
});

test('without tools, or where they are refused, it is unknown', async () => {
  await expect(readWith({})).resolves.toMatchObject({ known: false, need: { en: 'install iptables or nftables' } });
  await expect(readWith({ 'iptables-save': 'exit 4' })).resolves.toMatchObject({
    known: false,
    need: { en: expect.stringContaining('root') },
  });
});

test('of a copied file system nothing is asked', async () => {
  await expect(readPacketFilter('/srv/copy')).resolves.toMatchObject({ known: false });
});

test('a kernel without a packet filter has no chains, and is not made to load one', async () => {
  loaded = 'overlay 151552 0 - Live 0x0\n';
  using folder = temporaryFolder({ 'proc/modules': loaded });
  expect(filtersInKernel(folder.path)).toEqual({ iptables: false, nftables: false });
});

test.each([
  [
    { 'proc/modules': '', 'proc/net/ip_tables_names': 'filter\n' },
    { iptables: true, nftables: false },
  ],
  [{ 'proc/modules': 'nf_tables 1 0 - Live 0x0\n' }, { iptables: false, nftables: true }],
  [{ 'proc/modules': 'ip_tables 1 0 - Live 0x0\n' }, { iptables: true, nftables: false }],
  [
    { 'proc/modules': '', 'proc/net/ip_tables_names': '\n', 'proc/net/ip6_tables_names': '' },
    { iptables: false, nftables: false },
  ],
  [
    {
      'proc/modules': '',
      'proc/sys/kernel/osrelease': '6.1.0\n',
      'lib/modules/6.1.0/modules.builtin': 'kernel/net/netfilter/nf_tables.ko\n',
    },
    { iptables: false, nftables: true },
  ],
  [{}, { iptables: true, nftables: true }],
] as [Record<string, string>, object][])('in a kernel with %j', (files, expected) => {
  using folder = temporaryFolder(files);
  expect(filtersInKernel(folder.path)).toEqual(expected);
});
