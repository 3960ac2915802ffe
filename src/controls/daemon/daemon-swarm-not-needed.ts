import { defineControl, type Machine } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';

export const daemonSwarmNotNeeded = defineControl({
  id: 'daemon-swarm-not-needed',
  subject: 'engine',
  severity: 'low',
  title: { en: 'Swarm mode is on only where something uses it', zh: '仅在确有使用时才启用 swarm 模式' },
  why: {
    en: 'Swarm mode opens ports for management, gossip and overlay traffic, and whoever gets hold of a join token adds a node of his own. Without services nothing is gained for it.',
    zh: 'Swarm 模式会开放管理、gossip 和 overlay 通信端口，得到加入令牌的人还能添加自己的节点。若没有服务，这些风险毫无回报。',
  },
  how: {
    en: 'Asks the engine whether it is in a swarm, and a manager for its services. On a worker a container of a service is proof enough, and so are containers on an overlay network anywhere.',
    zh: '查询引擎是否加入 swarm，并向管理节点查询服务。在工作节点上，存在属于服务的容器即可证明；任何节点上有容器连接 overlay 网络亦然。',
  },
  references: {
    cisDocker: ['5.1'],
    nist800190: ['4.3.5'],
    aliases: ['engine-swarm-not-needed'],
    links: ['https://docs.docker.com/engine/swarm/'],
  },
  parameters: {
    needed: {
      default: false,
      description: { en: 'The swarm is wanted, with services or without.', zh: '无论有无服务，都需要 swarm。' },
    },
  },
  engines: ['docker'],

  judge({ swarm, networks }, { parameters, machine }): Verdict {
    if (!swarm.known) return unknownFrom(swarm);
    if (swarm.value === null) {
      return pass(
        { en: 'Swarm mode is off.', zh: 'Swarm 模式未启用。' },
        evidenceOf(swarm, 'inactive', `${swarm.path}.LocalNodeState`),
      );
    }
    const active = evidenceOf(swarm, 'active', `${swarm.path}.LocalNodeState`);
    if (parameters.needed) return pass({ en: 'The swarm is wanted here.', zh: '此处需要 swarm。' }, active);
    const { services } = swarm.value;
    const names = services.known ? services.value.map(({ name }) => name) : servicesSeen(machine);
    if (names.length > 0) {
      const list = listed(names);
      return pass({ en: `Services run in the swarm: ${list.en}.`, zh: `swarm 中运行着服务：${list.zh}。` }, [
        active,
        ...(services.known ? [evidenceOf(services, names)] : []),
      ]);
    }
    const used = networks.known ? overlaysInUse(networks.value) : [];
    if (networks.known && used.length > 0) {
      const list = listed(used);
      return pass(
        { en: `Containers use its overlay networks: ${list.en}.`, zh: `有容器使用其 overlay 网络：${list.zh}。` },
        [active, evidenceOf(networks, used)],
      );
    }
    if (!services.known) return unknownFrom(services);
    return fail({ en: 'The engine is in a swarm without any service.', zh: '引擎加入了 swarm，但没有任何服务。' }, [
      active,
      evidenceOf(services, []),
    ]);
  },

  remedy() {
    return byHand(
      {
        en: 'Leave the swarm. Where it is wanted, say so with the parameter needed.',
        zh: '退出 swarm。若确有需要，请将参数 needed 设为 true。',
      },
      ['docker swarm leave --force'],
    );
  },
});

/** Containers without a service can be attached to them too, and would lose them with the swarm. */
function overlaysInUse(networks: readonly NetworkFacts[]): string[] {
  return networks
    .filter(({ driver, scope, members }) => driver === 'overlay' && scope === 'swarm' && members.length > 0)
    .map(({ name }) => name);
}

function servicesSeen(machine: Machine | undefined): string[] {
  const owners = (machine?.containers ?? []).map(({ owner }) => owner);
  return [...new Set(owners.flatMap(({ kind, service = '' }) => (kind === 'swarm' ? [service] : [])))];
}
