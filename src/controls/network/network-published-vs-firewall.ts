import { defineControl, type Machine } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { type Evidence, evidenceOf, type Fact, mapFact } from '../../model/fact.ts';
import type { ForwardDrop } from '../../model/forward-drop.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand, changeHost, type ManualRemedy } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { rootlessEngine } from '../daemon/security-options.ts';
import { fateAt } from '../host/packet-path.ts';
import { forwardDrops } from './forward-drops.ts';
import { engineFilter, localEngine, ownForwardChains, ownTable, usesNftables } from './own-forward-rules.ts';
import { namesOf, openFamilies, type WidePort, widePorts } from './wide-ports.ts';

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
    const wide = portsOn(machine, parameters.publicPorts);
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
    const open = wide.filter((port) => openFamilies(filter.value, engine, port).length > 0);
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

  remedy(host, { machine, parameters }) {
    if (machine && usesNftables(machine.engine)) return nftRemedy;
    const engine = localEngine(machine);
    if (!machine || engine?.kind !== 'docker') return iptablesRemedy();
    const wide = portsOn(machine, parameters.publicPorts);
    const firewall = firewallOf(host, wide);
    if (firewall.known && firewall.value === 'firewalld') return firewalldRemedy;
    const filter = engineFilter(host, engine);
    if (!filter.known || wide.length === 0) return iptablesRemedy();
    const drops = forwardDrops(filter.value, engine, wide);
    if ('en' in drops) return iptablesRemedy(drops);
    if (drops.length === 0) return iptablesRemedy();
    return changeHost(
      drops.map((drop) => ({ kind: 'filter', ...drop })),
      dropping(drops),
    );
  },
});

const usual: Text = {
  en: 'Publish the ports on the one address that they are used from. Where they must stay open, let the chain DOCKER-USER drop what does not come from the networks that may reach them, with ip6tables likewise; match the port of the host with ctorigdstport.',
  zh: '将端口只发布到实际使用的地址。若必须保持开放，请在 DOCKER-USER 链中丢弃来自不允许网络的连接（IPv6 用 ip6tables 同样处理），并用 ctorigdstport 匹配主机端口。',
};

/** `why`: why no rule is proposed that could be set without asking. */
function iptablesRemedy(why?: Text): ManualRemedy {
  return byHand(why ? { en: `${why.en} ${usual.en}`, zh: `${why.zh}${usual.zh}` } : usual, [
    'iptables -I DOCKER-USER -i EXTERNAL_INTERFACE ! -s ALLOWED_NETWORK -p tcp -m conntrack --ctorigdstport PORT --ctdir ORIGINAL -j DROP',
  ]);
}

const nftRemedy = byHand(
  {
    en: 'Publish the ports on the one address that they are used from. Where they must stay open, let a chain of your own at the forward hook drop what does not come from the networks that may reach them; match the port of the host with ct original proto-dst. With this backend there is no chain DOCKER-USER.',
    zh: '将端口只发布到实际使用的地址。若必须保持开放，请用自建的 forward 链丢弃来自不允许网络的连接，并用 ct original proto-dst 匹配主机端口。该后端没有 DOCKER-USER 链。',
  },
  [
    ...ownTable,
    'nft add rule inet guard forward iifname EXTERNAL_INTERFACE ip saddr != ALLOWED_NETWORK ct direction original ct original proto-dst PORT drop',
  ],
);

const firewalldRemedy = byHand(
  {
    en: 'Publish the ports on the one address that they are used from. Where they must stay open, give firewalld the chain DOCKER-USER and a rule in it that drops what does not come from the networks that may reach them: a reload of firewalld takes away every rule that it does not know. Stop the engine meanwhile.',
    zh: '将端口只发布到实际使用的地址。若必须保持开放，请让 firewalld 管理 DOCKER-USER 链，并在其中丢弃来自不允许网络的连接：firewalld 重新加载时会清除它不知道的规则。操作期间请停止引擎。',
  },
  [
    'systemctl stop docker.socket docker.service',
    'firewall-cmd --permanent --direct --add-chain ipv4 filter DOCKER-USER',
    'firewall-cmd --permanent --direct --add-rule ipv4 filter DOCKER-USER 0 -i EXTERNAL_INTERFACE ! -s ALLOWED_NETWORK -p tcp -m conntrack --ctorigdstport PORT --ctdir ORIGINAL -j DROP',
    'firewall-cmd --reload',
    'systemctl start docker.service',
  ],
);

function dropping(drops: readonly ForwardDrop[]): Text {
  const ports = [...new Set(drops.map(({ port, protocol }) => `${port}/${protocol}`))];
  const interfaces = [...new Set(drops.map(({ inInterface }) => inInterface))];
  return {
    en: `Let DOCKER-USER drop new connections from outside (${interfaces.join(', ')}) to ${ports.join(', ')}, as the firewall of the host does: whoever uses these ports from outside today is shut out. To keep one open for everybody, declare it in the parameter publicPorts; for some, publish it on one address instead, or drop only what does not come from their network.`,
    zh: `让 DOCKER-USER 像主机防火墙一样，丢弃从外部（${interfaces.join('、')}）到 ${ports.join('、')} 的新连接：目前从外部使用这些端口的访问将被拒绝。如需对所有人开放，请在参数 publicPorts 中声明；如只对部分来源开放，请改为发布到单个地址，或只丢弃来自其他网络的连接。`,
  };
}

function portsOn(machine: Machine, publicPorts: readonly number[]): WidePort[] {
  return machine.containers.flatMap((container) => widePorts(container, machine, publicPorts));
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
