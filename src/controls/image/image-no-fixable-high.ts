import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { unknown } from '../../model/verdict.ts';
import type { Vulnerability, VulnerabilityFindings } from '../../model/vulnerability.ts';
import {
  isAccepted,
  isAtLeast,
  isCritical,
  isExploited,
  isRepairable,
  ratingsNeeded,
  thresholdParameter,
  unratedIn,
} from '../vulnerability-rules.ts';
import { contentsWithVulnerability, judgeVulnerabilities, type VulnerabilityQuestion, wrongIn } from './vulnerable.ts';

export const imageNoFixableHigh = defineControl({
  id: 'image-no-fixable-high',
  subject: 'image',
  severity: {
    usual: 'high',
    note: { en: 'Critical where one of them is.', zh: '其中有严重漏洞时为严重。' },
    of: ({ contents }, { parameters }) =>
      contents?.vulnerabilities && wrongIn(contents.vulnerabilities, questionFor(parameters)).some(isCritical)
        ? 'critical'
        : 'high',
  },
  looksAt: 'contents',
  title: {
    en: 'No package has a severe vulnerability that is fixed',
    zh: '软件包不含已有修复的严重漏洞',
  },
  why: {
    en: 'A flaw that is public and mended elsewhere is the cheapest way in: how to use it can be read, and only this image has not taken the fix.',
    zh: '已公开且已有修复的漏洞是最廉价的入口：利用方法可查，而该镜像尚未采用修复。',
  },
  how: {
    en: 'Holds every package against the advisories of its ecosystem. Fails for those of the threshold and above that can be had repaired. What is known to be exploited fails image-no-exploited instead, and what nobody has repaired image-no-unfixed-high. Waivers of vulnerabilities and VEX documents are heeded. Unknown where there is no data for some packages, an advisory cannot be read, or nobody has rated what is repaired. Packages of third parties and of the kernel, of which no advisories tell, do not decide.',
    zh: '将每个软件包与其生态系统的公告比对。达到阈值且可修复的漏洞判为未通过。已知被利用的漏洞由 image-no-exploited 判断，尚无修复的由 image-no-unfixed-high 判断。采纳漏洞豁免与 VEX 文档。部分软件包没有数据、有公告无法读取，或已修复的漏洞无人评级时为未知。没有公告可依的第三方与内核软件包不影响判断。',
  },
  references: { cisDocker: ['4.4'], nist800190: ['4.1.1'] },
  parameters: {
    threshold: thresholdParameter,
    accepted: {
      default: [] as readonly string[],
      description: {
        en: 'Vulnerabilities that are accepted, by id: CVE-2024-1234. A waiver also says by whom, why and until when.',
        zh: '已接受的漏洞 ID，如 CVE-2024-1234。豁免则还能写明由谁接受、原因与期限。',
      },
    },
  },
  counterexample: { contents: contentsWithVulnerability({ fixedIn: '13.9' }) },

  judge({ contents }, { parameters }) {
    return judgeVulnerabilities(contents, questionFor(parameters));
  },

  remedy() {
    return byHand(
      {
        en: 'Build the image again on a base and with packages that have the fix.',
        zh: '使用已含修复的基础镜像与软件包重新构建。',
      },
      ['docker build --pull --no-cache .'],
      'rebuild',
    );
  },
});

/** Parameters as the policy has them, of whichever type. */
function questionFor({ threshold, accepted }: Readonly<Record<string, unknown>>): VulnerabilityQuestion {
  const isMeant = (each: Vulnerability) => isRepairable(each) && !isExploited(each) && !isAccepted(each, accepted);
  return {
    isWrong: (each) => isMeant(each) && isAtLeast(each, threshold),
    open: (findings) => unrated(findings, isMeant),
  };
}

function unrated(findings: VulnerabilityFindings, isMeant: (each: Vulnerability) => boolean) {
  const count = unratedIn(findings, isMeant);
  if (count === 0) return undefined;
  return unknown(
    {
      en: `Nobody has rated ${count} of the vulnerabilities that are fixed in newer versions.`,
      zh: `有 ${count} 个已有修复的漏洞无人评级。`,
    },
    ratingsNeeded,
  );
}
