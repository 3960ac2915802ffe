import { defineControl } from '../../model/control.ts';
import { ownedByRoot } from './file-owner.ts';

export const hostFileEtcSysconfigDockerOwner = defineControl({
  ...ownedByRoot('engine-sysconfig'),
  id: 'host-file-etc-sysconfig-docker-owner',
  severity: 'medium',
  title: { en: '/etc/sysconfig/docker belongs to root', zh: '/etc/sysconfig/docker 归 root 所有' },
  why: {
    en: "On Red Hat's systems the engine can take options from the file, and so from whoever owns it.",
    zh: '在红帽系系统上，引擎可从该文件读取选项，也就是听命于其属主。',
  },
  references: { cisDocker: ['3.22'], nist800190: ['4.5.4'] },
});
