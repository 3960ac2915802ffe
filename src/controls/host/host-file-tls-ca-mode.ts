import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileTlsCaMode = defineControl({
  ...noMoreThan('tls-ca-certificate', 0o444),
  id: 'host-file-tls-ca-mode',
  severity: 'medium',
  title: {
    en: "The authority that clients' certificates are checked against can be written to by nobody",
    zh: '用于校验客户端证书的 CA 证书文件任何人都不可写',
  },
  why: {
    en: 'Whoever can write to the file can name an authority of their own, and is then let in as a client over TLS.',
    zh: '能写入该文件的人可换成自己的 CA，从而作为 TLS 客户端通过验证。',
  },
  references: { cisDocker: ['3.10'], nist800190: ['4.5.4'] },
});
