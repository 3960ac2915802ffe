import type { Evidence } from '../../model/fact.ts';
import { unknown, type Verdict } from '../../model/verdict.ts';

/**
 * The kernel lists SELinux even where no policy was loaded into it, as after SELINUX=disabled since RHEL 9: then nothing
 * is refused, and selinuxfs is not mounted. In a container it is not mounted either.
 */
export function selinuxWithoutPolicy(evidence: readonly Evidence[]): Verdict {
  return unknown(
    {
      en: 'SELinux is in the kernel, but selinuxfs cannot be seen: SELINUX=disabled leaves it without a policy.',
      zh: '内核带有 SELinux，但看不到 selinuxfs：SELINUX=disabled 时不会加载策略。',
    },
    {
      en: 'look at SELINUX in /etc/selinux/config, and run on the host itself',
      zh: '查看 /etc/selinux/config 中的 SELINUX，并在主机本身上运行',
    },
    evidence,
  );
}
