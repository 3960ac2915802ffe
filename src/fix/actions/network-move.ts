import type { ContainerSpec } from '../../model/container-spec.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { Action, Affected, Refusal } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { shellWord } from '../../remedy/shell.ts';
import { placeOf } from '../create-body.ts';
import { markLabel } from '../made-by-fix.ts';
import { answeredBy, type Failure, type PlanContext, type Planner, refusedAll } from '../planning.ts';
import { joinedBy } from './dependent-containers.ts';

const control = 'network-no-default-bridge';

/**
 * Moves containers from the default bridge, while they run, each to a network of its own: nobody can tell from outside
 * which of them belong together, and a network of strangers would be another default bridge. It is joined before the
 * bridge is left, so that published ports stay.
 */
export const planNetworkMove: Planner = async (failures, context) => {
  const groups = Map.groupBy(
    failures.filter((failure) => failure.control.id === control && failure.subject.kind === 'container'),
    ({ subject }) => subject.id,
  );
  const actions: Action[] = [];
  const refused: Refusal[] = [];
  const taken = new Set<string>();
  for (const group of groups.values()) {
    const container = group[0]?.subject.value as ContainerSpec;
    const inspected = await context.engine(`/containers/${container.id ?? container.name}/json`);
    const obstacle = obstacleOf(container, inspected, context);
    if (obstacle !== undefined || !isObject(inspected)) {
      refused.push(...refusedAll(group, obstacle?.reason ?? gone, obstacle));
      continue;
    }
    const network = await freeName(`${container.name}-net`, taken, context);
    taken.add(network);
    actions.push(moveOf({ container, inspected, network, failures: group, context }));
  }
  return { actions, refused };
};

interface Move {
  readonly container: ContainerSpec;
  readonly inspected: JsonObject;
  readonly network: string;
  readonly failures: readonly Failure[];
  readonly context: PlanContext;
}

function moveOf({ container: { name, labels }, inspected, network, failures, context }: Move): Action {
  const bridge = objectIn(objectIn(objectIn(inspected, 'NetworkSettings'), 'Networks'), 'bridge');
  const body = { Driver: 'bridge', Labels: { [markLabel]: network, ...ownerLabels(labels) } };
  return {
    id: `network-move/${name}`,
    kind: 'network-move',
    answers: answeredBy(failures),
    summary: {
      en: `Move ${name} from the default bridge to a network of its own, ${network}; it keeps running, and its published ports stay.`,
      zh: `将 ${name} 从默认网桥移至专用网络 ${network}；容器继续运行，已发布的端口不变。`,
    },
    diff: `- --network=bridge\n+ --network=${shellWord(network)}\n`,
    disruption: 'none',
    affects: affectedBy(inspected, bridge, context),
    // By name: a container that is re-created before it is moved bears another id by then.
    steps: [
      { kind: 'existence', what: 'network', name: network, body },
      { kind: 'membership', network, container: name, before: null, after: {} },
      { kind: 'membership', network: 'bridge', container: name, before: placeOf(inspected, bridge), after: null },
    ],
  };
}

/** The labels that say whose it is. */
function ownerLabels({ environment, owner }: ContainerSpec['labels']): JsonObject {
  return { ...(environment === undefined ? {} : { environment }), ...(owner === undefined ? {} : { owner }) };
}

