import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditEtcDefaultDocker = defineControl({
  ...audited('engine-defaults'),
  id: 'host-audit-etc-default-docker',
  severity: 'low',
  title: { en: 'Changes to /etc/default/docker are audited', zh: '对 /etc/default/docker 的变更进行审计' },
  why: {
    en: 'Some start scripts take options and the environment of the engine from this file.',
    zh: '有的启动脚本从该文件读取引擎的选项和环境变量。',
  },
  references: { cisDocker: ['1.1.10'], nist800190: ['4.5.5'] },
});
