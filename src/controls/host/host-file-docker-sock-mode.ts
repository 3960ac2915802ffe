import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileDockerSockMode = defineControl({
  ...noMoreThan('engine-socket', 0o660),
  id: 'host-file-docker-sock-mode',
  severity: {
    usual: 'critical',
    note: { en: 'medium where not everybody may write to it', zh: '若并非人人可写，则为中' },
    of({ files: { 'engine-socket': sockets } }) {
      return sockets.known && sockets.value.some(({ mode }) => (mode & 0o002) !== 0) ? 'critical' : 'medium';
    },
  },
  title: { en: "The engine's socket is open to its owner and group alone", zh: '引擎的套接字仅对属主和属组开放' },
  why: {
    en: 'Writing to the socket is as good as being root: a container can mount the whole host. Open to everyone, every local user and every service that is broken into has that.',
    zh: '能写入该套接字等同于 root：容器可挂载整个主机。若对所有人开放，任何本地用户和被攻破的服务都会获得这一权力。',
  },
  references: { cisDocker: ['3.16'], nist800190: ['4.5.4'], aliases: ['host-socket-world-writable', 'CONT-8108'] },
});
