import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknown, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { isOlder, restartCommands } from './engine-service.ts';
import { rootlessEngine } from './security-options.ts';
import { changeSettings } from './setting-change.ts';

export const daemonIptablesManaged = defineControl({
  id: 'daemon-iptables-managed',
  subject: 'engine',
  severity: 'high',
  title: { en: 'The engine manages its packet filter rules', zh: '引擎自行管理包过滤规则' },
  why: {
    en: 'The rules of the engine keep networks apart and close ports that were not published. Without them every container can be reached from its neighbours, and from the network that the host routes for.',
    zh: '引擎的规则负责隔离各网络，并封闭未发布的端口。缺少这些规则，容器可被相邻容器以及主机所路由的网络任意访问。',
  },
  how: {
    en: 'The setting iptables must not be false, nor ip6tables where ipv6 is on (before 27.0 it is off unless it is set), and the chains of the engine must be in the packet filter. With the nftables backend there are no such chains, and a rootless engine keeps them in a namespace of its own: then the settings decide alone.',
    zh: 'iptables 设置不得为 false，启用 ipv6 时 ip6tables 亦然（27.0 之前默认关闭），且包过滤器中必须存在引擎的链。nftables 后端没有这些链，rootless 引擎的链位于其自身的命名空间中：此时仅以设置为准。',
  },
  references: {
    cisDocker: ['2.4'],
    nist800190: ['4.3.3'],
    links: ['https://docs.docker.com/engine/network/packet-filtering-firewalls/'],
  },
  parameters: {
    ownRuleset: {
      default: false,
      description: {
        en: 'Whether you keep a ruleset of your own for containers, so that the engine may leave the packet filter alone.',
        zh: '是否由您自行维护容器的包过滤规则，引擎可以不管理。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { iptables: false },

  judge(engine, { parameters }) {
    for (const [key, family] of [
      ['iptables', 'IPv4'],
      ['ip6tables', 'IPv6'],
    ] as const) {
      const setting = daemonSetting(engine, key);
      if (!setting.known) return unknownFrom(setting);
      if (!isOff(engine, key)) continue;
      const evidence = evidenceOf(setting, setting.value ?? null);
      return parameters.ownRuleset
        ? pass({ en: 'You keep a ruleset of your own.', zh: '由您自行维护规则。' }, evidence)
        : fail(
            {
              en: `The engine writes no packet filter rules for ${family} (${key} is off).`,
              zh: `引擎不写入 ${family} 的包过滤规则（${key} 已关闭）。`,
            },
            evidence,
            key,
          );
    }
    return judgeChains(engine, parameters.ownRuleset);
  },

  remedy(engine) {
    const off = (['iptables', 'ip6tables'] as const).filter((key) => isOff(engine, key));
    if (off[0] === 'ip6tables' && isExperimentalIpv6(engine)) return byHand(withoutIpv6);
    if (off.length === 0) {
      return byHand(
        {
          en: 'Something removed the rules of the engine, often a reload of another firewall. Restart the engine so that it writes them again, and load that firewall before it.',
          zh: '引擎的规则已被清除，多半是其他防火墙重载所致。请重启引擎以重写规则，并让该防火墙先于引擎加载。',
        },
        restartCommands(engine),
        'daemon-restart',
      );
    }
    return changeSettings(engine, Object.fromEntries(off.map((key) => [key, null])), {
      en: 'Let the engine write its rules again. Rules of your own belong in the chain DOCKER-USER.',
      zh: '恢复由引擎写入规则。自定义规则应放在 DOCKER-USER 链中。',
    });
  },
});

/** To dockerd a null in its file is false. Before 27.0 an engine filters IPv6 only where it is told to. */
function isOff(engine: EngineFacts, key: 'iptables' | 'ip6tables'): boolean {
  const setting = daemonSetting(engine, key);
  if (!setting.known) return false;
  const isFalse = setting.value === false || setting.value === null;
  if (key === 'iptables') return isFalse;
  return speaksIpv6(engine) && (isFalse || (setting.value === undefined && isExperimentalIpv6(engine)));
}

function speaksIpv6(engine: EngineFacts): boolean {
  const setting = daemonSetting(engine, 'ipv6');
  return setting.known && setting.value === true;
}

function isExperimentalIpv6({ version }: EngineFacts): boolean {
  return version.known && isOlder(version.value.version, 27, 0) === true;
}

const withoutIpv6 = {
  en: 'Upgrade the engine to 27.0 or later, which filters IPv6 by itself. Until then take "ipv6" out; setting "ip6tables" is no way, because such an engine does not start with it unless "experimental" is on too.',
  zh: '将引擎升级到 27.0 或更高版本，由其自行过滤 IPv6。升级前请移除 "ipv6"；不能只设置 "ip6tables"，因为这类引擎在未启用 "experimental" 时会因此无法启动。',
};

function judgeChains(engine: EngineFacts, ownRuleset: boolean): Verdict {
  const { info, filterChains } = engine;
  const setting = daemonSetting(engine, 'iptables');
  const written: Evidence[] = setting.known ? [evidenceOf(setting, setting.value ?? null)] : [];
  const rootless = rootlessEngine(engine);
  if (rootless.known && rootless.value) {
    return pass(
      {
        en: 'The rootless engine manages the rules of its own namespace.',
        zh: 'rootless 引擎管理其自身命名空间中的规则。',
      },
      [...written, evidenceOf(rootless)],
    );
  }
  const backend = info.known ? info.value.firewallBackend : undefined;
  if (info.known && backend?.startsWith('nftables')) {
    return pass({ en: 'The engine manages its rules with nftables.', zh: '引擎通过 nftables 管理规则。' }, [
      ...written,
      evidenceOf(info, backend, `${info.path} FirewallBackend.Driver`),
    ]);
  }
  if (!filterChains.known) return unknownFrom(filterChains);
  const evidence = [...written, evidenceOf(filterChains)];
  if (filterChains.value.includes('DOCKER')) {
    return pass({ en: 'The engine manages its packet filter rules.', zh: '引擎自行管理包过滤规则。' }, evidence);
  }
  if (ownRuleset) return pass({ en: 'You keep a ruleset of your own.', zh: '由您自行维护规则。' }, evidence);
  return engine.local
    ? fail(
        {
          en: 'The packet filter has no chain DOCKER: the rules of the engine are gone.',
          zh: '包过滤器中没有 DOCKER 链：引擎的规则已丢失。',
        },
        evidence,
        'iptables',
      )
    : unknown(
        {
          en: 'The engine runs elsewhere: its packet filter cannot be seen from here.',
          zh: '引擎在其他机器上运行：此处看不到其包过滤器。',
        },
        { en: "run as root on the engine's own machine", zh: '在引擎所在机器上以 root 身份运行' },
        evidence,
      );
}
