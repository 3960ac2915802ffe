import { defineControl } from '../../model/control.ts';
import { audited } from './audit-watch.ts';

export const hostAuditEtcDocker = defineControl({
  ...audited('engine-configuration-folder'),
  id: 'host-audit-etc-docker',
  severity: 'low',
  title: { en: "Changes to the engine's configuration folder are audited", zh: '对引擎配置目录的变更进行审计' },
  why: {
    en: 'The folder holds settings, keys and the certificates of registries that are trusted. A file that is added there changes whom the engine believes.',
    zh: '该目录存放设置、密钥和受信任镜像仓库的证书。在其中新增一个文件，就能改变引擎信任谁。',
  },
  references: { cisDocker: ['1.1.6'], nist800190: ['4.5.5'] },
});
