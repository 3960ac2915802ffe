import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { PacketFilter } from '../../model/packet-filter.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { isEveryAddress, isLoopback } from '../../model/internet-address.ts';
import { apiListeners, formatListener, type TcpListener } from '../daemon/api-listeners.ts';
import { type Fate, fateAt } from './packet-path.ts';

export const hostApiPortFirewalled = defineControl({
  id: 'host-api-port-firewalled',
  subject: 'host',
  severity: 'critical',
  title: {
    en: "The host's packet filter limits who reaches a TCP port of the engine's API",
    zh: '主机的包过滤规则限制了可访问引擎 API 端口的来源',
  },
  why: {
    en: 'Whoever talks to the API is root on the host. Certificates alone leave every fault of the engine in the handling of connections open to all the networks that the host is on.',
    zh: '能访问 API 即等于拥有主机 root 权限。仅靠证书，引擎在处理连接时的任何漏洞都会暴露给主机所在的全部网络。',
  },
  how: {
    en: 'For every address that the API listens on, other than loopback, it follows a new connection of a stranger through the chains that guard the host itself, over IPv4 and IPv6: it must be dropped or rejected. A rule that accepts named sources before that is no harm.',
    zh: '对 API 监听的每个非回环地址，分别按 IPv4 和 IPv6 追踪一个陌生来源的新连接在主机入站链中的去向：必须被丢弃或拒绝。此前放行指定来源的规则不受影响。',
  },
  references: {
    cisDocker: ['2.7'],
    nist800190: ['4.5.1'],
    links: ['https://docs.docker.com/engine/daemon/remote-access/'],
  },
  engines: ['docker'],

  judge(host, { machine }) {
    const engine = machine?.engine;
    if (!engine?.local) {
      return notApplicable({ en: 'No engine is known to run on this host.', zh: '未发现引擎运行在此主机上。' });
    }
    const listeners = apiListeners(engine, machine);
    if (!listeners.known) return unknownFrom(listeners);
    const outward = listeners.value.tcp.filter(({ address }) => !isLoopback(address));
    const seen = evidenceOf(
      listeners,
      listeners.value.tcp.map((listener) => formatListener(listener)),
    );
    if (outward.length === 0) {
      return notApplicable({ en: 'The API has no port that others reach.', zh: 'API 没有可从外部访问的端口。' }, seen);
    }
    const filter = host.packetFilter;
    if (!filter.known) return unknownFrom(filter);
    const fates = outward.flatMap((listener) => fatesOf(filter.value, listener));
    const evidence = [seen, evidenceOf(filter, guards(filter.value), `${filter.path} INPUT`)];
    const open = fates.filter(({ fate }) => fate === 'accept');
    if (open.length > 0) {
      const names = listed(open.map(({ name }) => name));
      return fail(
        {
          en: `The packet filter lets everybody connect to the API: ${names.en}.`,
          zh: `包过滤规则允许任何来源连接 API：${names.zh}。`,
        },
        evidence,
      );
    }
    const unsure = fates.find(({ fate }) => fate === 'unsure');
    if (unsure) {
      return unknown(
        {
          en: `Rules that are not fully understood here decide who reaches ${unsure.name}.`,
          zh: `决定谁能访问 ${unsure.name} 的规则中，有此处无法完全解析的条件。`,
        },
        { en: 'connect to it from a machine that must not reach it', zh: '请从不应能访问的机器上尝试连接' },
        evidence,
      );
    }
    const names = listed(fates.map(({ name }) => name));
    return pass(
      {
        en: `The packet filter keeps strangers from the API: ${names.en}.`,
        zh: `包过滤规则阻止陌生来源访问 API：${names.zh}。`,
      },
      evidence,
    );
  },

  remedy({ packetFilter }, { machine }) {
    const listeners = machine && apiListeners(machine.engine, machine);
    const port = (listeners?.known && listeners.value.tcp.find(({ address }) => !isLoopback(address))?.port) || 2376;
    return byHand(
      {
        en: 'Accept the port only from the networks that manage this host and drop the rest, or let clients come over SSH and close the port. Save the rules so that they outlast a restart, and do the same for IPv6. Only you know these networks: a rule without them could shut out whoever manages this host, so that none is set for you.',
        zh: '只接受来自管理网络的连接并丢弃其余连接，或改由客户端经 SSH 访问并关闭该端口。请持久化规则以便重启后仍有效，IPv6 同样处理。管理网络只有您知道：缺少它们的规则可能把管理者拒之门外，因此不会自动设置。',
      },
      packetFilter.known && packetFilter.value.backend === 'nftables' ? nftCommands(port) : iptablesCommands(port),
    );
  },
});

/** The last one stands first. What comes over loopback is a user of this host. */
function iptablesCommands(port: number): string[] {
  return [
    `iptables -I INPUT -p tcp --dport ${port} -j DROP`,
    `iptables -I INPUT -p tcp --dport ${port} -s MANAGEMENT_NETWORK -j ACCEPT`,
    `iptables -I INPUT -i lo -p tcp --dport ${port} -j ACCEPT`,
    `ip6tables -I INPUT -p tcp --dport ${port} -j DROP`,
    `ip6tables -I INPUT -i lo -p tcp --dport ${port} -j ACCEPT`,
  ];
}

function nftCommands(port: number): string[] {
  return [
    'nft add table inet api_guard',
    "nft 'add chain inet api_guard input { type filter hook input priority -10; }'",
    `nft add rule inet api_guard input ip saddr MANAGEMENT_NETWORK tcp dport ${port} accept`,
    `nft add rule inet api_guard input iifname lo tcp dport ${port} accept`,
    `nft add rule inet api_guard input tcp dport ${port} drop`,
  ];
}

/** What becomes of a stranger's connection, for every family of addresses that the socket accepts. */
function fatesOf(filter: PacketFilter, listener: TcpListener): { readonly name: string; readonly fate: Fate }[] {
  const { address, port } = listener;
  const every = isEveryAddress(address);
  const isSix = address.includes(':');
  // A socket on `::` accepts IPv4 too.
  const families = isSix ? (every ? (['ip', 'ip6'] as const) : (['ip6'] as const)) : (['ip'] as const);
  return families.map((family) => {
    const destination = every ? {} : { destination: address };
    const packet = { family, protocol: 'tcp', port, partly: 'maybe', ...destination } as const;
    const isDroppedBefore = fateAt(filter, 'prerouting', packet) === 'drop';
    return {
      name: `${formatListener(listener)} (${family === 'ip' ? 'IPv4' : 'IPv6'})`,
      fate: isDroppedBefore ? 'drop' : fateAt(filter, 'input', packet),
    };
  });
}

/** The chains that guard the host itself, with their policies. */
function guards({ chains }: PacketFilter): string[] {
  return chains
    .filter(({ hook }) => hook === 'input')
    .map(({ family, table, name, policy, rules }) => `${family} ${table} ${name} ${policy} (${rules.length})`);
}
