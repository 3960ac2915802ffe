import { answeredByPerson } from '../answered.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { HostListener } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { isLoopback } from '../../model/internet-address.ts';

const question = {
  en: 'has the host been scanned from outside, and is nothing open but what is declared?',
  zh: '是否已从外部扫描该主机，并确认除已声明的端口外没有其他端口开放？',
};

export const networkExposureScan = defineControl({
  id: 'network-exposure-scan',
  subject: 'host',
  severity: 'medium',
  title: { en: 'From outside only those ports are open that are declared', zh: '从外部只能访问已声明的端口' },
  why: {
    en: 'Rules of the engine, of the host and of the network around it overlap, and none of them shows what is open in the end. Only a look from outside does.',
    zh: '引擎、主机和外部网络的规则相互叠加，单看哪一层都无法得知最终开放了什么，只有从外部扫描才能确认。',
  },
  how: {
    en: 'A proxy of the engine that waits at a port which no running container publishes is proof against it. Beyond that a person answers, because a program on the host does not see it from outside.',
    zh: '若引擎的代理进程监听着没有任何运行中容器发布的端口，即可判为未通过。除此之外由人回答，因为主机上的程序无法从外部观察。',
  },
  references: { cisDocker: ['5.9'], nist800190: ['4.4.2'] },
  question,

  judge({ listeners }, context) {
    const { machine } = context;
    const stray = listeners.known && machine ? listeners.value.filter((each) => isStray(each, machine)) : [];
    if (listeners.known && stray.length > 0) {
      // The engine starts one proxy for IPv4 and one for IPv6.
      const ports = [...new Set(stray.map(({ port, protocol }) => `${port}/${protocol.replace('6', '')}`))];
      const names = listed(ports);
      return fail(
        {
          en: `The engine keeps ports open that no running container publishes: ${names.en}.`,
          zh: `引擎仍开放着没有运行中容器发布的端口：${names.zh}。`,
        },
        evidenceOf(listeners, ports),
      );
    }
    return answeredByPerson(context, question);
  },

  remedy() {
    return byHand(
      {
        en: 'Scan the host from another one, compare with what is published, and close or declare the rest. A proxy that was left behind goes when the engine restarts. Note the result under answers in plimsoll.yaml.',
        zh: '从另一台机器扫描该主机，与已发布的端口对照，关闭或声明其余端口；残留的代理进程在引擎重启后消失。请将结果记入 plimsoll.yaml 的 answers。',
      },
      ['nmap -p- HOST', "docker ps --format '{{.Names}} {{.Ports}}'"],
    );
  },
});

/** The kernel keeps 15 characters of a name. */
const proxies = new Set(['docker-proxy', 'rootlesskit-doc']);

/** A proxy's port that no container has; where the engine chose a port by itself, nothing is known of any. */
function isStray({ process, container, port, address }: HostListener, { containers, engine }: Machine): boolean {
  // One in a container is that of an engine within.
  if (!proxies.has(process?.name ?? '') || container !== undefined || isLoopback(address)) return false;
  const inSwarm = engine.swarm.known ? engine.swarm.value !== null : true;
  const running = containers.filter(({ state }) => state === 'running');
  const isOpenEnded = running.some(
    ({ publishAllPorts, ports }) => publishAllPorts === true || ports.some(({ hostPort }) => hostPort === undefined),
  );
  const isPublished = running.some(({ ports }) => ports.some(({ hostPort }) => hostPort === port));
  return !inSwarm && !isOpenEnded && !isPublished;
}
