import { isIP } from 'node:net';
import { isInRange } from '../../model/internet-address.ts';
import { type Finding, isBefore, type Situation, someOf, start, textOf, use } from './situation.ts';

/** Options of networking that exclude or need each other. */
export function networking(situation: Situation): Finding[] {
  return [
    ...isolationWithoutFilter(situation),
    ...ip6tables(situation),
    ...bridge(situation),
    ...gateways(situation),
    ...ipv6WithoutRange(situation),
    ...noFilter(situation),
    ...noProxy(situation),
    ...nftablesInSwarm(situation),
  ];
}

function isolationWithoutFilter(situation: Situation): Finding[] {
  if (situation.setting('icc') !== false || situation.setting('iptables') !== false) return [];
  return [
    start(
      ['icc', 'iptables'],
      {
        en: 'icc false needs the packet filter, and iptables is false: dockerd does not start',
        zh: 'icc 为 false 时需要包过滤，而 iptables 为 false：dockerd 无法启动',
      },
      {
        en: 'Let dockerd manage its rules (take "iptables": false out) before icc is switched off.',
        zh: '请先让 dockerd 管理规则（移除 "iptables": false），再关闭 icc。',
      },
    ),
  ];
}

/** Since 27.0 it is on by default. */
function ip6tables(situation: Situation): Finding[] {
  if (situation.setting('ip6tables') !== true || situation.setting('experimental') === true) return [];
  if (isBefore(situation, [27, 0]) !== true) return [];
  return [
    start(
      ['ip6tables', 'experimental'],
      {
        en: 'before Docker Engine 27.0, ip6tables is experimental, and dockerd does not start with it',
        zh: 'Docker Engine 27.0 之前 ip6tables 属于实验功能，dockerd 会因此无法启动',
      },
      {
        en: 'Set "experimental": true too, or update the engine.',
        zh: '请同时设置 "experimental": true，或升级引擎。',
      },
    ),
  ];
}

function bridge(situation: Situation): Finding[] {
  const name = textOf(situation, 'bridge');
  const findings: Finding[] = [];
  if (name !== undefined && textOf(situation, 'bip') !== undefined) {
    findings.push(
      start(
        ['bridge', 'bip'],
        {
          en: 'bridge and bip exclude each other, and dockerd does not start with both',
          zh: 'bridge 与 bip 互斥，两者并存时 dockerd 无法启动',
        },
        {
          en: 'Keep bip for the bridge that dockerd makes, or bridge for one that is there.',
          zh: '使用 dockerd 自建的网桥时保留 bip，使用已有网桥时保留 bridge。',
        },
      ),
    );
  }
  const { process } = situation.engine;
  const interfaces = process.known ? process.value.interfaces : undefined;
  if (name !== undefined && name !== 'none' && interfaces && !interfaces.includes(name)) {
    findings.push(
      start(
        ['bridge'],
        {
          en: `bridge: this host has no interface ${name}, and dockerd makes none of that name: it does not start`,
          zh: `bridge：本机没有网络接口 ${name}，dockerd 也不会自行创建，因此无法启动`,
        },
        { en: 'Make the bridge first, at every boot.', zh: '请先创建该网桥，并确保每次开机都会创建。' },
        [`ip link add ${name} type bridge`],
      ),
    );
  }
  const attached = situation.containers.filter(({ networks }) =>
    networks.some((each) => each === 'bridge' || each === 'default'),
  );
  const changed = ['bridge', 'bip', 'fixed-cidr'].filter((key) => situation.changed.includes(key));
  if (changed.length > 0 && attached.length > 0) {
    const keys = someOf(changed);
    const names = someOf(attached.map((each) => each.name));
    findings.push(
      use(
        changed,
        {
          en: `${keys.en} gives the default bridge other addresses, and ${names.en} would be on it: rules and names that hold the old addresses no longer fit`,
          zh: `${keys.zh} 会改变默认网桥的地址，而 ${names.zh} 接在其上：写有旧地址的规则和名称将失效`,
        },
        { en: 'Move these containers to a network of their own first.', zh: '请先把这些容器移到自建网络。' },
      ),
    );
  }
  return findings;
}

function gateways(situation: Situation): Finding[] {
  return (
    [
      ['default-gateway', 'bip', 4],
      ['default-gateway-v6', 'fixed-cidr-v6', 6],
    ] as const
  ).flatMap(([key, rangeKey, family]) => {
    const gateway = textOf(situation, key);
    const range = textOf(situation, rangeKey);
    if (gateway === undefined || range === undefined || isIP(gateway) !== family) return [];
    if (isIP(range.split('/')[0] ?? '') !== family || isInRange(gateway, range)) return [];
    return [
      start(
        [key, rangeKey],
        {
          en: `${key} lies outside of ${rangeKey}, and dockerd does not start`,
          zh: `${key} 不在 ${rangeKey} 的范围内，dockerd 无法启动`,
        },
        { en: 'Choose an address within the range.', zh: '请选用该范围内的地址。' },
      ),
    ];
  });
}

