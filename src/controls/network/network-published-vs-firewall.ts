import type { ContainerSpec, PublishedPort } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf, type Fact, mapFact } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import type { PacketFilter } from '../../model/packet-filter.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { rootlessEngine } from '../daemon/security-options.ts';
import { fateAt, type Packet } from '../host/packet-path.ts';
import { isOpenEverywhere, openedPorts, portText, usualAddress } from './opened-ports.ts';
import {
  bridgeInterface,
  engineFilter,
  leavingBy,
  localEngine,
  ownFate,
  ownForwardChains,
  ownTable,
  usesNftables,
  withRules,
} from './own-forward-rules.ts';

export const networkPublishedVsFirewall = defineControl({
  id: 'network-published-vs-firewall',
  subject: 'host',
  severity: 'high',
  title: {
    en: 'Published ports do not get past the firewall of the host unnoticed',
    zh: '发布的端口不会在不知情的情况下绕过主机防火墙',
  },
  why: {
    en: 'The engine forwards a published port before the rules of ufw, firewalld or the chain INPUT are asked. The firewall then shows a port as closed that the whole network reaches.',
    zh: '引擎会在 ufw、firewalld 或 INPUT 链的规则之前转发已发布的端口。防火墙显示该端口已关闭，实际上整个网络都能访问。',
  },
  how: {
    en: 'On a host whose firewall is on (chains of ufw, firewalld, or INPUT that drops what is not allowed) no running container may publish a port on every address, except public ports, unless the chain DOCKER-USER keeps strangers from it; with nftables, a chain of your own at the forward hook. Rules against single sources do not count. A rootless engine is not asked.',
    zh: '在启用了防火墙的主机上（存在 ufw 链、firewalld，或 INPUT 会丢弃未放行的连接），运行中的容器不得在所有地址上发布端口（公众端口除外），除非 DOCKER-USER 链会拦截陌生来源；使用 nftables 时则看自建的 forward 链。只针对个别来源的规则不算。rootless 引擎不作判断。',
  },
  references: {
    nist800190: ['4.4.2'],
    links: ['https://docs.docker.com/engine/network/packet-filtering-firewalls/'],
  },
  parameters: {
    publicPorts: {
      default: [80, 443],
      description: {
        en: 'Ports of the host that are meant for everyone, so that nobody believes them to be closed.',
        zh: '面向所有人的主机端口，没有人会误以为其已关闭。',
      },
    },
  },

  judge(host, { machine, parameters }) {
    const engine = localEngine(machine);
    if (!machine || !engine) {
      return notApplicable({ en: 'No engine is known to run on this host.', zh: '未发现引擎运行在此主机上。' });
    }
    const managed = daemonSetting(engine, 'iptables');
    if (managed.known && managed.value === false) {
      return notApplicable(
        { en: 'The engine writes no rules that could come before others.', zh: '引擎不写入包过滤规则。' },
        evidenceOf(managed),
      );
    }
    const rootless = rootlessEngine(engine);
    if (rootless.known && rootless.value) {
      return notApplicable(
        {
          en: 'A rootless engine opens ports as any program does: the firewall is asked first.',
          zh: 'rootless 引擎像普通程序一样监听端口，连接会先经过防火墙。',
        },
        evidenceOf(rootless),
      );
    }
    const wide = machine.containers.flatMap((container) => widePorts(container, machine, parameters.publicPorts));
    const published: Evidence = { source: 'engine-api', path: 'HostConfig.PortBindings', value: namesOf(wide) };
    // Then it was not found out which containers there are.
    if (wide.length === 0 && !engine.info.known) return unknownFrom(engine.info);
    if (wide.length === 0) {
      return pass({ en: 'No such port is open on every address.', zh: '没有此类端口在所有地址上开放。' }, published);
    }
    const firewall = firewallOf(host, wide);
    if (!firewall.known) return unknownFrom(firewall);
    if (firewall.value === undefined) {
      return notApplicable({ en: 'No firewall is on that a port could get past.', zh: '主机未启用防火墙。' }, [
        evidenceOf(firewall, null),
        published,
      ]);
    }
    const filter = engineFilter(host, engine);
    if (!filter.known) return unknownFrom(filter);
    const open = wide.filter((port) => isOpenToStrangers(filter.value, engine, port));
    const evidence = [
      evidenceOf(firewall, firewall.value),
      published,
      evidenceOf(
        filter,
        ownForwardChains(filter.value, engine).map(({ family, table, name }) => `${family} ${table} ${name}`),
      ),
    ];
    if (open.length === 0) {
      return pass(
        { en: 'Rules of your own stand before published ports.', zh: '自建规则先于已发布的端口生效。' },
        evidence,
      );
    }
    const names = listed(namesOf(open));
    return fail(
      {
        en: `The firewall of the host (${firewall.value}) is on, and yet everybody reaches ${names.en}: no rule of yours that stands before published ports keeps strangers out.`,
        zh: `主机防火墙（${firewall.value}）已启用，但任何来源仍可访问 ${names.zh}：没有先于已发布端口生效的自建规则加以拦截。`,
      },
      evidence,
    );
  },

  remedy(_host, { machine }) {
    return machine && usesNftables(machine.engine)
      ? byHand(
          {
            en: 'Publish the ports on the one address that they are used from. Where they must stay open, let a chain of your own at the forward hook drop what does not come from the networks that may reach them; match the port of the host with ct original proto-dst.',
            zh: '将端口只发布到实际使用的地址。若必须保持开放，请用自建的 forward 链丢弃来自不允许网络的连接，并用 ct original proto-dst 匹配主机端口。',
          },
          [
            ...ownTable,
            'nft add rule inet guard forward iifname EXTERNAL_INTERFACE ip saddr != ALLOWED_NETWORK ct direction original ct original proto-dst PORT drop',
          ],
        )
      : byHand(
          {
            en: 'Publish the ports on the one address that they are used from. Where they must stay open, let the chain DOCKER-USER drop what does not come from the networks that may reach them, with ip6tables likewise; match the port of the host with ctorigdstport.',
            zh: '将端口只发布到实际使用的地址。若必须保持开放，请在 DOCKER-USER 链中丢弃来自不允许网络的连接（IPv6 用 ip6tables 同样处理），并用 ctorigdstport 匹配主机端口。',
          },
          [
            'iptables -I DOCKER-USER -i EXTERNAL_INTERFACE ! -s ALLOWED_NETWORK -p tcp -m conntrack --ctorigdstport PORT --ctdir ORIGINAL -j DROP',
          ],
        );
  },
});

