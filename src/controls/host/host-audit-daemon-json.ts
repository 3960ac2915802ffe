import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditDaemonJson = defineControl({
  ...audited('engine-configuration'),
  id: 'host-audit-daemon-json',
  severity: 'medium',
  title: { en: "Changes to the engine's configuration file are audited", zh: '对引擎配置文件的变更进行审计' },
  why: {
    en: 'One line in this file opens the engine to the network or turns a protection off. A record tells who wrote it.',
    zh: '该文件中的一行就能把引擎开放到网络，或关闭某项防护。审计记录能说明是谁写入的。',
  },
  references: { cisDocker: ['1.1.11'], nist800190: ['4.5.5'] },
});
