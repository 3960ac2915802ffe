import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileDockerSocketUnitOwner = defineControl({
  ...ownedByRoot('engine-socket-unit'),
  id: 'host-file-docker-socket-unit-owner',
  severity: 'medium',
  title: { en: "The engine's socket unit belongs to root", zh: '引擎的 socket 单元归 root 所有' },
  why: {
    en: "The unit says where the engine's API is opened and for which group. Its owner can open the API to everyone.",
    zh: '该单元决定引擎 API 在何处开放、对哪个用户组开放。其属主可将 API 开放给所有人。',
  },
  references: { cisDocker: ['3.3'], nist800190: ['4.5.4'] },
});
