import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { filtersInKernel, readPacketFilter } from './packet-filter.ts';

/** Whether the machine that the tests run on has a packet filter must not matter. */
const kernel = { 'proc/modules': 'nf_tables 376832 0 - Live 0x0\n', 'proc/net/if_inet6': '' };

/** Reads the filter where these scripts are the only programs. */
async function readWith(scripts: Readonly<Record<string, string>>, loaded: Readonly<Record<string, string>> = kernel) {
  using place = temporaryFolder(loaded);
  using folder = temporaryFolder();
  for (const [name, script] of Object.entries(scripts)) chmodSync(folder.write(name, `#!/bin/sh\n${script}\n`), 0o755);
  return await readPacketFilter('', [folder.path], place.path);
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

test('an nft that prints something else than JSON hides rules', async () => {
  const fact = await readWith({ 'iptables-save': save('nat', 'INPUT'), nft: 'echo "table ip x {"' });
  expect(fact).toMatchObject({ known: false, path: 'nft', need: { en: expect.stringContaining('JSON') } });
});

test.each(['ip6tables-save', 'nft'])('a failing %s does not mean that there are no rules', async (name) => {
  const fact = await readWith({ 'iptables-save': save('filter', 'INPUT'), [name]: 'exit 4' });
  expect(fact).toMatchObject({ known: false, path: name, need: { en: expect.stringContaining('root') } });
});

test('without IPv6 the tool for it is not asked', async () => {
  const { 'proc/modules': modules } = kernel;
  const scripts = { 'iptables-save': save('filter', 'INPUT'), 'ip6tables-save': 'exit 4' };
  const fact = await readWith(scripts, { 'proc/modules': modules });
  expect(names(fact)).toEqual(['ip filter INPUT']);
});

test('a failing iptables-save hides rules where the kernel has its tables', async () => {
  const both = { ...kernel, 'proc/modules': `${kernel['proc/modules']}ip_tables 1 0 - Live 0x0\n` };
  const fact = await readWith({ 'iptables-save': 'exit 4', nft: nft() }, both);
  expect(fact).toMatchObject({ known: false, path: 'iptables-save' });
});

test.each([
  ['iptables', '# Warning: iptables-legacy tables present, use iptables-legacy-save to see them'],
  ['ip6tables', '# Warning: ip6tables-legacy tables present, use ip6tables-legacy-save to see them'],
])('rules of the older kind of %s that nobody can list are not none', async (family, warning) => {
  const fact = await readWith({
    'iptables-save': save('filter', 'INPUT'),
    'ip6tables-save': save('filter', 'INPUT'),
    [`${family}-save`]: `echo '${warning}' >&2; ${save('filter', 'INPUT')}`,
  });
  expect(fact).toMatchObject({ known: false, path: `${family}-legacy-save`, need: { en: 'install iptables-legacy' } });
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
  const scripts = { 'iptables-save': save('filter', 'INPUT'), nft: nft({ family: 'ip', table: 'x', name: 'y' }) };
  const fact = await readWith(scripts, { 'proc/modules': 'overlay 151552 0 - Live 0x0\n' });
  expect(fact).toMatchObject({ known: true, value: { chains: [] }, path: '/proc/net/ip_tables_names' });
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
