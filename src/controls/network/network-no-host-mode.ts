import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { judgeHostNamespace } from '../container/host-namespace.ts';
import { speaksForPod } from '../container/pod-container.ts';

export const networkNoHostMode = defineControl({
  id: 'network-no-host-mode',
  subject: 'container',
  severity: 'critical',
  title: { en: "The container does not use the host's network namespace", zh: '容器不使用主机的网络命名空间' },
  why: {
    en: "In the host's network namespace a container reaches every service that trusts the loopback address, sockets without a file among them, opens any port of the host unasked, and passes by every network policy. With NET_RAW it listens to the host's own traffic.",
    zh: '在主机的网络命名空间中，容器可以访问一切信任回环地址的服务（包括没有对应文件的抽象套接字），随意打开主机端口，并绕过所有网络策略。若还拥有 NET_RAW，则可监听主机自身的流量。',
  },
  how: {
    en: "Compares the namespace of a running container's first process with the host's; for any other container the configured mode decides. A container that joins another one is where that one is.",
    zh: '比较运行中容器首个进程与主机的命名空间；其余容器以配置的模式为准。加入其他容器网络的容器，与被加入者处于同一处。',
  },
  references: {
    cisDocker: ['5.10'],
    cisKubernetes: ['5.2.5'],
    nist800190: ['4.4.2'],
    podSecurity: 'baseline',
    aliases: [
      'k8s-host-namespaces-off',
      'KSV-0009',
      'C-0041',
      'C-0196',
      'C-0216',
      'CKV_K8S_19',
      'CKV_K8S_4',
      'kube-linter:host-network',
    ],
    links: [
      'https://docs.docker.com/engine/network/drivers/host/',
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    ],
  },
  counterexample: { namespaces: { network: 'host' } },
  appliesTo: speaksForPod,

  judge(container, { machine }) {
    return judgeHostNamespace(container, 'network', machine);
  },

  remedy() {
    return changeSpec(
      { namespaces: { network: null } },
      {
        en: 'Give it a network of its own, and publish the ports that others must reach; in a cluster, through a Service.',
        zh: '让容器使用自己的网络，并发布须供他人访问的端口；在集群中则通过 Service 发布。',
      },
    );
  },
});
