import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditRuncBinary = defineControl({
  ...audited('runc-program'),
  id: 'host-audit-runc-binary',
  severity: 'low',
  title: { en: "Changes to runc's program are audited", zh: '对 runc 程序文件的变更进行审计' },
  why: {
    en: 'runc runs as root each time a container starts, and overwriting it is how more than one breakout took over the host. A record shows that it was tried.',
    zh: '每次启动容器时 runc 都以 root 身份运行，不止一种逃逸手法正是通过覆写它来控制主机。审计记录能显示有人尝试过。',
  },
  references: { cisDocker: ['1.1.18'], nist800190: ['4.5.5'] },
});
