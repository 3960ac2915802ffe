import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditContainerdSock = defineControl({
  ...audited('containerd-socket'),
  id: 'host-audit-containerd-sock',
  severity: 'low',
  title: { en: "Changes to containerd's socket are audited", zh: '对 containerd 套接字的变更进行审计' },
  why: {
    en: 'Whoever may use this socket starts containers as root, past the engine and its rules. A changed mode or owner lets others in.',
    zh: '能使用该套接字的人可以绕过引擎及其规则，以 root 身份启动容器。权限或属主一变，就会放他人进来。',
  },
  references: { cisDocker: ['1.1.8'], nist800190: ['4.5.5'] },
});
