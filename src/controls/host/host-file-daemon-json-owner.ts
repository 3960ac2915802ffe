import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileDaemonJsonOwner = defineControl({
  ...ownedByRoot('engine-configuration'),
  id: 'host-file-daemon-json-owner',
  severity: 'medium',
  title: { en: "The engine's configuration file belongs to root", zh: '引擎的配置文件归 root 所有' },
  why: {
    en: 'The file sets what the engine allows: runtimes, registries without TLS, where it listens. Its owner can turn all of that at the next start.',
    zh: '该文件决定引擎的许可范围：运行时、不使用 TLS 的镜像仓库、监听地址。其属主可在下次启动时全部改变。',
  },
  references: { cisDocker: ['3.17'], nist800190: ['4.5.4'] },
});
