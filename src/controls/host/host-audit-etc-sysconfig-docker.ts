import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditEtcSysconfigDocker = defineControl({
  ...audited('engine-sysconfig'),
  id: 'host-audit-etc-sysconfig-docker',
  severity: 'low',
  title: { en: 'Changes to /etc/sysconfig/docker are audited', zh: '对 /etc/sysconfig/docker 的变更进行审计' },
  why: {
    en: 'On distributions of the Red Hat family the unit of the engine may take its options from this file.',
    zh: '在 Red Hat 系发行版上，引擎的单元可能从该文件读取选项。',
  },
  references: { cisDocker: ['1.1.13'], nist800190: ['4.5.5'] },
});
