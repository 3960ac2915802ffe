import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { judgeHostNamespace } from './host-namespace.ts';
import { speaksForPod } from './pod-container.ts';

export const containerNoHostIpc = defineControl({
  id: 'container-no-host-ipc',
  subject: 'container',
  severity: 'high',
  title: { en: "The container does not use the host's IPC namespace", zh: '容器不使用主机的 IPC 命名空间' },
  why: {
    en: "In the host's IPC namespace a container can read and change shared memory, semaphores and message queues of the host's processes, and through them their data.",
    zh: '在主机的 IPC 命名空间中，容器可以读取和修改主机进程的共享内存、信号量和消息队列，进而触及其中的数据。',
  },
  how: {
    en: "Compares the namespace of a running container's first process with the host's; for any other container the configured mode decides. A namespace that other containers share or may join is reported and does not fail by itself.",
    zh: '比较运行中容器首个进程与主机的命名空间；其余容器以配置的模式为准。与其他容器共享或允许其他容器加入的命名空间会予以说明，但本身不判为未通过。',
  },
  references: {
    cisDocker: ['5.17'],
    cisKubernetes: ['5.2.4'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-host-namespaces-off', 'KSV-0008', 'C-0038', 'C-0195', 'C-0215', 'C-0276', 'CKV_K8S_18', 'CKV_K8S_3'],
    links: [
      'https://docs.docker.com/engine/containers/run/',
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    ],
  },
  counterexample: { namespaces: { ipc: 'host' } },
  appliesTo: speaksForPod,

  judge(container, { machine }) {
    return judgeHostNamespace(container, 'ipc', machine);
  },

  remedy() {
    return changeSpec(
      { namespaces: { ipc: null } },
      {
        en: 'Run it without --ipc host. Containers that must share memory can join the IPC namespace of one among them.',
        zh: '去掉 --ipc host。需要共享内存的容器可以加入其中某个容器的 IPC 命名空间。',
      },
    );
  },
});
