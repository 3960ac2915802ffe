import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Fact, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { FilterChain, PacketFilter } from '../../model/packet-filter.ts';
import { readIfPossible } from './file.ts';
import { parseIptablesSave } from './iptables-save.ts';
import { parseNftRuleset } from './nft-ruleset.ts';
import { systemFolders, systemProgram } from './system-program.ts';

const run = promisify(execFile);

/**
 * The rules of the network namespace that this process is in; of a copied file system none can be read. The kernel
 * tells them only over netlink, so that the distribution's own tools are asked, without a shell. Tables that
 * iptables did not make are added where `nft` shows them.
 */
export async function readPacketFilter(root = '', folders = systemFolders): Promise<Fact<PacketFilter>> {
  const ask: Ask = (name, options = []) => answerOf(systemProgram(name, folders), options);
  if (root !== '') return unreadable('kernel', 'packet filter', ofCopy, onHost);
  const present = filtersInKernel();
  // Asking would load the kernel's modules: where there are none, there is no rule either.
  if (!present.iptables && !present.nftables) {
    return known({ backend: 'iptables', chains: [] }, 'kernel', '/proc/net/ip_tables_names');
  }
  const [four, six, nft] = await Promise.all([
    ask('iptables-save'),
    ask('ip6tables-save'),
    present.nftables ? ask('nft', ['--json', 'list', 'ruleset']) : absent,
  ]);
  const native = rulesetOf(nft);
  if (four.text === undefined) {
    return native ? known({ backend: 'nftables', chains: native }, 'kernel', 'nft list ruleset') : failure(four, nft);
  }
  // Without IPv6 its tool fails, and there are no rules.
  const chains = [...parseIptablesSave(four.text, 'ip'), ...parseIptablesSave(six.text ?? '', 'ip6')];
  const legacy = await legacyChains(`${four.text}${four.aside}`, ask);
  const tables = new Set(chains.map(tableOf));
  const others = native?.filter((chain) => !tables.has(tableOf(chain))) ?? [];
  return known({ backend: 'iptables', chains: [...chains, ...legacy, ...others] }, 'kernel', 'iptables-save');
}

/** Which packet filters the kernel has loaded. `root` is the folder that its file systems are looked for in. */
export function filtersInKernel(root = ''): { readonly iptables: boolean; readonly nftables: boolean } {
  const modules = readIfPossible(`${root}/proc/modules`);
  // A kernel without modules loads none.
  if (modules === undefined) return { iptables: true, nftables: true };
  const names = `${readIfPossible(`${root}/proc/net/ip_tables_names`) ?? ''}${readIfPossible(`${root}/proc/net/ip6_tables_names`) ?? ''}`;
  const release = readIfPossible(`${root}/proc/sys/kernel/osrelease`)?.trim() ?? '';
  const builtIn = readIfPossible(`${root}/lib/modules/${release}/modules.builtin`) ?? '';
  return {
    iptables: names.trim() !== '' || /^ip6?_tables /m.test(modules),
    nftables:
      /^nf_tables /m.test(modules) || builtIn.includes('/nf_tables.ko') || existsSync(`${root}/sys/module/nf_tables`),
  };
}

interface Told {
  readonly text?: string;
  /** What it printed beside the rules. */
  readonly aside: string;
  readonly code?: string | number | undefined;
}

const absent: Told = { aside: '', code: 'ENOENT' };

type Ask = (name: string, options?: readonly string[]) => Promise<Told>;

async function answerOf(program: string | undefined, options: readonly string[]): Promise<Told> {
  if (program === undefined) return absent;
  try {
    const { stdout, stderr } = await run(program, options, { timeout: 5000, maxBuffer: 64 * 1024 ** 2 });
    return { text: stdout, aside: stderr };
  } catch (error) {
    return { aside: '', code: (error as NodeJS.ErrnoException).code };
  }
}

/** Rules of the older kind beside those that the tool shows, which it then mentions. */
async function legacyChains(output: string, ask: Ask): Promise<FilterChain[]> {
  if (!/^# Warning: ip6?tables-legacy tables present/m.test(output)) return [];
  const [four, six] = await Promise.all([ask('iptables-legacy-save'), ask('ip6tables-legacy-save')]);
  return [...parseIptablesSave(four.text ?? '', 'ip'), ...parseIptablesSave(six.text ?? '', 'ip6')];
}

function rulesetOf({ text }: Told): FilterChain[] | undefined {
  if (text === undefined) return undefined;
  try {
    return parseNftRuleset(text);
  } catch {
    // Built without JSON it prints something else.
    return undefined;
  }
}

function tableOf({ family, table }: FilterChain): string {
  return `${family} ${table}`;
}

function failure(...told: readonly Told[]): UnreadableFact {
  return told.every(({ code }) => code === 'ENOENT')
    ? unreadable(
        'kernel',
        'iptables-save',
        { en: 'neither iptables nor nft is installed', zh: 'iptables 与 nft 均未安装' },
        { en: 'install iptables or nftables', zh: '安装 iptables 或 nftables' },
      )
    : unreadable(
        'kernel',
        'iptables-save',
        { en: 'the packet filter may not be read', zh: '无权读取包过滤规则' },
        { en: "run as root in the host's network namespace", zh: '以 root 身份在主机网络命名空间中运行' },
      );
}

const ofCopy = { en: 'a file system holds no rules that are in force', zh: '文件系统中没有生效中的规则' };
const onHost = { en: 'run on the host itself', zh: '在主机本身上运行' };
