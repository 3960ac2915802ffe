import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditRunContainerd = defineControl({
  ...audited('containerd-run'),
  id: 'host-audit-run-containerd',
  severity: 'low',
  title: { en: "Changes to containerd's runtime folder are audited", zh: '对 containerd 运行时目录的变更进行审计' },
  why: {
    en: 'The folder holds the sockets of containerd and of its shims, and the state of containers that run. Who changes it meddles with them unseen by the engine.',
    zh: '该目录存放 containerd 及其 shim 的套接字，以及运行中容器的状态。修改它就能绕过引擎干预这些容器。',
  },
  references: { cisDocker: ['1.1.4'], nist800190: ['4.5.5'] },
});
