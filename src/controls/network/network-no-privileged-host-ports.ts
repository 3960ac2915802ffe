import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import type { JsonValue } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { type OpenedPort, openedPorts, portText } from './opened-ports.ts';

export const networkNoPrivilegedHostPorts = defineControl({
  id: 'network-no-privileged-host-ports',
  subject: 'container',
  severity: {
    usual: 'medium',
    note: {
      en: 'Low where the only such ports are those of services for everyone, 80 and 443 unless set otherwise.',
      zh: '若仅涉及面向所有人的服务端口（默认 80 和 443），则为低级。',
    },
    of(container, { parameters }) {
      const { allowed, publicPorts } = parameters;
      const found = privilegedPorts(container, numbersIn(allowed));
      return found.every(({ port }) => numbersIn(publicPorts).includes(port.hostPort ?? 0)) ? 'low' : 'medium';
    },
  },
  title: { en: 'No port of the host below 1024 is published', zh: '不发布主机 1024 以下的端口' },
  why: {
    en: "Clients trust ports below 1024 to be the host's own services, such as mail, names or file shares. A container there stands in their place, and takes part in protocols that were not meant to be open.",
    zh: '客户端会把 1024 以下的端口视为主机自身的服务，例如邮件、域名解析或文件共享。占用这些端口的容器会取而代之，并卷入本不应开放的协议。',
  },
  how: {
    en: 'The host ports that are published, on whichever address, must be 1024 or above, or allowed. A port that the engine chooses always is. For a pod, hostPort counts.',
    zh: '所发布的主机端口（不论绑定哪个地址）须不小于 1024，或在允许列表中。由引擎选择的端口必然满足。Pod 则看 hostPort。',
  },
  references: {
    cisDocker: ['5.8'],
    nist800190: ['4.4.2'],
    links: ['https://docs.docker.com/engine/network/port-publishing/'],
  },
  parameters: {
    allowed: {
      default: [] as number[],
      description: { en: 'Ports below 1024 that may be published.', zh: '允许发布的 1024 以下端口。' },
    },
    publicPorts: {
      default: [80, 443],
      description: {
        en: 'Ports of services that are meant for everyone: to publish no others is of low severity.',
        zh: '面向所有人的服务端口：仅发布这些端口时严重性为低。',
      },
    },
  },
  counterexample: {
    ports: [{ hostAddress: '192.0.2.10', hostPort: 25, containerPort: 8025, protocol: 'tcp' }],
  },

  judge(container, { parameters }) {
    const found = privilegedPorts(container, parameters.allowed);
    const [first] = found;
    if (first === undefined) {
      return pass(
        { en: 'It publishes no port of the host below 1024.', zh: '容器未发布主机 1024 以下的端口。' },
        configured(
          container,
          'ports',
          openedPorts(container).map(({ port }) => portText(port)),
        ),
      );
    }
    const names = listed(found.map(({ port }) => portText(port)));
    return fail(
      { en: `It takes ${names.en} of the host.`, zh: `容器占用主机的 ${names.zh}。` },
      found.map(({ field, port }) => configured(container, field, portText(port))),
      first.field,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Publish a port from 1024 up, and tell its clients, or put a load balancer or a proxy of the host in front of it. A port that the service must have can be allowed for your site.',
        zh: '改为发布 1024 及以上的端口并告知其客户端，或在前面放置负载均衡器或主机上的代理。服务必须使用的端口可在站点策略中放行。',
      },
      [],
      'recreate',
    );
  },
});

function privilegedPorts(container: ContainerSpec, allowed: readonly number[]): OpenedPort[] {
  return openedPorts(container).filter(
    ({ port: { hostPort = 0 } }) => hostPort > 0 && hostPort < 1024 && !allowed.includes(hostPort),
  );
}

function numbersIn(value: JsonValue | undefined): readonly number[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter((each) => typeof each === 'number') : [];
}
