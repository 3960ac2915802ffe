import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { unknown, type Verdict } from '../../model/verdict.ts';
import type { Vulnerability, VulnerabilityFindings } from '../../model/vulnerability.ts';
import { countsAsVulnerable } from '../../model/counted-vulnerability.ts';
import {
  isAtLeast,
  isExploited,
  isRepairable,
  ratingsNeeded,
  thresholdParameter,
  unratedIn,
} from '../vulnerability-rules.ts';
import { contentsWithVulnerability, judgeVulnerabilities } from './vulnerable.ts';

export const imageNoUnfixedHigh = defineControl({
  id: 'image-no-unfixed-high',
  subject: 'image',
  severity: 'medium',
  looksAt: 'contents',
  title: {
    en: 'No package has a severe vulnerability that nobody has fixed',
    zh: '软件包不含尚无修复的严重漏洞',
  },
  why: {
    en: 'Waiting for an update does not help where none will come: the vendor has put it off, will not mend it, or no longer looks after the package. Somebody has to decide what to do instead.',
    zh: '不会有更新时，等待无济于事：厂商推迟修复、不会修复，或已不再维护该软件包。需要有人决定替代措施。',
  },
  how: {
    en: 'Holds every package against the advisories of its ecosystem. Fails for those of the threshold and above of which no repaired version can be had. What is known to be exploited fails image-no-exploited instead. Waivers of vulnerabilities and VEX documents are heeded. Unknown where the vendor is still finding out whether it is affected, nobody has rated what is not repaired, there is no data for some packages, or an advisory cannot be read. `--only-fixed` passes over it.',
    zh: '将每个软件包与其生态系统的公告比对。达到阈值且没有修复版本的漏洞判为未通过。已知被利用的漏洞由 image-no-exploited 判断。采纳漏洞豁免与 VEX 文档。厂商仍在调查是否受影响、未修复的漏洞无人评级、部分软件包没有数据，或有公告无法读取时为未知。`--only-fixed` 时不影响退出码。',
  },
  references: { cisDocker: ['4.4'], nist800190: ['4.1.1'] },
  parameters: { threshold: thresholdParameter },
  counterexample: { contents: contentsWithVulnerability({ status: 'will-not-fix' }) },

  judge({ contents }, { parameters: { threshold } }) {
    return judgeVulnerabilities(contents, {
      isWrong: (each) => isUnfixed(each) && each.status !== 'under-investigation' && isAtLeast(each, threshold),
      open: (findings) => investigated(findings, threshold) ?? unrated(findings),
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Take the package out of the image if nothing needs it, replace it by one that is looked after, or build on a release whose vendor has the fix. Where the flaw does not matter here, say so with a reason and an end: a VEX document, or a waiver in plimsoll.yaml.',
        zh: '不需要的软件包应从镜像中移除，或换用仍受维护的软件包，或改用厂商已修复的发行版本。若该漏洞在此不成立，请用 VEX 文档或 plimsoll.yaml 中的豁免写明原因与期限。',
      },
      [],
      'rebuild',
    );
  },
});

function isUnfixed(each: Vulnerability): boolean {
  return !isRepairable(each) && !isExploited(each);
}

/** Whether the package is affected at all is then not known to its vendor. */
function investigated({ found }: VulnerabilityFindings, threshold: string): Verdict | undefined {
  const count = found.filter(
    (each) =>
      countsAsVulnerable(each) &&
      isUnfixed(each) &&
      each.status === 'under-investigation' &&
      isAtLeast(each, threshold),
  ).length;
  if (count === 0) return undefined;
  return notRepairable(
    unknown(
      {
        en: `Of ${count} ${count === 1 ? 'vulnerability' : 'vulnerabilities'} the vendor is still finding out whether ${count === 1 ? 'it matters' : 'they matter'} here.`,
        zh: `有 ${count} 个漏洞，厂商仍在调查是否受影响。`,
      },
      { en: "the vendor's answer: newer advisories", zh: '厂商的结论：更新的公告' },
    ),
  );
}

function unrated(findings: VulnerabilityFindings): Verdict | undefined {
  const count = unratedIn(findings, isUnfixed);
  if (count === 0) return undefined;
  return notRepairable(
    unknown(
      {
        en: `Nobody has rated ${count} of the vulnerabilities that are not fixed yet.`,
        zh: `有 ${count} 个尚无修复的漏洞无人评级。`,
      },
      ratingsNeeded,
    ),
  );
}

/** The gate passes over it where only what can be had repaired decides. */
function notRepairable(verdict: Verdict): Verdict {
  return { ...verdict, repairable: false };
}
