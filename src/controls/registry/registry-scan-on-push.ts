import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { askedOfOwnRegistries } from './own-registries.ts';

const question: Text = {
  en: 'Is every image in the private registries in use scanned when it is pushed, and again at least daily, with advisories of the last 24 hours?',
  zh: '所用私有仓库中的每个镜像是否在推送时扫描，此后至少每天以 24 小时内的漏洞数据重新扫描？',
};

export const registryScanOnPush = defineControl({
  id: 'registry-scan-on-push',
  subject: 'engine',
  severity: 'medium',
  title: {
    en: 'Images in the registry are scanned for known vulnerabilities again and again',
    zh: '持续扫描仓库中镜像的已知漏洞',
  },
  why: {
    en: 'An image that was clean when it was pushed is not so for long: vulnerabilities become known every day, while the image stays the same.',
    zh: '推送时没有漏洞的镜像不会一直安全：漏洞每天都在公布，而镜像保持不变。',
  },
  how: {
    en: 'What the registry does with its images cannot be seen from here. A person is asked where images in use come from a private registry.',
    zh: '从本机无法看到仓库如何处理镜像。所用镜像来自私有仓库时，须由人回答。',
  },
  references: {
    cisDocker: ['4.4'],
    nist800190: ['4.2.2'],
    links: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  },
  question,

  judge(engine, context) {
    return askedOfOwnRegistries(engine, context, question);
  },

  remedy() {
    return byHand({
      en: 'Switch scanning on in the registry, or scan every tag that is in use on a schedule.',
      zh: '在仓库中启用扫描，或定期扫描所有在用标签。',
    });
  },
});
