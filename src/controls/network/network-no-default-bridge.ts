import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';

export const networkNoDefaultBridge = defineControl({
  id: 'network-no-default-bridge',
  subject: 'container',
  severity: {
    usual: 'medium',
    note: {
      en: 'Low where the default bridge keeps its members apart.',
      zh: '若默认网桥已隔离其成员，则为低级。',
    },
    of(_container, { machine }) {
      const bridge = machine?.engine.bridge;
      const icc = bridge?.known ? bridge.value?.options['com.docker.network.bridge.enable_icc'] : undefined;
      return icc === 'false' ? 'low' : 'medium';
    },
  },
  title: { en: 'The container is not on the default bridge', zh: '容器不接入默认网桥' },
  why: {
    en: 'The default bridge takes in every container that names no network, so that strangers share it. It has no names of its own either, which is why people fall back on fixed addresses and links.',
    zh: '默认网桥会接纳所有未指定网络的容器，互不相干的容器因此共处一网。它也不提供名称解析，人们只好退而使用固定地址和容器链接。',
  },
  how: {
    en: 'Reads the networks that the container is attached to; before it is made, the network mode, of which none means the default bridge. A Compose service is on it only where its network_mode says so.',
    zh: '查看容器接入的网络；尚未创建的容器看网络模式，未指定即为默认网桥。Compose 服务仅在 network_mode 指定时才会接入。',
  },
  references: {
    cisDocker: ['5.30'],
    nist800190: ['4.3.3'],
    links: [
      'https://docs.docker.com/engine/network/drivers/bridge/#differences-between-user-defined-bridges-and-the-default-bridge',
    ],
  },
  counterexample: { namespaces: { network: 'bridge' }, networks: ['bridge'] },
  // A line of `docker run` mostly is a sketch: to name a network in each would be noise, and they run where audits see them.
  dialects: ['engine-api', 'compose'],

  judge(container, { machine }) {
    const field = attachedField(container, defaultName(machine));
    if (field !== undefined) {
      return fail(
        { en: 'It is on the default bridge.', zh: '容器接入了默认网桥。' },
        configured(
          container,
          field,
          field === 'networks' ? container.networks : (container.namespaces.network ?? null),
        ),
        field,
      );
    }
    return pass(
      { en: 'It is not on the default bridge.', zh: '容器未接入默认网桥。' },
      configured(container, 'networks', container.networks),
    );
  },

  remedy({ dialect, name }, { machine }) {
    if (dialect === 'compose') {
      return changeSpec(
        { namespaces: { network: null } },
        {
          en: "Without a network_mode it joins its project's own network, where services find each other by name.",
          zh: '去掉 network_mode 后，服务会加入项目自己的网络，服务之间可按名称互访。',
        },
      );
    }
    const container = /^[\w.-]+$/.test(name) ? name : 'CONTAINER';
    const program = machine?.engine.kind ?? 'docker';
    return byHand(
      {
        en: 'Make a network for the containers that belong together, and attach it there. A running container can be moved without a restart; what reached it by an address or a link must use its name then.',
        zh: '为同组容器建立专用网络并接入。运行中的容器无需重启即可切换；原先通过地址或链接访问它的，须改用名称。',
      },
      [
        `${program} network create NAME`,
        `${program} network connect NAME ${container}`,
        `${program} network disconnect ${defaultName(machine)} ${container}`,
      ],
    );
  },
});

function defaultName(machine: Machine | undefined): string {
  return machine?.engine.kind === 'podman' ? 'podman' : 'bridge';
}

/** The field that puts it on the network which takes in whoever names none; undefined where none does. */
function attachedField({ dialect, networks, namespaces }: ContainerSpec, name: string): string | undefined {
  const mode = namespaces.network ?? '';
  if (dialect === 'compose') return mode === 'bridge' ? 'namespaces.network' : undefined;
  if (dialect === 'engine-api' && networks.length > 0) return networks.includes(name) ? 'networks' : undefined;
  return ['', 'default', 'bridge'].includes(mode) ? 'namespaces.network' : undefined;
}
