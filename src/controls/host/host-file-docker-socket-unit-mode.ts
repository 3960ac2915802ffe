import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileDockerSocketUnitMode = defineControl({
  ...noMoreThan('engine-socket-unit', 0o644),
  id: 'host-file-docker-socket-unit-mode',
  severity: 'medium',
  title: {
    en: "The engine's socket unit can be written to by nobody but its owner",
    zh: '引擎的 socket 单元仅属主可写',
  },
  why: {
    en: "Whoever can write to the unit can open the engine's API to everyone, which is as good as being root.",
    zh: '能写入该单元的人可将引擎 API 开放给所有人，等同于拥有 root 权限。',
  },
  references: { cisDocker: ['3.4'], nist800190: ['4.5.4'] },
});
