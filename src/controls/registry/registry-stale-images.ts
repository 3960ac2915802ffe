import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { askedOfOwnRegistries } from './own-registries.ts';

const question: Text = {
  en: 'Do the private registries in use have a rule by which old images are removed or can no longer be pulled?',
  zh: '所用私有仓库是否有移除旧镜像或禁止拉取旧镜像的规则？',
};

export const registryStaleImages = defineControl({
  id: 'registry-stale-images',
  subject: 'engine',
  severity: 'low',
  title: {
    en: 'Old images are removed from the registry, or cannot be pulled',
    zh: '仓库会移除旧镜像或禁止拉取旧镜像',
  },
  why: {
    en: 'Images that nobody mends stay within reach, and one typing mistake or an old manifest brings their vulnerabilities back.',
    zh: '无人维护的旧镜像仍可拉取，一次输入错误或一份旧清单就会让其中的漏洞重现。',
  },
  how: {
    en: 'What is in the registry cannot be seen from here. A person is asked where images in use come from a private registry.',
    zh: '从本机无法看到仓库的内容。所用镜像来自私有仓库时，须由人回答。',
  },
  references: {
    cisDocker: ['6.1'],
    nist800190: ['4.2.2'],
    links: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  },
  question,

  judge(engine, context) {
    return askedOfOwnRegistries(engine, context, question);
  },

  remedy() {
    return byHand({
      en: 'Set a rule of retention in the registry that keeps what is in use and a few versions before it.',
      zh: '在仓库中设置保留规则，仅保留在用版本及之前的少数版本。',
    });
  },
});
