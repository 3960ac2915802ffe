import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileEtcDefaultDockerMode = defineControl({
  ...noMoreThan('engine-defaults', 0o644),
  id: 'host-file-etc-default-docker-mode',
  severity: 'medium',
  title: { en: '/etc/default/docker can be written to by nobody but its owner', zh: '/etc/default/docker 仅属主可写' },
  why: {
    en: 'Where the engine is started through it, whoever can write to the file adds options to its command line, an open port for one.',
    zh: '若引擎启动时读取该文件，能写入者可为引擎命令行添加选项，例如开放端口。',
  },
  references: { cisDocker: ['3.20'], nist800190: ['4.5.4'] },
});