/** Since 27.0 dockerd chooses a range by itself. */
function ipv6WithoutRange(situation: Situation): Finding[] {
  if (situation.setting('ipv6') !== true || isBefore(situation, [27, 0]) !== true) return [];
  if (textOf(situation, 'fixed-cidr-v6') !== undefined || textOf(situation, 'bridge') === 'none') return [];
  return [
    start(
      ['ipv6', 'fixed-cidr-v6'],
      {
        en: 'before Docker Engine 27.0, ipv6 needs fixed-cidr-v6, and dockerd does not start without it',
        zh: 'Docker Engine 27.0 之前启用 ipv6 必须设置 fixed-cidr-v6，否则 dockerd 无法启动',
      },
      { en: 'Set fixed-cidr-v6 to a range of this site.', zh: '请将 fixed-cidr-v6 设为本站点的网段。' },
    ),
  ];
}

function publishing({ containers }: Situation): string[] {
  return containers
    .filter(({ ports, publishAllPorts }) => ports.length > 0 || publishAllPorts === true)
    .map(({ name }) => name);
}

/** Without rules of its own, published ports and the way out of containers are gone. */
function noFilter(situation: Situation): Finding[] {
  const off = ['iptables', 'ip-masq', 'ip-forward'].filter(
    (key) => situation.after[key] === false && situation.changed.includes(key),
  );
  if (off.length === 0 || situation.containers.length === 0) return [];
  const keys = someOf(off);
  return [
    use(
      off,
      {
        en: `with ${keys.en} false, containers lose their way out, their published ports, or the walls between networks`,
        zh: `${keys.zh} 为 false 时，容器会失去对外连接、已发布的端口或网络之间的隔离`,
      },
      {
        en: `Leave ${keys.en} on, and write rules of your own into DOCKER-USER.`,
        zh: `请保留 ${keys.zh}，自己的规则写入 DOCKER-USER。`,
      },
    ),
  ];
}

/**
 * Without a proxy, the kernel itself brings a container to a port that another one publishes, or to its own: over the
 * bridge, for which it must hand bridged packets to the packet filter.
 */
function noProxy(situation: Situation): Finding[] {
  const keys = ['userland-proxy'];
  if (situation.setting('userland-proxy') !== false || !situation.isChanged('userland-proxy')) return [];
  const ports = publishing(situation);
  if (ports.length === 0) return [];
  const names = someOf(ports);
  if (situation.setting('iptables') === false) {
    return [
      use(
        [...keys, 'iptables'],
        {
          en: `without proxy and packet filter nothing forwards the published ports of ${names.en}`,
          zh: `既无代理又无包过滤时，${names.zh} 发布的端口无人转发`,
        },
        { en: 'Let dockerd manage its rules first, or keep the proxy.', zh: '请先让 dockerd 管理规则，或保留代理。' },
      ),
    ];
  }
  const loopback6 = situation.containers.filter(({ ports: each }) =>
    each.some(({ hostAddress }) => hostAddress === '::1'),
  );
  if (loopback6.length > 0) {
    const shown = someOf(loopback6.map(({ name }) => name));
    return [
      use(
        keys,
        {
          en: `${shown.en} publishes a port on ::1, which only the proxy serves: the kernel does not route it`,
          zh: `${shown.zh} 在 ::1 上发布端口，只有代理能提供，内核不会转发`,
        },
        { en: 'Publish it on 127.0.0.1, or keep the proxy.', zh: '请改为发布到 127.0.0.1，或保留代理。' },
      ),
    ];
  }
  const { parameters, modules } = situation.machine.host.kernel;
  const isFiltered = parameters.known ? parameters.value['net.bridge.bridge-nf-call-iptables'] : undefined;
  const isLoaded = modules.known ? modules.value.includes('br_netfilter') : undefined;
  // dockerd loads the module by itself, unless modules can no longer be loaded.
  const isLocked = parameters.known && parameters.value['kernel.modules_disabled'] === '1';
  if (isFiltered !== '0' && !(isLoaded === false && isFiltered === undefined && isLocked)) return [];
  return [
    use(
      keys,
      {
        en: `the kernel does not hand bridged packets to the packet filter (net.bridge.bridge-nf-call-iptables), and without proxy containers no longer reach the ports that ${names.en} publishes by the address of this host`,
        zh: `内核未将网桥流量交给包过滤（net.bridge.bridge-nf-call-iptables），关闭代理后，容器将无法通过本机地址访问 ${names.zh} 发布的端口`,
      },
      {
        en: 'Load br_netfilter and set net.bridge.bridge-nf-call-iptables to 1 first, or keep the proxy.',
        zh: '请先加载 br_netfilter 并将 net.bridge.bridge-nf-call-iptables 设为 1，或保留代理。',
      },
      ['modprobe br_netfilter', 'sysctl net.bridge.bridge-nf-call-iptables=1'],
    ),
  ];
}

function nftablesInSwarm(situation: Situation): Finding[] {
  if (situation.setting('firewall-backend') !== 'nftables' || situation.setting('iptables') === false) return [];
  if (situation.info?.swarm === undefined || situation.info.swarm === 'inactive') return [];
  return [
    start(
      ['firewall-backend'],
      {
        en: 'an engine in a swarm does not start with firewall-backend nftables',
        zh: 'Swarm 中的引擎不能使用 nftables 作为 firewall-backend，否则无法启动',
      },
      { en: 'Keep iptables, or leave the swarm first.', zh: '请保留 iptables，或先离开 Swarm。' },
    ),
  ];
}
