import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { judgeHostNamespace } from './host-namespace.ts';
import { speaksForPod } from './pod-container.ts';

export const containerNoHostPid = defineControl({
  id: 'container-no-host-pid',
  subject: 'container',
  severity: 'high',
  title: { en: "The container does not use the host's PID namespace", zh: '容器不使用主机的 PID 命名空间' },
  why: {
    en: "In the host's PID namespace a container sees every process of the host with its arguments and environment, and can signal, trace or enter those that its user and capabilities allow.",
    zh: '在主机的 PID 命名空间中，容器能看到主机的所有进程及其参数和环境变量，并能在其用户和 capability 允许的范围内发送信号、跟踪或进入这些进程。',
  },
  how: {
    en: "Compares the namespace of a running container's first process with the host's; for any other container the configured mode decides. A namespace shared with another container is reported and does not fail by itself.",
    zh: '比较运行中容器首个进程与主机的命名空间；其余容器以配置的模式为准。与其他容器共享命名空间会予以说明，但本身不判为未通过。',
  },
  references: {
    cisDocker: ['5.16'],
    cisKubernetes: ['5.2.3'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-host-namespaces-off', 'KSV-0010', 'C-0038', 'C-0194', 'C-0214', 'C-0275', 'CKV_K8S_17', 'CKV_K8S_1'],
    links: [
      'https://docs.docker.com/engine/containers/run/',
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    ],
  },
  counterexample: { namespaces: { pid: 'host' } },
  appliesTo: speaksForPod,

  judge(container, { machine }) {
    return judgeHostNamespace(container, 'pid', machine);
  },

  remedy() {
    return changeSpec(
      { namespaces: { pid: null } },
      {
        en: 'Run it without --pid host. If it must watch one other container, share the PID namespace of that container.',
        zh: '去掉 --pid host。若确需观察另一个容器，可共享该容器的 PID 命名空间。',
      },
    );
  },
});
