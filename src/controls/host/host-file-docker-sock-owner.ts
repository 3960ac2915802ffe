import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileDockerSockOwner = defineControl({
  ...ownedByRoot('engine-socket'),
  id: 'host-file-docker-sock-owner',
  severity: 'high',
  title: {
    en: "The engine's socket belongs to root and to the group that may use the engine",
    zh: '引擎的套接字归 root 所有，属组为可使用引擎的用户组',
  },
  why: {
    en: 'Who can write to the socket can start a container that owns the host. Its owner and its group are the list of those who may.',
    zh: '能写入该套接字的人可以启动一个掌控主机的容器。其属主与属组就是有此权力者的名单。',
  },
  references: { cisDocker: ['3.15'], nist800190: ['4.5.4'] },
});
