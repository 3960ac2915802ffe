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
 * iptables did not make are added where `nft` shows them. The tools are looked for in `folders`, what the kernel has
 * loaded below `place`.
 */
export async function readPacketFilter(root = '', folders = systemFolders, place = root): Promise<Fact<PacketFilter>> {
  const ask: Ask = (name, options = []) => answerOf(name, systemProgram(name, folders), options);
  if (root !== '') return unreadable('kernel', 'packet filter', ofCopy, onHost);
  const present = filtersInKernel(place);
  // Asking would load the kernel's modules: where there are none, there is no rule either.
  if (!present.iptables && !present.nftables) {
    return known({ backend: 'iptables', chains: [] }, 'kernel', '/proc/net/ip_tables_names');
  }
  const [four, six, nft] = await Promise.all([
    ask('iptables-save'),
    hasIpv6(place) ? ask('ip6tables-save') : notInstalled('ip6tables-save'),
    present.nftables ? ask('nft', ['--json', 'list', 'ruleset']) : notInstalled('nft'),
  ]);
  const native = rulesetOf(nft);
  if (four.text === undefined && (native === undefined || (present.iptables && hasFailed(four)))) {
    return failure(four, nft);
  }
  // A tool that is not installed made no rules; one that fails hides those that there are.
  if (hasFailed(nft) || (nft.text !== undefined && native === undefined)) return failure(nft);
  if (four.text === undefined)
    return known({ backend: 'nftables', chains: native ?? [] }, 'kernel', 'nft list ruleset');
  if (hasFailed(six)) return failure(six);
  const [olderFour, olderSix] = await Promise.all([
    olderRules(four, 'iptables-legacy-save', ask),
    olderRules(six, 'ip6tables-legacy-save', ask),
  ]);
  const hidden = [olderFour, olderSix].find((each) => each !== undefined && each.text === undefined);
  if (hidden) return failure(hidden);
  const chains = [...parseIptablesSave(four.text, 'ip'), ...parseIptablesSave(six.text ?? '', 'ip6')];
  const legacy = [...parseIptablesSave(olderFour?.text ?? '', 'ip'), ...parseIptablesSave(olderSix?.text ?? '', 'ip6')];
  const tables = new Set(chains.map(tableOf));
  const others = native?.filter((chain) => !tables.has(tableOf(chain))) ?? [];
  return known({ backend: 'iptables', chains: [...chains, ...legacy, ...others] }, 'kernel', 'iptables-save');
}

/** A kernel that was started without IPv6 has no such file. */
function hasIpv6(root: string): boolean {
  return existsSync(`${root}/proc/net/if_inet6`);
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
  readonly program: string;
  readonly text?: string;
  /** What it printed beside the rules. */
  readonly aside: string;
  readonly code?: string | number | undefined;
}

function notInstalled(program: string): Told {
  return { program, aside: '', code: 'ENOENT' };
}

function hasFailed({ text, code }: Told): boolean {
  return text === undefined && code !== 'ENOENT';
}

type Ask = (name: string, options?: readonly string[]) => Promise<Told>;

async function answerOf(program: string, path: string | undefined, options: readonly string[]): Promise<Told> {
  if (path === undefined) return notInstalled(program);
  try {
    const { stdout, stderr } = await run(path, options, { timeout: 5000, maxBuffer: 64 * 1024 ** 2 });
    return { program, text: stdout, aside: stderr };
  } catch (error) {
    return { program, aside: '', code: (error as NodeJS.ErrnoException).code ?? 'EIO' };
  }
}

/** Rules of the older kind beside those that the tool shows, which it then mentions; `undefined` where it does not. */
async function olderRules({ text = '', aside }: Told, name: string, ask: Ask): Promise<Told | undefined> {
  return /^# Warning: ip6?tables-legacy tables present/m.test(`${text}\n${aside}`) ? await ask(name) : undefined;
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
  const failed = told.find(hasFailed);
  if (failed) {
    return unreadable(
      'kernel',
      failed.program,
      { en: `${failed.program} may not or cannot tell the rules`, zh: `${failed.program} 无权或无法列出规则` },
      { en: "run as root in the host's network namespace", zh: '以 root 身份在主机网络命名空间中运行' },
    );
  }
  const unclear = told.find(({ text }) => text !== undefined);
  if (unclear) {
    return unreadable(
      'kernel',
      unclear.program,
      { en: `${unclear.program} does not print JSON`, zh: `${unclear.program} 输出的不是 JSON` },
      { en: 'install an nft that is built with JSON', zh: '安装支持 JSON 的 nft' },
    );
  }
  const isLegacy = told.some(({ program }) => program.includes('legacy'));
  return isLegacy
    ? unreadable(
        'kernel',
        told[0]?.program ?? '',
        {
          en: 'there are rules of iptables-legacy, and the program that lists them is not installed',
          zh: '存在 iptables-legacy 规则，但未安装列出它们的程序',
        },
        { en: 'install iptables-legacy', zh: '安装 iptables-legacy' },
      )
    : unreadable(
        'kernel',
        'iptables-save',
        { en: 'neither iptables nor nft is installed', zh: 'iptables 与 nft 均未安装' },
        { en: 'install iptables or nftables', zh: '安装 iptables 或 nftables' },
      );
}

const ofCopy = { en: 'a file system holds no rules that are in force', zh: '文件系统中没有生效中的规则' };
const onHost = { en: 'run on the host itself', zh: '在主机本身上运行' };
