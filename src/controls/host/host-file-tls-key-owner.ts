import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileTlsKeyOwner = defineControl({
  ...ownedByRoot('tls-key'),
  id: 'host-file-tls-key-owner',
  severity: 'high',
  title: { en: "The engine's TLS key belongs to root", zh: '引擎的 TLS 私钥文件归 root 所有' },
  why: {
    en: 'The key proves to clients that this is their engine. Its owner can read it, and can stand in for the engine with it.',
    zh: '私钥向客户端证明引擎的身份。其属主可读取它，并据此冒充引擎。',
  },
  references: { cisDocker: ['3.13'], nist800190: ['4.5.4'] },
});
