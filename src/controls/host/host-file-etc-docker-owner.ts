import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileEtcDockerOwner = defineControl({
  ...ownedByRoot('engine-configuration-folder'),
  id: 'host-file-etc-docker-owner',
  severity: 'medium',
  title: { en: "The engine's configuration folder belongs to root", zh: '引擎的配置目录归 root 所有' },
  why: {
    en: 'Who owns the folder can put another configuration or other certificates in the place of those in it, whoever owns the files.',
    zh: '目录的属主可以替换其中的配置和证书，无论这些文件本身归谁所有。',
  },
  references: { cisDocker: ['3.5'], nist800190: ['4.5.4'] },
});
