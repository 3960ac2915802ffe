import { defineControl } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import type { PacketFilter } from '../../model/packet-filter.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import type { Fate } from '../host/packet-path.ts';
import {
  bridgeInterface,
  engineFilter,
  localEngine,
  ownFate,
  ownForwardChains,
  ownTable,
  usesNftables,
} from './own-forward-rules.ts';

export const networkEgressRestricted = defineControl({
  id: 'network-egress-restricted',
  subject: 'host',
  severity: 'medium',
  title: { en: 'Containers only connect to where they must', zh: '容器只能向外连接必要的目标' },
  why: {
    en: 'A container that was taken over fetches tools, reports home and carries data away over whatever leaves the host freely.',
    zh: '容器被入侵后，会通过不受限制的出站流量下载工具、回连控制端并外传数据。',
  },
  how: {
    en: 'Asked only where the parameter required is set. Every network with running containers must be internal, or the chain DOCKER-USER (with nftables, a chain of your own at the forward hook) must drop in the end what leaves its subnets; exceptions before that are the allow list. Overlay networks leave by docker_gwbridge; the host network, macvlan and ipvlan pass by those chains.',
    zh: '仅在设置参数 required 时判断。每个有运行中容器的网络须为 internal，或由 DOCKER-USER 链（使用 nftables 时为自建的 forward 链）最终丢弃从其子网发出的连接；此前的例外即为允许列表。overlay 网络经 docker_gwbridge 出站；host 网络、macvlan 与 ipvlan 不经过这些链。',
  },
  references: {
    nist800190: ['4.4.2'],
    links: ['https://docs.docker.com/engine/network/packet-filtering-firewalls/'],
  },
  parameters: {
    required: {
      default: false,
      description: { en: 'Whether outbound traffic must be limited at all.', zh: '是否要求限制出站流量。' },
    },
  },

  judge(host, { machine, parameters }) {
    const engine = localEngine(machine);
    if (!parameters.required || !engine) {
      return notApplicable({ en: 'It is not asked for on this host.', zh: '此主机未要求。' });
    }
    const { networks } = engine;
    if (!networks.known) return unknownFrom(networks);
    const open = networks.value.filter(
      ({ driver, internal, ingress, members }) => driver !== 'null' && !internal && !ingress && members.length > 0,
    );
    const listedNetworks = evidenceOf(
      networks,
      open.map(({ name }) => name),
    );
    if (open.length === 0) {
      return pass(
        { en: 'No container is in a network that leads out.', zh: '没有容器处于可出站的网络。' },
        listedNetworks,
      );
    }
    const filter = engineFilter(host, engine);
    const isBeyond = open.some((network) => bridgeOf(network, networks.value) === undefined);
    if (!filter.known && !isBeyond) return unknownFrom(filter);
    const fates = open.map((network) => {
      const bridge = bridgeOf(network, networks.value);
      return { network, fate: bridge ? (filter.known ? egressOf(filter.value, engine, bridge) : 'unsure') : 'accept' };
    });
    const chains = filter.known ? ownForwardChains(filter.value, engine).map(({ name }) => name) : [];
    const evidence = [listedNetworks, ...(filter.known ? [evidenceOf(filter, chains)] : [])];
    const free = fates.filter(({ fate }) => fate === 'accept').map(({ network }) => network.name);
    if (free.length > 0) {
      const names = listed(free);
      return fail(
        {
          en: `Containers connect to anywhere from: ${names.en}.`,
          zh: `以下网络中的容器可任意向外连接：${names.zh}。`,
        },
        evidence,
      );
    }
    const unsure = fates.find(({ fate }) => fate === 'unsure');
    if (unsure) {
      return unknown(
        {
          en: `Rules that are not fully understood here decide what leaves ${unsure.network.name}.`,
          zh: `决定 ${unsure.network.name} 出站流量的规则中，有此处无法完全解析的条件。`,
        },
        { en: 'connect out of one of its containers', zh: '请从其中一个容器尝试向外连接' },
        evidence,
      );
    }
    return pass(
      { en: 'What leaves the networks of containers is limited.', zh: '容器网络的出站流量已受限制。' },
      evidence,
    );
  },

  remedy(_host, { machine }) {
    return machine && usesNftables(machine.engine)
      ? byHand(
          {
            en: 'Make networks internal that need no way out. For the others keep a chain of your own at the forward hook: let it accept answers and what is allowed, and drop the rest of their subnets, of IPv6 likewise.',
            zh: '不需要出站的网络设为 internal。其余网络使用自建的 forward 链：放行应答和允许的目标，再丢弃其子网的其他流量，IPv6 同样处理。',
          },
          [
            'docker network create --internal NAME',
            ...ownTable,
            'nft add rule inet guard forward ct state established,related accept',
            "nft add rule inet guard forward ip saddr SUBNET ip daddr '{ SUBNET, ALLOWED_NETWORK }' accept",
            'nft add rule inet guard forward ip saddr SUBNET drop',
          ],
        )
      : byHand(
          {
            en: 'Make networks internal that need no way out. For the others let the chain DOCKER-USER return answers and what is allowed, and drop the rest of their subnets, with ip6tables likewise where they speak IPv6. The last rule to be inserted stands first.',
            zh: '不需要出站的网络设为 internal。其余网络在 DOCKER-USER 链中放行应答和允许的目标，再丢弃其子网的其他流量；使用 IPv6 的网络以 ip6tables 同样处理。最后插入的规则排在最前。',
          },
          [
            'docker network create --internal NAME',
            'iptables -I DOCKER-USER -s SUBNET -j DROP',
            'iptables -I DOCKER-USER -s SUBNET -d SUBNET -j RETURN',
            'iptables -I DOCKER-USER -s SUBNET -d ALLOWED_NETWORK -j RETURN',
            'iptables -I DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN',
          ],
        );
  },
});

/** What becomes of connections out of a bridge: one subnet that may go anywhere is enough. */
function egressOf(filter: PacketFilter, engine: EngineFacts, bridge: NetworkFacts): Fate {
  const inInterface = bridgeInterface(bridge);
  const fates = bridge.subnets.map((source) => {
    const family = source.includes(':') ? 'ip6' : 'ip';
    return ownFate(filter, engine, { family, source, inInterface, partly: 'no' });
  });
  if (fates.length === 0 || fates.includes('accept')) return 'accept';
  return fates.includes('unsure') ? 'unsure' : 'drop';
}

/**
 * The bridge by which packets leave a network; undefined where no chain of the engine sees them: in the host's own
 * network, and on interfaces of its own (macvlan, ipvlan).
 */
function bridgeOf(network: NetworkFacts, networks: readonly NetworkFacts[]): NetworkFacts | undefined {
  if (network.driver === 'bridge') return network;
  return network.driver === 'overlay' ? networks.find(({ name }) => name === 'docker_gwbridge') : undefined;
}
