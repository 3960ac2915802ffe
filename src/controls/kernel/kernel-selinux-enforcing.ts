import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { kernelWith } from './other-kernel.ts';
import { selinuxWithoutPolicy } from './selinux-without-policy.ts';

export const kernelSelinuxEnforcing = defineControl({
  id: 'kernel-selinux-enforcing',
  subject: 'host',
  severity: 'high',
  title: { en: 'SELinux enforces its policy, now and after a reboot', zh: 'SELinux 处于强制模式，重启后亦然' },
  why: {
    en: 'In permissive mode SELinux writes down what it would have refused and lets it happen: every label of a container is without effect.',
    zh: '在 permissive 模式下，SELinux 只记录本应拒绝的操作而不阻止，容器的标签形同虚设。',
  },
  how: {
    en: 'The kernel says whether it enforces; /etc/selinux/config says what the next start brings. It is not asked where there is no SELinux.',
    zh: '由内核说明当前是否强制；/etc/selinux/config 说明下次启动后的模式。没有 SELinux 时不作判断。',
  },
  references: {
    cisDocker: ['5.3'],
    nist800190: ['4.5.1'],
    links: ['https://man7.org/linux/man-pages/man8/selinux.8.html'],
  },
  counterexample: kernelWith({ selinux: { enforcing: false, configured: 'enforcing' } }),

  judge({ kernel: { selinux }, securityModules }) {
    if (!selinux.known) return unknownFrom(selinux);
    if (selinux.value === null) {
      const isActive = securityModules.known && securityModules.value.includes('selinux');
      return isActive
        ? selinuxWithoutPolicy([evidenceOf(selinux)])
        : notApplicable({ en: 'There is no SELinux here.', zh: '此处没有 SELinux。' }, evidenceOf(selinux));
    }
    const { enforcing, configured } = selinux.value;
    const now = evidenceOf(selinux, enforcing);
    if (!enforcing) return fail({ en: 'SELinux is permissive.', zh: 'SELinux 处于 permissive 模式。' }, now, 'selinux');
    if (configured === undefined) return pass({ en: 'SELinux enforces.', zh: 'SELinux 处于强制模式。' }, now);
    const evidence = [now, { source: 'file' as const, path: '/etc/selinux/config SELINUX', value: configured }];
    return configured === 'enforcing'
      ? pass({ en: 'SELinux enforces, and will.', zh: 'SELinux 处于强制模式，重启后亦然。' }, evidence)
      : fail(
          {
            en: `SELinux enforces until the next start: it is set to ${configured}.`,
            zh: `SELinux 仅在下次启动前处于强制模式：配置为 ${configured}。`,
          },
          evidence,
          'selinux',
        );
  },

  remedy() {
    return byHand(
      {
        en: 'Look at what it would have refused, mend that, then enforce: now, and with SELINUX=enforcing in /etc/selinux/config for good.',
        zh: '先查看它本应拒绝的操作并逐一处理，然后立即启用强制模式，并在 /etc/selinux/config 中设置 SELINUX=enforcing 使其持久。',
      },
      ['ausearch -m AVC -ts recent', 'setenforce 1', "sed -i 's/^SELINUX=.*/SELINUX=enforcing/' /etc/selinux/config"],
    );
  },
});
