import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileDockerServiceOwner = defineControl({
  ...ownedByRoot('engine-service-unit'),
  id: 'host-file-docker-service-owner',
  severity: 'medium',
  title: { en: "The engine's service unit belongs to root", zh: '引擎的 service 单元归 root 所有' },
  why: {
    en: 'The unit says which program root starts, with which options. Whoever owns it can have root run anything at the next start.',
    zh: '该单元决定 root 以哪些选项启动哪个程序。其属主可在下次启动时让 root 运行任意程序。',
  },
  references: { cisDocker: ['3.1'], nist800190: ['4.5.4'] },
});
