import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileTlsCertMode = defineControl({
  ...noMoreThan('tls-certificate', 0o444),
  id: 'host-file-tls-cert-mode',
  severity: 'medium',
  title: { en: "The engine's TLS certificate can be written to by nobody", zh: '引擎的 TLS 证书文件任何人都不可写' },
  why: {
    en: 'Nobody needs to write to a certificate in use; whoever can may shut clients out or pass off another engine as this one.',
    zh: '使用中的证书无需写入；能写入者可使客户端无法连接，或冒充该引擎。',
  },
  references: { cisDocker: ['3.12'], nist800190: ['4.5.4'] },
});
