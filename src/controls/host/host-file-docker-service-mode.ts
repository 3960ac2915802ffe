import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileDockerServiceMode = defineControl({
  ...noMoreThan('engine-service-unit', 0o644),
  id: 'host-file-docker-service-mode',
  severity: 'medium',
  title: {
    en: "The engine's service unit can be written to by nobody but its owner",
    zh: '引擎的 service 单元仅属主可写',
  },
  why: {
    en: 'Whoever can write to the unit, or to one of its drop-ins, chooses what root runs at the next start of the engine.',
    zh: '能写入该单元或其 drop-in 文件的人，可以决定引擎下次启动时 root 运行什么。',
  },
  references: { cisDocker: ['3.2'], nist800190: ['4.5.4'] },
});