/** A port that a running container offers on every address. */
interface WidePort {
  /** `web 8080/tcp` */
  readonly name: string;
  readonly port: PublishedPort;
  readonly families: readonly Packet['family'][];
  /** Bridges by which packets reach the container; empty where its networks are not known. */
  readonly bridges: readonly string[];
}

function widePorts(container: ContainerSpec, machine: Machine, publicPorts: readonly number[]): WidePort[] {
  if (container.state !== 'running') return [];
  const usual = usualAddress(container, machine);
  const all = machine.engine.networks;
  const networks = all.known ? all.value.filter(({ name }) => container.networks.includes(name)) : [];
  const bridges = networks.filter(({ driver }) => driver === 'bridge').map(bridgeInterface);
  const speaksIpv6 = networks.some(({ ipv6 }) => ipv6);
  return openedPorts(container)
    .filter(({ port }) => isOpenEverywhere(port, usual) && !publicPorts.includes(port.hostPort ?? 0))
    .map(({ port: { hostAddress = '', ...port } }) => ({
      // IPv4 and IPv6 are two bindings of one port.
      name: `${container.name} ${portText(port)}`,
      port,
      families: hostAddress === '' ? (speaksIpv6 ? ['ip', 'ip6'] : ['ip']) : [hostAddress.includes(':') ? 'ip6' : 'ip'],
      bridges,
    }));
}

function namesOf(ports: readonly WidePort[]): string[] {
  return [...new Set(ports.map(({ name }) => name))];
}

/** Whether rules of one's own let everybody through to a port. Those for some sources, a list of who is banned, do not matter. */
function isOpenToStrangers(filter: PacketFilter, engine: EngineFacts, wide: WidePort): boolean {
  const { families, bridges } = wide;
  const { containerPort: port, protocol } = wide.port;
  const seen = withRules(filter, ({ states, ...rule }) =>
    // The address of a packet to a published port has been translated by then.
    leavingBy(bridges, states && !states.includes('dnat') ? { ...rule, states } : rule),
  );
  return families.some((family) => ownFate(seen, engine, { family, protocol, port, partly: 'maybe' }) === 'accept');
}

/**
 * The firewall that is believed to guard the host. ufw's unit is enabled on hosts on which ufw itself is off, so that
 * its chains tell; firewalld runs where its unit is enabled.
 */
function firewallOf({ packetFilter, enabledUnits }: HostFacts, wide: readonly WidePort[]): Fact<string | undefined> {
  if (!packetFilter.known) {
    const believed = enabledUnits.known && enabledUnits.value.some((unit) => /^(?:ufw|firewalld)\.service$/.test(unit));
    return believed || !enabledUnits.known ? packetFilter : mapFact(enabledUnits, () => undefined);
  }
  const { chains } = packetFilter.value;
  if (chains.some(({ name, rules }) => /^ufw6?-/.test(name) && rules.length > 0))
    return { ...packetFilter, value: 'ufw' };
  const isFirewalld =
    chains.some(({ table }) => table === 'firewalld') ||
    (enabledUnits.known && enabledUnits.value.includes('firewalld.service'));
  if (isFirewalld) return { ...packetFilter, value: 'firewalld' };
  const guard = chains.find(({ hook, policy }) => hook === 'input' && policy === 'drop');
  const isClosed = wide.some(({ port: { protocol, hostPort }, families }) =>
    families.some((family) => {
      const packet = {
        family,
        protocol,
        ...(hostPort === undefined ? {} : { port: hostPort }),
        partly: 'maybe',
      } as const;
      return fateAt(packetFilter.value, 'input', packet) === 'drop';
    }),
  );
  return { ...packetFilter, value: guard?.name ?? (isClosed ? 'INPUT' : undefined) };
}
