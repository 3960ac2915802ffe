import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditDockerd = defineControl({
  ...audited('engine-program'),
  id: 'host-audit-dockerd',
  severity: 'medium',
  title: { en: "Changes to the engine's program are audited", zh: '对引擎程序文件的变更进行审计' },
  why: {
    en: "Whoever replaces the engine's program runs as root at its next start. Without a record nobody learns when that happened, or who did it.",
    zh: '替换引擎程序文件的人，会在引擎下次启动时以 root 身份运行其代码。没有记录，就无从得知何时发生、何人所为。',
  },
  references: { cisDocker: ['1.1.3'], nist800190: ['4.5.5'] },
});
