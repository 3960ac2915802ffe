import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditDockerService = defineControl({
  ...audited('engine-service-unit'),
  id: 'host-audit-docker-service',
  severity: 'low',
  title: { en: "Changes to the engine's service unit are audited", zh: '对引擎 service 单元的变更进行审计' },
  why: {
    en: 'The unit and its drop-ins decide with which options the engine starts, and what root runs beside it.',
    zh: '该单元及其 drop-in 文件决定引擎以哪些选项启动，以及 root 另外运行什么。',
  },
  references: { cisDocker: ['1.1.7'], nist800190: ['4.5.5'] },
});
