import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileTlsKeyMode = defineControl({
  ...noMoreThan('tls-key', 0o400),
  id: 'host-file-tls-key-mode',
  severity: 'high',
  title: { en: "The engine's TLS key can be read by its owner alone", zh: '引擎的 TLS 私钥文件仅属主可读' },
  why: {
    en: 'Whoever can read the key can stand in for the engine, and sees what clients send: environment variables, registry passwords.',
    zh: '能读取私钥的人可冒充引擎，并看到客户端发送的内容：环境变量、镜像仓库密码。',
  },
  references: { cisDocker: ['3.14'], nist800190: ['4.5.4'] },
});
