import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { isEveryAddress } from '../../model/internet-address.ts';
import { listed } from '../container/listing.ts';
import { onManager } from './swarm-node.ts';

export const daemonSwarmBindInterface = defineControl({
  id: 'daemon-swarm-bind-interface',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Swarm managers listen on one address only', zh: 'Swarm 管理节点只在一个地址上监听' },
  why: {
    en: 'Through this port nodes join and managers give their orders. Unless told otherwise it is open on every network of the host, those that only serve the public included.',
    zh: '节点经由此端口加入，管理节点也经由它下达指令。若未指定，它会向主机的所有网络开放，包括仅面向公众的网络。',
  },
  how: {
    en: 'Looks in the kernel at which address the management port is bound to: the port by which the other managers know this one, 2377 where nothing else was chosen.',
    zh: '从内核查看管理端口绑定的地址。端口取其他管理节点所知的本节点端口，未另行指定时为 2377。',
  },
  references: {
    cisDocker: ['7.2'],
    nist800190: ['4.3.3'],
    aliases: ['swarm-bind-interface'],
    links: ['https://docs.docker.com/reference/cli/docker/swarm/init/'],
  },
  engines: ['docker'],

  judge(engine, { machine }) {
    return onManager(engine, ({ managementPort: port = 2377 }) => {
      const listeners = machine?.host.listeners;
      if (!machine || !listeners || !engine.local) return unknown(elsewhere.message, elsewhere.need);
      if (!listeners.known) return unknownFrom(listeners);
      const bound = listeners.value.filter((each) => each.protocol.startsWith('tcp') && each.port === port);
      const evidence = evidenceOf(
        listeners,
        bound.map(({ address }) => address),
        `${listeners.path} port ${port}`,
      );
      if (bound.length === 0) {
        return unknown(
          { en: `Nothing is seen to listen on port ${port}.`, zh: `未见任何程序监听端口 ${port}。` },
          { en: 'run as root, and look for the port with ss -ltnp', zh: '以 root 运行，并用 ss -ltnp 查找该端口' },
          evidence,
        );
      }
      if (bound.some(({ address }) => isEveryAddress(address))) {
        return fail(
          { en: `Port ${port} is open on every network of the host.`, zh: `端口 ${port} 向主机的所有网络开放。` },
          evidence,
        );
      }
      const { en, zh } = listed(bound.map(({ address }) => address));
      return pass({ en: `Port ${port} is bound to ${en}.`, zh: `端口 ${port} 绑定在 ${zh}。` }, evidence);
    });
  },

  remedy() {
    return byHand(
      {
        en: 'The address can be chosen only when a node joins. Take the managers one after the other: demote, leave, and join again with --listen-addr. A single manager loses its services with its swarm; until then keep others away from the port with the packet filter.',
        zh: '监听地址只能在节点加入时指定。请逐个处理管理节点：降级、退出，再用 --listen-addr 重新加入。仅有一个管理节点时退出会丢失整个 swarm 及其服务；在此之前请用包过滤规则限制对该端口的访问。',
      },
      [
        'docker node demote NODE',
        'docker swarm leave',
        'docker swarm join --token TOKEN --listen-addr ADDRESS:2377 --advertise-addr ADDRESS MANAGER:2377',
      ],
    );
  },
});

const elsewhere = {
  message: {
    en: 'The engine is not known to run on this machine, so that its ports cannot be seen.',
    zh: '无法确认引擎运行在本机，因此看不到其端口。',
  },
  need: { en: "run Plimsoll on the engine's own machine", zh: '在引擎所在机器上运行 Plimsoll' },
};
