import { defineControl } from '../../model/control.ts';
import type { Evidence } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { filteringByHost, groupsOf } from './member-traffic.ts';
import { forwardsBetweenMembers, isDefaultNetwork } from '../../model/reachability.ts';

export const networkIntercontainerPolicy = defineControl({
  id: 'network-intercontainer-policy',
  subject: 'network',
  severity: {
    usual: 'high',
    note: {
      en: 'Medium on a network that somebody made: its members were at least put there by name.',
      zh: '若为用户自建的网络，则为中级：其成员至少是被明确接入的。',
    },
    of(network, { machine }) {
      return isDefaultNetwork(network, machine?.engine.kind ?? 'docker') ? 'high' : 'medium';
    },
  },
  title: {
    en: 'Only containers that belong together can talk to each other',
    zh: '只有同属一组的容器之间才能互相通信',
  },
  why: {
    en: 'On a network that forwards between its members each of them reaches every port of the others, published or not. One that is compromised then attacks services that nobody meant to open to it.',
    zh: '在允许成员互通的网络上，每个容器都能访问其他容器的所有端口，无论是否发布。一旦其中之一被攻陷，就能攻击本不应向它开放的服务。',
  },
  how: {
    en: 'A network with two members or more passes where it does not forward between them (enable_icc is false), where rules in DOCKER-USER (with nftables, in a chain of your own at the forward hook) drop what its bridge forwards over IPv4 and IPv6, or where all of its members belong to one Compose project or stack. On the default bridge, which takes in whoever names no network, nobody belongs together.',
    zh: '有两个及以上成员的网络，若不在成员间转发（enable_icc 为 false）、或 DOCKER-USER（使用 nftables 时为自建的 forward 链）中的规则丢弃其网桥转发的 IPv4 与 IPv6 流量、或所有成员同属一个 Compose 项目或 stack，则通过。默认网桥会接纳所有未指定网络的容器，其成员不视为同组。',
  },
  references: {
    cisDocker: ['2.2', '5.30'],
    nist800190: ['4.3.3'],
    links: ['https://docs.docker.com/engine/network/drivers/bridge/'],
  },
  parameters: {
    allowed: {
      default: [] as string[],
      description: {
        en: 'Names of networks on which containers of several projects may talk to each other, that of a proxy for instance.',
        zh: '允许多个项目的容器互相通信的网络名称，例如反向代理所用的网络。',
      },
    },
  },
  counterexample: {
    name: 'bridge',
    options: { 'com.docker.network.bridge.default_bridge': 'true', 'com.docker.network.bridge.enable_icc': 'true' },
    members: [
      { id: 'f0'.repeat(32), name: 'web' },
      { id: 'f1'.repeat(32), name: 'db' },
    ],
  },
  appliesTo: ({ driver, ingress }) => !['host', 'null', 'none'].includes(driver) && !ingress,

  judge(network, { machine, parameters }) {
    const { name, members } = network;
    const icc = network.options['com.docker.network.bridge.enable_icc'] ?? null;
    const evidence: Evidence[] = [
      { source: 'engine-api', path: `GET /networks ${name} Options enable_icc`, value: icc },
      { source: 'engine-api', path: `GET /networks ${name} Containers`, value: members.map((each) => each.name) },
    ];
    if (!forwardsBetweenMembers(network)) {
      return pass({ en: 'It keeps its members apart.', zh: '该网络已隔离其成员。' }, evidence);
    }
    if (members.length < 2) {
      return pass(
        { en: 'It has no two members that could talk to each other.', zh: '成员不足两个，无从互通。' },
        evidence,
      );
    }
    if (parameters.allowed.includes(name)) {
      return pass({ en: 'Its members may talk to each other.', zh: '允许其成员互相通信。' }, evidence);
    }
    const filtering = machine && filteringByHost(network, machine);
    if (filtering) {
      return pass(
        {
          en: 'Rules of the host decide what its members may say to each other.',
          zh: '成员间通信由主机的包过滤规则控制。',
        },
        [...evidence, ...filtering],
      );
    }
    const names = listed(members.map((each) => each.name));
    if (isDefaultNetwork(network, machine?.engine.kind ?? 'docker')) {
      return fail(
        {
          en: `On the default network these reach every port of each other: ${names.en}.`,
          zh: `以下容器在默认网络上可互相访问所有端口：${names.zh}。`,
        },
        evidence,
      );
    }
    const groups = groupsOf(network, machine?.containers ?? []);
    if (groups.size < 2) {
      return pass({ en: 'Its members belong together.', zh: '其成员同属一组。' }, evidence);
    }
    const parts = listed([...groups].map(([group, each]) => groupText(group, each.length)));
    return fail(
      {
        en: `Containers of several projects reach every port of each other: ${parts.en}.`,
        zh: `多个项目的容器可互相访问所有端口：${parts.zh}。`,
      },
      evidence,
    );
  },

  remedy({ name }) {
    return byHand(
      {
        en: 'Give each group of containers a network of its own, and let only those that serve several groups join several networks. Where members need not talk at all, make the network without forwarding.',
        zh: '为每组容器建立各自的网络，只让服务于多组的容器加入多个网络。成员完全无需互通时，新建不转发的网络。',
      },
      [
        'docker network create -o com.docker.network.bridge.enable_icc=false NAME',
        'docker network connect NAME CONTAINER',
        `docker network disconnect ${shellName({ name })} CONTAINER`,
      ],
    );
  },
});

function groupText(group: string, count: number) {
  return group === ''
    ? { en: `${count} of none`, zh: `无项目 ${count} 个` }
    : { en: `${count} of ${group}`, zh: `${group} ${count} 个` };
}

/** Names of networks have no characters that a shell would take for something else; anything odd is not written. */
function shellName({ name }: Pick<NetworkFacts, 'name'>): string {
  return /^[\w.-]+$/.test(name) ? name : 'NETWORK';
}
