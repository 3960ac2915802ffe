import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditVarLibDocker = defineControl({
  ...audited('engine-data'),
  id: 'host-audit-var-lib-docker',
  severity: 'low',
  title: { en: "Changes to the engine's data are audited", zh: '对引擎数据的变更进行审计' },
  why: {
    en: 'Images, volumes and the settings of every container stand there. Who changes them past the engine leaves no trace in its log. Where containers write much to volumes this makes many events.',
    zh: '镜像、卷以及每个容器的设置都在其中。绕过引擎修改它们的人，不会在引擎日志中留下痕迹。容器大量写入卷时，会产生很多事件。',
  },
  references: { cisDocker: ['1.1.5'], nist800190: ['4.5.5'] },
});
