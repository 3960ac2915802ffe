import type { ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import type { Listener } from '../../model/effective.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from './listing.ts';

export const containerNoUnneededServices = defineControl({
  id: 'container-no-unneeded-services',
  subject: 'container',
  severity: 'low',
  title: { en: 'The container listens only on ports that it declares', zh: '容器仅监听已声明的端口' },
  why: {
    en: 'A port that nobody declared belongs to a service that nobody looks after: a debugger, an admin page, a leftover of the image, open to every container on the network.',
    zh: '未声明的端口背后是无人维护的服务：调试器、管理页面或镜像遗留的程序，对网络中的所有容器敞开。',
  },
  how: {
    en: "Compares what listens in the running container's own network namespace, loopback aside, with the ports that it exposes or publishes, and those of the containers that share the namespace. UDP ports from 32768 up belong to clients and do not count.",
    zh: '将运行中容器自身 network 命名空间内的监听端口（回环地址除外）与其 EXPOSE 或发布的端口比对，共享该命名空间的容器所声明的端口也计入。32768 及以上的 UDP 端口属于客户端，不计入。',
  },
  references: { cisDocker: ['4.3'], nist800190: ['4.4.3'] },
  parameters: {
    allowed: {
      default: [] as readonly string[],
      description: {
        en: 'Ports that may listen without being declared, such as 9090/tcp.',
        zh: '无需声明即可监听的端口，例如 9090/tcp。',
      },
    },
  },

  judge(container, { parameters, machine }) {
    const { effective, state } = container;
    if (state !== 'running') return notApplicable({ en: 'It is not running.', zh: '容器未运行。' });
    if (!effective) {
      return unknown(
        { en: 'Its listening sockets were not read.', zh: '未读取到容器的监听套接字。' },
        { en: "run on the engine's own machine, as root", zh: '在引擎所在的主机上以 root 运行' },
      );
    }
    const { network } = effective.namespaces;
    if (network.known ? network.value.host : container.namespaces.network === 'host') {
      return notApplicable({ en: "It uses the host's network.", zh: '容器使用主机网络。' });
    }
    const { listeners } = effective;
    if (!listeners.known) return unknownFrom(listeners);
    const declared = sharers(container, machine).flatMap(declaredPorts);
    const allowed = [...declared, ...parameters.allowed.map(rangeOf)];
    const open = listeners.value.filter((listener) => !isPrivate(listener));
    const undeclared = open.filter((listener) => !allowed.some((range) => covers(range, listener)));
    if (undeclared.length === 0) {
      return pass(
        { en: 'It listens only where it says.', zh: '容器仅监听已声明的端口。' },
        evidenceOf(listeners, open.map(words)),
      );
    }
    const ports = [...new Set(undeclared.map((each) => `${each.port}/${protocolOf(each)}`))];
    const list = listed(ports);
    return fail(
      { en: `It listens on ports that it does not declare: ${list.en}.`, zh: `容器监听了未声明的端口：${list.zh}。` },
      evidenceOf(listeners, undeclared.map(words)),
      'exposedPorts',
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Stop the service, take it out of the image, or bind it to 127.0.0.1; if it is wanted, declare its port with EXPOSE.',
        zh: '停用该服务、将其移出镜像或绑定到 127.0.0.1；确有需要则用 EXPOSE 声明端口。',
      },
      [],
      'rebuild',
    );
  },
});

interface PortRange {
  readonly from: number;
  readonly to: number;
  readonly protocol: string;
}

/** `80`, `80/tcp`, `8000-8010/udp`; without a protocol it is TCP. */
function rangeOf(written: string): PortRange {
  const [, from = '', to, protocol = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(written.trim()) ?? [];
  return { from: Number(from), to: Number(to ?? from), protocol: protocol.toLowerCase() };
}

function declaredPorts({ exposedPorts, ports }: ContainerSpec): PortRange[] {
  const published = ports.map(({ containerPort, protocol }) => ({ from: containerPort, to: containerPort, protocol }));
  return [...exposedPorts.map(rangeOf), ...published];
}

/** The container and those in the same network namespace: sockets there may be any of theirs. */
function sharers(container: ContainerSpec, machine: Machine | undefined): ContainerSpec[] {
  const link = networkOf(container);
  const others = machine?.containers.filter((each) => link !== undefined && networkOf(each) === link) ?? [];
  return [container, ...others];
}

function networkOf({ effective }: ContainerSpec): string | undefined {
  const network = effective?.namespaces.network;
  return network?.known ? network.value.link : undefined;
}

function covers({ from, to, protocol }: PortRange, listener: Listener): boolean {
  return protocol === protocolOf(listener) && from <= listener.port && listener.port <= to;
}

const firstEphemeralPort = 32_768;

function isPrivate(listener: Listener): boolean {
  const loopback = /^(127\.|::1$|::ffff:127\.)/i.test(listener.address);
  return loopback || (protocolOf(listener) === 'udp' && listener.port >= firstEphemeralPort);
}

function protocolOf({ protocol }: Listener): string {
  return protocol.replace('6', '');
}

function words({ protocol, address, port }: Listener): string {
  return `${protocol} ${address.includes(':') ? `[${address}]` : address}:${port}`;
}
