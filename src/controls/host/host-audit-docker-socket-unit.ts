import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditDockerSocketUnit = defineControl({
  ...audited('engine-socket-unit', 'engine-socket'),
  id: 'host-audit-docker-socket-unit',
  severity: 'medium',
  title: { en: "Changes to the engine's socket and its unit are audited", zh: '对引擎的套接字及其单元的变更进行审计' },
  why: {
    en: 'Whoever may use the socket is root on this host. A changed mode or owner, on the socket or in the unit that makes it, lets others in.',
    zh: '能使用该套接字的人即为本机的 root。无论是套接字本身还是生成它的单元，权限或属主一变，就会放他人进来。',
  },
  references: { cisDocker: ['1.1.9'], nist800190: ['4.5.5'] },
});
