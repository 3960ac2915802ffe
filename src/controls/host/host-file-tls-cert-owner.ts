import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileTlsCertOwner = defineControl({
  ...ownedByRoot('tls-certificate'),
  id: 'host-file-tls-cert-owner',
  severity: 'medium',
  title: { en: "The engine's TLS certificate belongs to root", zh: '引擎的 TLS 证书文件归 root 所有' },
  why: {
    en: 'The certificate is what clients know the engine by. Another one in its place shuts them out, or leads them to somebody else.',
    zh: '客户端凭该证书识别引擎。证书若被替换，客户端会无法连接，或被引向他人。',
  },
  references: { cisDocker: ['3.11'], nist800190: ['4.5.4'] },
});
