import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditContainerdShim = defineControl({
  ...audited('containerd-shim'),
  id: 'host-audit-containerd-shim',
  severity: 'low',
  title: { en: "Changes to containerd's shims are audited", zh: '对 containerd 的 shim 的变更进行审计' },
  why: {
    en: 'A shim stays beside every container as root. Whoever replaces the program is there at the next start.',
    zh: '每个容器旁都有一个以 root 身份运行的 shim。替换其程序文件的人，在下次启动时即可就位。',
  },
  references: { cisDocker: ['1.1.15', '1.1.16', '1.1.17'], nist800190: ['4.5.5'] },
});
