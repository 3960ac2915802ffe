import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileTlsCaOwner = defineControl({
  ...ownedByRoot('tls-ca-certificate'),
  id: 'host-file-tls-ca-owner',
  severity: 'medium',
  title: {
    en: "The authority that clients' certificates are checked against belongs to root",
    zh: '用于校验客户端证书的 CA 证书文件归 root 所有',
  },
  why: {
    en: 'The engine lets in whoever this authority vouches for. The owner of the file can put an authority of their own there.',
    zh: '引擎接受由该 CA 签发证书的客户端。文件属主可换成自己的 CA。',
  },
  references: { cisDocker: ['3.9'], nist800190: ['4.5.4'] },
});
