import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileEtcSysconfigDockerMode = defineControl({
  ...noMoreThan('engine-sysconfig', 0o644),
  id: 'host-file-etc-sysconfig-docker-mode',
  severity: 'medium',
  title: {
    en: '/etc/sysconfig/docker can be written to by nobody but its owner',
    zh: '/etc/sysconfig/docker 仅属主可写',
  },
  why: {
    en: "On Red Hat's systems whoever can write to the file can add options to the engine's command line, an open port for one.",
    zh: '在红帽系系统上，能写入该文件的人可为引擎命令行添加选项，例如开放端口。',
  },
  references: { cisDocker: ['3.21'], nist800190: ['4.5.4'] },
});
