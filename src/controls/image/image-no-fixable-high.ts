import { defineControl } from '../../model/control.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import type { Evidence } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { reaches, severities, type Severity } from '../../model/severity.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import type { UncoveredPackages, Vulnerability, VulnerabilityFindings } from '../../model/vulnerability.ts';
import { notOpened } from './inside.ts';

export const imageNoFixableHigh = defineControl({
  id: 'image-no-fixable-high',
  subject: 'image',
  severity: {
    usual: 'high',
    note: {
      en: 'Critical where one of them is, or is known to be exploited.',
      zh: '其中有严重漏洞或已知被利用的漏洞时为严重。',
    },
    of: ({ contents }, { parameters }) =>
      contents?.vulnerabilities && failing(contents.vulnerabilities, wantedIn(parameters)).some(isUrgent)
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
    en: 'Holds every package against the advisories of its ecosystem. Fails for those of the threshold and above that can be had repaired, and for any that is known to be exploited. Unknown where there is no data for some packages, an advisory cannot be read, or nobody has rated what is repaired. Packages of third parties and of the kernel, of which no advisories tell, do not decide.',
    zh: '将每个软件包与其生态系统的公告比对。达到阈值且可修复的漏洞，或任何已知被利用的漏洞，判为未通过。部分软件包没有数据、有公告无法读取，或已修复的漏洞无人评级时为未知。没有公告可依的第三方与内核软件包不影响判断。',
  },
  references: {
    cisDocker: ['4.4'],
    nist800190: ['4.1.1'],
    links: ['https://www.cisa.gov/known-exploited-vulnerabilities-catalog'],
  },
  parameters: {
    threshold: {
      default: 'high',
      description: {
        en: 'The lowest severity that fails: critical, high, medium, low or info.',
        zh: '判为未通过的最低严重程度：critical、high、medium、low 或 info。',
      },
    },
    accepted: {
      default: [] as readonly string[],
      description: {
        en: 'Vulnerabilities that are accepted, by id: CVE-2024-1234.',
        zh: '已接受的漏洞 ID，如 CVE-2024-1234。',
      },
    },
  },
  counterexample: {
    contents: { ...exemplarContents, vulnerabilities: { found: [planted()], uncovered: [], asked: [] } },
  },

  judge({ contents }, { parameters }) {
    if (!contents) return notOpened();
    if (contents.packages.length === 0) return notApplicable({ en: 'It holds no packages.', zh: '其中没有软件包。' });
    const { vulnerabilities } = contents;
    if (!vulnerabilities) return unknown(noData, readSome);
    const found = failing(vulnerabilities, parameters);
    if (found.length > 0) return fail(foundText(found), evidenceOfAll(found), 'contents.vulnerabilities');
    const uncovered = vulnerabilities.uncovered.find(({ code }) => deciding.has(code));
    if (uncovered) return unknown(uncoveredText(uncovered), uncovered.code === 'no-data' ? readSome : otherSource);
    if (vulnerabilities.asked.length === 0) return unknown(nothingAsked, otherSource);
    const unrated = unratedIn(vulnerabilities);
    if (unrated > 0) {
      return unknown(
        {
          en: `Nobody has rated ${unrated} of the vulnerabilities that are fixed in newer versions.`,
          zh: `有 ${unrated} 个已有修复的漏洞无人评级。`,
        },
        { en: 'ratings of CVEs: cve-meta.jsonl among what is imported', zh: 'CVE 评级：导入数据中的 cve-meta.jsonl' },
      );
    }
    return pass(
      { en: 'Advisories know of none.', zh: '公告中未见此类漏洞。' },
      vulnerabilities.asked.map(({ ecosystem, packages }) => ({
        source: 'file',
        path: ecosystem,
        value: `${packages} packages`,
      })),
    );
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

const noData: Text = { en: 'There are no advisories on this machine.', zh: '本机没有漏洞公告。' };
const readSome: Text = {
  en: 'advisories of its ecosystems: plimsoll feeds import FOLDER',
  zh: '其生态系统的公告：plimsoll feeds import FOLDER',
};

/** A word that is no severity asks for what is usual. */
function named(threshold: string): Severity {
  return severities.find((each) => each === threshold) ?? 'high';
}

/** As the policy has them, of whichever type. */
function wantedIn(parameters: Readonly<Record<string, JsonValue>>): Wanted {
  const { threshold, accepted } = parameters;
  return {
    threshold: typeof threshold === 'string' ? threshold : 'high',
    accepted: Array.isArray(accepted) ? accepted.filter((each) => typeof each === 'string') : [],
  };
}

interface Wanted {
  readonly threshold: string;
  readonly accepted: readonly string[];
}

function failing({ found }: VulnerabilityFindings, { threshold, accepted }: Wanted): readonly Vulnerability[] {
  const least = named(threshold);
  return found.filter(
    (each) =>
      counts(each) &&
      !accepted.includes(each.id) &&
      (each.exploitedSince !== undefined ||
        (each.status === 'fixed' && each.severity.level !== 'unknown' && reaches(each.severity.level, least))),
  );
}

/** Neither a package of the system, nor its vendor, nor a VEX document says that it is none. */
function counts({ status, coveredBy, vex }: Vulnerability): boolean {
  return (
    coveredBy === undefined && status !== 'not-affected' && vex?.status !== 'not-affected' && vex?.status !== 'fixed'
  );
}

function unratedIn({ found }: VulnerabilityFindings): number {
  return found.filter((each) => counts(each) && each.status === 'fixed' && each.severity.level === 'unknown').length;
}

/** Reasons for which more may be wrong than is known. Of what others packed, or what never runs, no data will ever tell. */
const deciding: ReadonlySet<string> = new Set([
  'no-data',
  'no-distribution',
  'no-release',
  'odd-version',
  'other-distribution',
  'uncovered-distribution',
  'unknown-module-stream',
  'unreadable-advisory',
]);

function uncoveredText({ count, reason }: UncoveredPackages): Text {
  return {
    en: `Nothing is known of ${count} ${count === 1 ? 'package' : 'packages'}: ${reason.en}.`,
    zh: `有 ${count} 个软件包情况未知：${reason.zh}。`,
  };
}

const nothingAsked: Text = {
  en: 'None of its packages could be held against advisories.',
  zh: '其中的软件包均无法与公告比对。',
};
const otherSource: Text = { en: 'somebody who knows these packages', zh: '了解这些软件包的人' };

function isUrgent({ severity, exploitedSince }: Vulnerability): boolean {
  return severity.level === 'critical' || exploitedSince !== undefined;
}

function foundText(found: readonly Vulnerability[]): Text {
  const packages = new Set(found.map(({ purl }) => purl)).size;
  const exploited = found.filter(({ exploitedSince }) => exploitedSince !== undefined).length;
  return {
    en: `${found.length} ${found.length === 1 ? 'vulnerability' : 'vulnerabilities'} in ${packages} ${packages === 1 ? 'package' : 'packages'}${exploited > 0 ? `, ${exploited} of them known to be exploited` : ''}.`,
    zh: `${packages} 个软件包中有 ${found.length} 个漏洞${exploited > 0 ? `，其中 ${exploited} 个已知被利用` : ''}。`,
  };
}

/** Pieces of evidence that a report has room for. */
const most = 100;

function evidenceOfAll(found: readonly Vulnerability[]): Evidence[] {
  const ordered = found.toSorted((left, right) => Number(isUrgent(right)) - Number(isUrgent(left)));
  return ordered.slice(0, most).map(({ id, path, purl, fixedIn, exploitedSince }) => ({
    source: 'file',
    path,
    value: [
      id,
      purl,
      ...(fixedIn === undefined ? [] : [`fixed in ${fixedIn}`]),
      ...(exploitedSince === undefined ? [] : [`exploited since ${exploitedSince}`]),
    ].join(' · '),
  }));
}

/** What must fail: a flaw of the one package of the exemplary image. */
function planted(): Vulnerability {
  const { purl = '', path = '', layer = 0 } = exemplarContents.packages[0] ?? {};
  return {
    id: 'CVE-2024-0001',
    aliases: [],
    advisory: 'DSA-5600-1',
    purl,
    path,
    layer,
    status: 'fixed',
    fixedIn: '13.9',
    severity: { level: 'high', source: 'debian' },
    summary: '',
    reason: {
      ecosystem: 'Debian:13',
      name: 'base-files',
      compared: 'source',
      version: '13.8',
      ordering: 'dpkg',
      range: { fixed: '13.9' },
      doubts: [],
    },
  };
}