function affectedBy(inspected: JsonObject, bridge: JsonObject, { machine }: PlanContext): Affected[] {
  const name = (textIn(inspected, 'Name') ?? '').replace(/^\//, '');
  const address = textIn(bridge, 'IPAddress') || undefined;
  const others = machine.containers.filter(
    (each) => each.name !== name && each.state === 'running' && each.networks.includes('bridge'),
  );
  return [
    {
      container: name,
      effect: 'may-break',
      why: {
        en: 'it no longer reaches the containers of the default bridge by their addresses, and gets another address itself',
        zh: '它将无法再按地址访问默认网桥上的容器，自身地址也会改变',
      },
    },
    ...others.map((each): Affected => ({
      container: each.name,
      effect: 'may-break',
      why: {
        en: `it is on the default bridge too: if it reaches ${name} by ${address ?? 'its address'}, it no longer will`,
        zh: `它也在默认网桥上：若它通过 ${address ?? '地址'} 访问 ${name}，将无法再访问`,
      },
    })),
    ...joinedBy(machine.containers, inspected).map((each): Affected => ({
      container: each,
      effect: 'may-break',
      why: {
        en: `it shares the network of ${name} and moves along`,
        zh: `它共用 ${name} 的网络，会随之切换`,
      },
    })),
  ];
}

/** The first name that no network has. */
async function freeName(wanted: string, taken: ReadonlySet<string>, context: PlanContext): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    const there = await context.engine(`/networks/${encodeURIComponent(name)}`);
    if (textIn(there, 'Name') !== name && !taken.has(name)) return name;
  }
}

interface Obstacle {
  readonly reason: Text;
  readonly advice?: Text;
  readonly commands?: readonly string[];
}

function obstacleOf(container: ContainerSpec, inspected: JsonValue, { machine }: PlanContext): Obstacle | undefined {
  if (!isObject(inspected)) return { reason: gone };
  if (machine.engine.kind === 'podman') return { reason: podman };
  if (container.owner.kind !== 'none') return ownedElsewhere[container.owner.kind];
  const host = objectIn(inspected, 'HostConfig');
  if ((textIn(host, 'NetworkMode') ?? '').startsWith('container:')) return { reason: shared };
  if (!isObject(objectIn(objectIn(inspected, 'NetworkSettings'), 'Networks')['bridge'])) return { reason: left };
  const links = listIn(host, 'Links').filter((each) => typeof each === 'string');
  const linking = machine.containers.filter(({ links: own = [] }) =>
    own.some((link) => link.split(':')[0] === container.name),
  );
  const linked = [
    ...links.map((link) => link.split(':')[0]?.replace(/^\//, '') ?? ''),
    ...linking.map(({ name }) => name),
  ];
  if (linked.length === 0) return undefined;
  const word = shellWord(container.name);
  return {
    reason: {
      en: `it is linked with ${linked.join(', ')} the old way (--link), which works on the default bridge only`,
      zh: `它通过旧式的容器链接（--link）与 ${linked.join('、')} 相连，链接仅在默认网桥上有效`,
    },
    advice: {
      en: 'Put all of them on one network, where they find each other by name, and re-create the one that names the link without it.',
      zh: '将它们接入同一网络，使其按名称互访，并去掉链接后重建声明链接的容器。',
    },
    commands: ['docker network create NAME', `docker network connect NAME ${word}`],
  };
}

const gone: Text = { en: 'the container is no longer there', zh: '该容器已不存在' };
const podman: Text = {
  en: 'the engine is Podman, whose networks this fix does not change',
  zh: '引擎为 Podman，本修复不更改其网络',
};
const shared: Text = { en: 'it uses the network of another container', zh: '它使用另一个容器的网络' };
const left: Text = { en: 'it is not on the default bridge any more', zh: '它已不在默认网桥上' };

const ownedElsewhere: Readonly<Record<Exclude<ContainerSpec['owner']['kind'], 'none'>, Obstacle>> = {
  compose: {
    reason: {
      en: 'Compose made it, and would put it back on the default bridge',
      zh: '该容器由 Compose 创建，Compose 会将其重新接入默认网桥',
    },
    advice: {
      en: 'Take network_mode: bridge out of the Compose file and bring the service up again.',
      zh: '从 Compose 文件中删除 network_mode: bridge，并重新启动该服务。',
    },
  },
  swarm: {
    reason: { en: 'it belongs to a Swarm service', zh: '它属于 Swarm 服务' },
    advice: { en: 'Change the networks of the service.', zh: '请更改服务的网络。' },
    commands: ['docker service update --network-add NETWORK SERVICE'],
  },
  kubernetes: {
    reason: { en: 'Kubernetes made it', zh: '该容器由 Kubernetes 创建' },
    advice: { en: "The pod's network is the cluster's affair.", zh: 'Pod 的网络由集群管理。' },
  },
};
