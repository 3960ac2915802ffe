import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from '../host/file-owner.ts';

export const registryCertFileOwner = defineControl({
  ...ownedByRoot('registry-certificate'),
  id: 'registry-cert-file-owner',
  severity: 'medium',
  title: { en: 'Certificates of registries belong to root', zh: '镜像仓库的证书文件归 root 所有' },
  why: {
    en: 'The engine trusts a registry by these files. Their owner can put in an authority of their own, and have images pulled from another server.',
    zh: '引擎依据这些文件信任镜像仓库。其属主可换成自己的 CA，使镜像从其他服务器拉取。',
  },
  references: { cisDocker: ['3.7'], nist800190: ['4.5.4'] },
});
