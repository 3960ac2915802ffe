import { defineControl, type Machine } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { HostFacts, HostListener } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { isLoopback } from '../../model/internet-address.ts';

/** Programs that a host of containers usually runs, as the kernel names them: 15 characters at most. */
const usual = [
  'NetworkManager',
  'aardvark-dns',
  'chronyd',
  'conmon',
  'containerd',
  'dhclient',
  'dhcpcd',
  'docker-proxy',
  'dockerd',
  'init',
  'node_exporter',
  'ntpd',
  'ntpd-rs',
  'pasta',
  'pasta.avx2',
  'rootlesskit',
  'rootlessport',
  'slirp4netns',
  'sshd',
  'systemd',
  'systemd-network',
  'systemd-resolve',
  'systemd-timesyn',
];

export const hostMinimalServices = defineControl({
  id: 'host-minimal-services',
  subject: 'host',
  severity: 'medium',
  title: { en: 'Nothing but what containers need listens on the host', zh: '主机上只有容器所需的服务在监听' },
  why: {
    en: 'Every service that listens on the host is a way onto the machine that all containers share, and one more program to keep up to date.',
    zh: '主机上每个监听的服务都是进入这台由所有容器共用的机器的途径，也多一个需要及时更新的程序。',
  },
  how: {
    en: 'Takes the sockets that wait in the network of the host, other than those of containers and on loopback, and names the programs behind them that are not expected. UDP ports from 32768 on are mostly questions that wait for an answer, and sockets without a process are the own ones of the kernel: both are left out.',
    zh: '检查主机网络中等待连接的套接字（容器的和回环地址上的除外），列出预期之外的程序。32768 以上的 UDP 端口多为等待应答的查询，没有进程的套接字属于内核，均不计入。',
  },
  references: { cisDocker: ['1.2.1'], nist800190: ['4.5.1'] },
  parameters: {
    expected: {
      default: usual,
      description: {
        en: 'Programs that may listen, as the kernel names them (at most 15 characters).',
        zh: '允许监听的程序，以内核中的名称为准（最多 15 个字符）。',
      },
    },
  },
  counterexample: {
    listeners: {
      known: true,
      value: [{ protocol: 'tcp', address: '0.0.0.0', port: 111, process: { pid: 77, name: 'rpcbind' } }],
      source: 'kernel',
      path: '/proc/1/net',
    },
  },

  judge(host, { machine, parameters }) {
    const { listeners } = host;
    if (!listeners.known) return unknownFrom(listeners);
    const outward = listeners.value.filter(isOffered);
    const unexpected = outward.filter(({ process }) => process && !parameters.expected.includes(process.name));
    if (unexpected.length > 0) {
      const places = [...new Set(unexpected.map(nameOf))];
      const names = listed(places);
      return fail(
        { en: `Listening on the host: ${names.en}.`, zh: `主机上正在监听：${names.zh}。` },
        evidenceOf(listeners, places),
      );
    }
    const evidence = evidenceOf(listeners, [...new Set(outward.map(nameOf))]);
    const unseen = outward.filter(({ process }) => !process);
    if (unseen.length > 0 && !seesProcesses(host, machine)) {
      const names = listed([...new Set(unseen.map(nameOf))]);
      return unknown(
        { en: `It cannot be seen from here what listens at ${names.en}.`, zh: `此处无法看到监听 ${names.zh} 的程序。` },
        host.root
          ? {
              en: 'run outside of containers, or in the PID namespace of the host',
              zh: '在容器之外或主机的 PID 命名空间中运行',
            }
          : { en: 'run as root', zh: '以 root 身份运行' },
        evidence,
      );
    }
    return pass({ en: 'Only expected programs listen on the host.', zh: '主机上只有预期的程序在监听。' }, evidence);
  },

  remedy(host, { parameters }) {
    const programs = host.listeners.known
      ? host.listeners.value.flatMap((listener) =>
          isOffered(listener) && listener.process ? [listener.process.name] : [],
        )
      : [];
    const names = [...new Set(programs)].filter((name) => !parameters.expected.includes(name));
    return byHand(
      {
        en: 'Switch off what nobody needs, and let the rest listen on loopback or run in a container. What is meant to listen belongs in the parameter expected.',
        zh: '停用无人需要的服务，其余改为监听回环地址或放入容器运行。确需监听的程序请加入参数 expected。',
      },
      names.length > 0 ? ['ss -lntup', 'systemctl status PID', 'systemctl disable --now UNIT'] : ['ss -lntup'],
    );
  },
});

/** Whether a socket without a process has none: root in a container that does not find the engine's finds no others. */
function seesProcesses({ root, processes }: HostFacts, machine: Machine | undefined): boolean {
  const missesEngine = machine?.engine.local === true && !machine.engine.process.known;
  return root && processes.known && !missesEngine;
}

const firstEphemeralPort = 32_768;

function isOffered({ protocol, address, port, container }: HostListener): boolean {
  return container === undefined && !isLoopback(address) && (protocol.startsWith('tcp') || port < firstEphemeralPort);
}

/** `rpcbind 111/tcp` */
function nameOf({ process, port, protocol }: HostListener): string {
  return `${process ? `${process.name} ` : ''}${port}/${protocol.replace('6', '')}`;
}
