import type { ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { type Evidence, evidenceOf, type Fact, mapFact } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { isEveryAddress } from '../daemon/address.ts';
import { openedPorts, portText } from './opened-ports.ts';
import { holdsBack, localEngine, ownForwardChains } from './own-forward-rules.ts';

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
    en: 'On a host whose firewall is on (chains of ufw, firewalld, or INPUT with the policy drop) no running container may publish a port on every address, except public ports, unless the chain DOCKER-USER holds something back; with nftables, a chain of your own at the forward hook.',
    zh: '在启用了防火墙的主机上（存在 ufw 链、firewalld，或 INPUT 默认策略为 drop），运行中的容器不得在所有地址上发布端口（公众端口除外），除非 DOCKER-USER 链中有拦截规则；使用 nftables 时则看自建的 forward 链。',
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
    const wide = machine.containers.flatMap((container) => widePorts(container, parameters.publicPorts));
    const published: Evidence = { source: 'engine-api', path: 'HostConfig.PortBindings', value: wide };
    // Then it was not found out which containers there are.
    if (wide.length === 0 && !engine.info.known) return unknownFrom(engine.info);
    if (wide.length === 0) {
      return pass({ en: 'No such port is open on every address.', zh: '没有此类端口在所有地址上开放。' }, published);
    }
    const firewall = firewallOf(host);
    if (!firewall.known) return unknownFrom(firewall);
    if (firewall.value === undefined) {
      return notApplicable({ en: 'No firewall is on that a port could get past.', zh: '主机未启用防火墙。' }, [
        evidenceOf(firewall, null),
        published,
      ]);
    }
    const filter = host.packetFilter;
    if (!filter.known) return unknownFrom(filter);
    const own = ownForwardChains(filter.value, engine).filter(holdsBack);
    const evidence = [
      evidenceOf(firewall, firewall.value),
      published,
      evidenceOf(
        filter,
        own.map(({ family, table, name }) => `${family} ${table} ${name}`),
      ),
    ];
    if (own.length > 0) {
      return pass(
        { en: `Rules of your own stand before published ports.`, zh: '自建规则先于已发布的端口生效。' },
        evidence,
      );
    }
    const names = listed(wide);
    return fail(
      {
        en: `${firewall.value} is on, and yet everybody reaches ${names.en}: no rule of yours stands before published ports.`,
        zh: `${firewall.value} 已启用，但任何来源仍可访问 ${names.zh}：已发布的端口之前没有自建规则。`,
      },
      evidence,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Publish the ports on the one address that they are used from. Where they must stay open, let the chain DOCKER-USER drop what does not come from the networks that may reach them; match the port of the host with ctorigdstport.',
        zh: '将端口只发布到实际使用的地址。若必须保持开放，请在 DOCKER-USER 链中丢弃来自不允许网络的连接，并用 ctorigdstport 匹配主机端口。',
      },
      [
        'iptables -I DOCKER-USER -i EXTERNAL_INTERFACE ! -s ALLOWED_NETWORK -m conntrack --ctorigdstport PORT --ctdir ORIGINAL -j DROP',
      ],
    );
  },
});

/** Ports that a running container offers on every address: `web 8080/tcp`. */
function widePorts(container: ContainerSpec, publicPorts: readonly number[]): string[] {
  if (container.state !== 'running') return [];
  const wide = openedPorts(container).filter(
    ({ port: { hostAddress = '', hostPort = 0 } }) =>
      !publicPorts.includes(hostPort) && (hostAddress === '' || isEveryAddress(hostAddress)),
  );
  // IPv4 and IPv6 are two bindings of one port.
  return [...new Set(wide.map(({ port: { hostAddress: _all, ...port } }) => `${container.name} ${portText(port)}`))];
}

/**
 * The firewall that is believed to guard the host. ufw's unit is enabled on hosts on which ufw itself is off, so that
 * its chains tell; firewalld runs where its unit is enabled.
 */
function firewallOf({ packetFilter, enabledUnits }: HostFacts): Fact<string | undefined> {
  if (!packetFilter.known) {
    const believed = enabledUnits.known && enabledUnits.value.some((unit) => /^(?:ufw|firewalld)\.service$/.test(unit));
    return believed || !enabledUnits.known ? packetFilter : mapFact(enabledUnits, () => undefined);
  }
  const { chains } = packetFilter.value;
  if (chains.some(({ name, rules }) => name.startsWith('ufw-') && rules.length > 0))
    return { ...packetFilter, value: 'ufw' };
  const isFirewalld =
    chains.some(({ table }) => table === 'firewalld') ||
    (enabledUnits.known && enabledUnits.value.includes('firewalld.service'));
  if (isFirewalld) return { ...packetFilter, value: 'firewalld' };
  const guard = chains.find(({ hook, policy }) => hook === 'input' && policy === 'drop');
  return { ...packetFilter, value: guard?.name };
}
