import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileContainerdSockMode = defineControl({
  ...noMoreThan('containerd-socket', 0o660),
  id: 'host-file-containerd-sock-mode',
  severity: 'high',
  title: {
    en: 'The socket of containerd is open to its owner and group alone',
    zh: 'containerd 的套接字仅对属主和属组开放',
  },
  why: {
    en: 'Whoever can write to the socket starts containers past the engine and all of its rules, and so owns the host.',
    zh: '能写入该套接字的人可绕过引擎及其全部规则启动容器，从而掌控主机。',
  },
  references: { cisDocker: ['3.24'], nist800190: ['4.5.4'] },
});
