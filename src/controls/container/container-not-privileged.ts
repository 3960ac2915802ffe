import { capabilitiesOf } from '../../model/capability.ts';
import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';

export const containerNotPrivileged = defineControl({
  id: 'container-not-privileged',
  subject: 'container',
  severity: 'critical',
  title: { en: 'The container does not run privileged', zh: '容器不以特权模式运行' },
  why: {
    en: 'A privileged container has every capability, every host device and no seccomp, AppArmor or SELinux confinement: a process in it can take over the host with a few ordinary commands.',
    zh: '特权容器拥有全部 capability 和所有主机设备，并且不受 seccomp、AppArmor、SELinux 约束：其中的进程用几条普通命令就能接管主机。',
  },
  how: {
    en: 'Fails when the container is declared privileged, or when the kernel shows its first process holding every capability that the engine itself can give.',
    zh: '容器声明为特权模式，或内核显示其首个进程拥有引擎所能授予的全部 capability 时，判为未通过。',
  },
  references: {
    cisDocker: ['5.5'],
    cisKubernetes: ['5.2.2'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-no-privileged', 'KSV-0017', 'C-0057', 'CKV_K8S_16', 'C-0193', 'C-0213', 'CKV_K8S_2'],
    links: ['https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities'],
  },
  counterexample: { privileged: true },

  judge(container, { machine }) {
    const declared = configured(container, 'privileged', container.privileged);
    if (container.privileged) {
      return fail(
        container.dialect === 'pod'
          ? { en: 'It runs privileged.', zh: '容器以特权模式运行。' }
          : { en: 'It is started with --privileged.', zh: '容器以 --privileged 启动。' },
        declared,
        'privileged',
      );
    }
    const held = container.effective?.capabilities;
    const daemon = machine?.engine.process;
    if (held?.known && daemon?.known && held.value.effective === daemon.value.capabilityBoundingSet) {
      return fail(
        {
          en: 'It is not declared privileged, yet its first process holds every capability that the engine can give.',
          zh: '容器未声明特权模式，但其首个进程拥有引擎所能授予的全部 capability。',
        },
        evidenceOf(held, capabilitiesOf(held.value.effective)),
        'capabilities.add',
      );
    }
    return pass({ en: 'It is not privileged.', zh: '容器未以特权模式运行。' }, declared);
  },

  remedy(container) {
    return container.privileged
      ? changeSpec(
          { privileged: false },
          {
            en: 'Run it without --privileged and give it only the capabilities and devices that it uses.',
            zh: '去掉 --privileged，仅授予它实际使用的 capability 和设备。',
          },
        )
      : changeSpec(
          { capabilities: { add: [] } },
          {
            en: 'Add only the capabilities that it uses, not ALL.',
            zh: '仅添加它实际使用的 capability，不要使用 ALL。',
          },
        );
  },
});
