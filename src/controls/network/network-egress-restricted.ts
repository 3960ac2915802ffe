import { defineControl } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import type { PacketFilter } from '../../model/packet-filter.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { type Fate, fateIn } from '../host/packet-path.ts';
import { localEngine, ownForwardChains } from './own-forward-rules.ts';

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
    en: 'Asked only where the parameter required is set. Every network with running containers must be internal, or the chain DOCKER-USER (with nftables, a chain of your own at the forward hook) must drop in the end what leaves its subnets; exceptions before that are the allow list.',
    zh: '仅在设置参数 required 时判断。每个有运行中容器的网络须为 internal，或由 DOCKER-USER 链（使用 nftables 时为自建的 forward 链）最终丢弃从其子网发出的连接；此前的例外即为允许列表。',
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
      ({ driver, internal, members }) => driver === 'bridge' && !internal && members.length > 0,
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
    const filter = host.packetFilter;
    if (!filter.known) return unknownFrom(filter);
    const fates = open.map((network) => ({ network, fate: egressOf(filter.value, engine, network) }));
    const evidence = [
      listedNetworks,
      evidenceOf(
        filter,
        ownForwardChains(filter.value, engine).map(({ name }) => name),
      ),
    ];
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

  remedy() {
    return byHand(
      {
        en: 'Make networks internal that need no way out. For the others let the chain DOCKER-USER return answers and what is allowed, and drop the rest of their subnets.',
        zh: '不需要出站的网络设为 internal。其余网络在 DOCKER-USER 链中放行应答和允许的目标，再丢弃其子网的其他流量。',
      },
      [
        'docker network create --internal NAME',
        'iptables -I DOCKER-USER -s SUBNET -j DROP',
        'iptables -I DOCKER-USER -s SUBNET -d ALLOWED_NETWORK -j RETURN',
        'iptables -I DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN',
      ],
    );
  },
});

/** What becomes of connections out of a network: one subnet that may go anywhere is enough. */
function egressOf(filter: PacketFilter, engine: EngineFacts, network: NetworkFacts): Fate {
  const chains = ownForwardChains(filter, engine);
  const fates = network.subnets.map((source): Fate => {
    const family = source.includes(':') ? ('ip6' as const) : ('ip' as const);
    const packet = { family, source, inInterface: interfaceOf(network), partly: 'no' as const };
    const own = chains.filter((chain) => chain.family === family || chain.family === 'inet');
    const ends = new Set(own.map((chain) => fateIn(filter, chain, packet)));
    if (ends.has('drop')) return 'drop';
    return ends.has('unsure') ? 'unsure' : 'accept';
  });
  if (fates.length === 0 || fates.includes('accept')) return 'accept';
  return fates.includes('unsure') ? 'unsure' : 'drop';
}

/** The bridge that the kernel knows a network by. */
function interfaceOf({ id, name, options }: NetworkFacts): string {
  return options['com.docker.network.bridge.name'] ?? (name === 'bridge' ? 'docker0' : `br-${id.slice(0, 12)}`);
}
