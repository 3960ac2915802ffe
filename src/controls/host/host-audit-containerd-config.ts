import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditContainerdConfig = defineControl({
  ...audited('containerd-configuration'),
  id: 'host-audit-containerd-config',
  severity: 'low',
  title: { en: "Changes to containerd's configuration are audited", zh: '对 containerd 配置的变更进行审计' },
  why: {
    en: 'The file names runtimes, plugins and registries. A changed one makes every container start another way.',
    zh: '该文件指定运行时、插件和镜像仓库。一旦被改，每个容器的启动方式都会随之改变。',
  },
  references: { cisDocker: ['1.1.12'], nist800190: ['4.5.5'] },
});
