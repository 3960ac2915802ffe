import { normaliseCapability } from '../../model/capability.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { boundingCapabilities, fieldGiving, withoutCapabilities } from './obtainable-capabilities.ts';

export const containerNoDangerousCaps = defineControl({
  id: 'container-no-dangerous-caps',
  subject: 'container',
  severity: 'high',
  title: {
    en: 'The container has no capability that gives power over the host',
    zh: '容器没有可用于控制主机的 capability',
  },
  why: {
    en: 'Some capabilities are as good as root on the host: SYS_ADMIN mounts file systems, SYS_MODULE loads kernel code, DAC_READ_SEARCH opens files by handle past every permission, SYS_PTRACE takes over other processes.',
    zh: '有些 capability 等同于主机 root：SYS_ADMIN 可挂载文件系统，SYS_MODULE 可加载内核代码，DAC_READ_SEARCH 可绕过一切权限按句柄打开文件，SYS_PTRACE 可接管其他进程。',
  },
  how: {
    en: 'For a running container the kernel decides: the bounding set, for that is what a process started by docker exec as root has at once, and a setuid program obtains. Otherwise what is added decides; ALL stands for every capability.',
    zh: '运行中的容器以内核为准：检查 bounding 集合，因为以 root 执行 docker exec 启动的进程会立即拥有它，setuid 程序也能取得它。其余以加入的项为准；ALL 代表全部 capability。',
  },
  references: {
    cisDocker: ['5.4'],
    cisKubernetes: ['5.2.9'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: [
      'container-no-extra-cap-*',
      'C.5.3.1',
      'C.5.3.2',
      'C.5.3.3',
      'C.5.3.4',
      'k8s-cap-sys-admin',
      'KSV-0005',
      'CKV_K8S_39',
      'k8s-cap-sys-module',
      'KSV-0120',
    ],
    links: ['https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities'],
  },
  parameters: {
    dangerous: {
      default: [
        'SYS_ADMIN',
        'SYS_MODULE',
        'SYS_PTRACE',
        'SYS_RAWIO',
        'SYS_BOOT',
        'SYS_TIME',
        'NET_ADMIN',
        'DAC_READ_SEARCH',
        'MAC_ADMIN',
        'MAC_OVERRIDE',
        'BPF',
        'PERFMON',
        'SYSLOG',
        'AUDIT_CONTROL',
        'LINUX_IMMUTABLE',
        'CHECKPOINT_RESTORE',
      ],
      description: {
        en: 'Capabilities that no container may have, with or without CAP_.',
        zh: '任何容器都不得拥有的 capability，可带或不带 CAP_ 前缀。',
      },
    },
  },
  counterexample: { capabilities: { add: ['SYS_ADMIN'] } },

  judge(container, { parameters }) {
    const { names, evidence } = boundingCapabilities(container);
    const found = parameters.dangerous.map(normaliseCapability).filter((name) => names.has(name));
    return found.length === 0
      ? pass({ en: 'It can get no dangerous capability.', zh: '容器无法取得任何危险的 capability。' }, evidence)
      : fail(
          {
            en: `A process in it has or can get ${listed(found, 20).en}.`,
            zh: `容器内的进程拥有或可以取得 ${listed(found, 20).zh}。`,
          },
          evidence,
          fieldGiving(container, found, 'capabilities.add'),
        );
  },

  remedy(container, { parameters }) {
    return changeSpec(withoutCapabilities(container, parameters.dangerous.map(normaliseCapability)), {
      en: 'Take these capabilities away. Work that truly needs them belongs on the host or in a small helper of its own.',
      zh: '移除这些 capability。确实需要它们的工作应放到主机上，或放进单独的小型辅助容器。',
    });
  },
});
