import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditContainerdBinary = defineControl({
  ...audited('containerd-program'),
  id: 'host-audit-containerd-binary',
  severity: 'low',
  title: { en: "Changes to containerd's program are audited", zh: '对 containerd 程序文件的变更进行审计' },
  why: {
    en: 'containerd starts every container, as root. Whoever replaces its program decides what runs in all of them.',
    zh: 'containerd 以 root 身份启动每个容器。替换其程序文件的人，可以决定所有容器中运行什么。',
  },
  references: { cisDocker: ['1.1.14'], nist800190: ['4.5.5'] },
});
