import type { ContainerSpec } from '../../model/container-spec.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { Action, Affected, Refusal } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { shellWord } from '../../remedy/shell.ts';
import { placeOf } from '../create-body.ts';
import { markLabel } from '../made-by-fix.ts';
import {
  answeredBy,
  type Failure,
  type PlanContext,
  type Planned,
  type Planner,
  refusedAll,
  refusedOnError,
} from '../planning.ts';
import { joinedBy } from './dependent-containers.ts';
import { madeBy, managerOf } from './other-manager.ts';
import { runsHere } from './runs-here.ts';

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
    const planned = await refusedOnError(group, () => planOne(group, taken, context));
    actions.push(...planned.actions);
    refused.push(...planned.refused);
  }
  return { actions, refused };
};

/** Adds the network's name to those that are taken. */
async function planOne(group: readonly Failure[], taken: Set<string>, context: PlanContext): Promise<Planned> {
  const container = group[0]?.subject.value as ContainerSpec;
  const inspected = await context.engine(`/containers/${container.id ?? container.name}/json`);
  const obstacle = obstacleOf(container, inspected, context);
  if (obstacle !== undefined || !isObject(inspected)) {
    return { actions: [], refused: refusedAll(group, obstacle?.reason ?? gone, obstacle) };
  }
  const bridge = await context.engine('/networks/bridge');
  const network = await freeName(`${container.name}-net`, taken, context);
  taken.add(network);
  return { actions: [moveOf({ container, inspected, bridge, network, failures: group, context })], refused: [] };
}

interface Move {
  readonly container: ContainerSpec;
  readonly inspected: JsonObject;
  /** What the engine says of the default bridge itself. */
  readonly bridge: JsonValue;
  readonly network: string;
  readonly failures: readonly Failure[];
  readonly context: PlanContext;
}

function moveOf({ container: { name, labels }, inspected, bridge, network, failures, context }: Move): Action {
  const place = objectIn(objectIn(objectIn(inspected, 'NetworkSettings'), 'Networks'), 'bridge');
  const options = keptOptions(bridge);
  const body = {
    Driver: 'bridge',
    Labels: { [markLabel]: network, ...ownerLabels(labels) },
    ...(Object.keys(options).length > 0 ? { Options: options } : {}),
  };
  return {
    id: `network-move/${name}`,
    kind: 'network-move',
    answers: answeredBy(failures),
    summary: summaryOf(name, network, objectIn(inspected, 'State')['Running'] === true),
    diff: [
      '- --network=bridge',
      `+ --network=${shellWord(network)}`,
      ...Object.entries(options).map(([option, value]) => `+ network option ${option}=${value}`),
      '',
    ].join('\n'),
    disruption: 'none',
    affects: affectedBy(inspected, place, bridge, context),
    // By name: a container that is re-created before it is moved bears another id by then.
    steps: [
      { kind: 'existence', what: 'network', name: network, body },
      { kind: 'membership', network, container: name, before: null, after: {} },
      { kind: 'membership', network: 'bridge', container: name, before: placeOf(inspected, place), after: null },
    ],
  };
}

function summaryOf(name: string, network: string, runs: boolean): Text {
  return {
    en: `Move ${name} from the default bridge to a network of its own, ${network}; it ${runs ? 'keeps running' : 'stays stopped'}, and its published ports stay.`,
    zh: `将 ${name} 从默认网桥移至专用网络 ${network}；容器${runs ? '继续运行' : '保持停止'}，已发布的端口不变。`,
  };
}

/**
 * What the daemon sets for the default bridge alone, so that a new network lacks it: packets too large for a tunnel below
 * would be lost, and ports of an engine that publishes on one address only would be open on all.
 */
function keptOptions(bridge: JsonValue): Readonly<Record<string, string>> {
  const options = objectIn(bridge, 'Options');
  return Object.fromEntries(
    Object.entries(usualOptions).flatMap(([name, usual]) => {
      const value = textIn(options, name);
      return value === undefined || value === '' || value === usual ? [] : [[name, value]];
    }),
  );
}

const usualOptions: Readonly<Record<string, string>> = {
  'com.docker.network.driver.mtu': '1500',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
};

/** The labels that say whose it is. */
function ownerLabels({ environment, owner }: ContainerSpec['labels']): JsonObject {
  return { ...(environment === undefined ? {} : { environment }), ...(owner === undefined ? {} : { owner }) };
}

function affectedBy(inspected: JsonObject, place: JsonObject, bridge: JsonValue, { machine }: PlanContext): Affected[] {
  const name = (textIn(inspected, 'Name') ?? '').replace(/^\//, '');
  const address = textIn(place, 'IPAddress') || undefined;
  // One that is stopped has no address that anybody could reach it by.
  const others = machine.containers.filter(
    (each) =>
      address !== undefined && each.name !== name && each.state === 'running' && each.networks.includes('bridge'),
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
    ...lacking(bridge).map((why): Affected => ({ container: name, effect: 'may-break', why })),
    ...others.map((each): Affected => ({
      container: each.name,
      effect: 'may-break',
      why: {
        en: `it is on the default bridge too: if it reaches ${name} by ${address}, it no longer will`,
        zh: `它也在默认网桥上：若它通过 ${address} 访问 ${name}，将无法再访问`,
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

/** What the default bridge of this engine has, and a network of its own will not. */
function lacking(bridge: JsonValue): Text[] {
  const device = textIn(objectIn(bridge, 'Options'), 'com.docker.network.bridge.name') ?? 'docker0';
  return [
    ...(isObject(bridge) && bridge['EnableIPv6'] === true
      ? [
          {
            en: 'the default bridge has IPv6, and the new network has not: it loses its IPv6 address',
            zh: '默认网桥启用了 IPv6，而新网络没有：它将失去 IPv6 地址',
          },
        ]
      : []),
    ...(device === 'docker0'
      ? []
      : [
          {
            en: `the engine's default bridge is ${device}, which somebody set up: routes and packet-filter rules made for it do not hold for the new network`,
            zh: `引擎的默认网桥是由他人设置的 ${device}：为它配置的路由和包过滤规则对新网络不生效`,
          },
        ]),
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

function obstacleOf(container: ContainerSpec, inspected: JsonValue, context: PlanContext): Obstacle | undefined {
  const { machine } = context;
  if (!isObject(inspected)) return { reason: gone };
  if (machine.engine.kind === 'podman') return { reason: podman };
  if (context.ownContainers?.has(textIn(inspected, 'Id') ?? '')) return runsHere;
  const manager = managerOf(container);
  if (manager !== undefined) return madeBy(manager);
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
