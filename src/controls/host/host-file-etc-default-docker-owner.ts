import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileEtcDefaultDockerOwner = defineControl({
  ...ownedByRoot('engine-defaults'),
  id: 'host-file-etc-default-docker-owner',
  severity: 'medium',
  title: { en: '/etc/default/docker belongs to root', zh: '/etc/default/docker 归 root 所有' },
  why: {
    en: "Where the engine is started through it, the file's owner can add options to its command line.",
    zh: '若引擎启动时读取该文件，其属主可为引擎命令行添加选项。',
  },
  references: { cisDocker: ['3.19'], nist800190: ['4.5.4'] },
});
