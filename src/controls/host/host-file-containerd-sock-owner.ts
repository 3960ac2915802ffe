import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileContainerdSockOwner = defineControl({
  ...ownedByRoot('containerd-socket'),
  id: 'host-file-containerd-sock-owner',
  severity: 'high',
  title: { en: 'The socket of containerd belongs to root', zh: 'containerd 的套接字归 root 所有' },
  why: {
    en: 'Containers can be started here past the engine, its plugins and its log. Nobody but root needs that.',
    zh: '通过它可绕过引擎、引擎插件和日志直接启动容器。除 root 外无人需要。',
  },
  references: { cisDocker: ['3.23'], nist800190: ['4.5.4'] },
});
