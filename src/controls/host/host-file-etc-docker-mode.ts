import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileEtcDockerMode = defineControl({
  ...noMoreThan('engine-configuration-folder', 0o755),
  id: 'host-file-etc-docker-mode',
  severity: 'medium',
  title: {
    en: "The engine's configuration folder can be written to by nobody but its owner",
    zh: '引擎的配置目录仅属主可写',
  },
  why: {
    en: "Whoever can write to the folder can replace what is in it: the engine's configuration, certificates of registries, keys.",
    zh: '能写入该目录的人可以替换其中的内容：引擎配置、镜像仓库证书、密钥。',
  },
  references: { cisDocker: ['3.6'], nist800190: ['4.5.4'] },
});
