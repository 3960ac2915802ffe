import { defineControl } from '../../model/control.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import type { Evidence } from '../../model/fact.ts';
import type { ImageFacts } from '../../model/image.ts';
import { byHand } from '../../model/remedy.ts';
import { reaches, severities, type Severity } from '../../model/severity.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import type { Vulnerability, VulnerabilityFindings } from '../../model/vulnerability.ts';
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
    of: (image) => (severe(image).some(isUrgent) ? 'critical' : 'high'),
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
    en: 'Holds every package against the advisories of its ecosystem. Fails for those of high severity and above that can be had repaired, and for any that is known to be exploited. Without data for the distribution of the image nothing is known.',
    zh: '将每个软件包与其生态系统的公告比对。可修复的高危及以上漏洞，或任何已知被利用的漏洞，判为未通过。没有该发行版的数据时为未知。',
  },
  references: {
    cisDocker: ['4.4'],
    nist800190: ['4.1.1'],
    links: ['https://www.cisa.gov/known-exploited-vulnerabilities-catalog'],
  },
  parameters: {
    threshold: {
      default: 'high',
      description: { en: 'The lowest severity that fails.', zh: '判为未通过的最低严重程度。' },
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

  judge({ contents }, { parameters: { threshold, accepted } }) {
    if (!contents) return notOpened();
    if (contents.packages.length === 0) return notApplicable({ en: 'It holds no packages.', zh: '其中没有软件包。' });
    const { vulnerabilities } = contents;
    if (!vulnerabilities) return unknown(noData, readSome);
    const found = failing(vulnerabilities, named(threshold)).filter(({ id }) => !accepted.includes(id));
    if (found.length > 0) return fail(foundText(found), evidenceOfAll(found), 'contents.vulnerabilities');
    const uncovered = vulnerabilities.uncovered.find(({ ofSystem }) => ofSystem);
    if (uncovered) {
      return unknown(
        {
          en: `Of ${uncovered.count} packages of the system it is not known: ${uncovered.reason.en}.`,
          zh: `有 ${uncovered.count} 个系统软件包情况未知：${uncovered.reason.zh}。`,
        },
        readSome,
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

function failing({ found }: VulnerabilityFindings, threshold: Severity): readonly Vulnerability[] {
  return found.filter(
    ({ status, severity, exploitedSince, coveredBy, vex }) =>
      coveredBy === undefined &&
      vex?.status !== 'not-affected' &&
      vex?.status !== 'fixed' &&
      ((status === 'fixed' && severity.level !== 'unknown' && reaches(severity.level, threshold)) ||
        (exploitedSince !== undefined && status !== 'not-affected')),
  );
}

function severe({ contents }: ImageFacts): readonly Vulnerability[] {
  return contents?.vulnerabilities ? failing(contents.vulnerabilities, 'high') : [];
}

function isUrgent({ severity, exploitedSince }: Vulnerability): boolean {
  return severity.level === 'critical' || exploitedSince !== undefined;
}

function foundText(found: readonly Vulnerability[]): Text {
  const packages = new Set(found.map(({ purl }) => purl)).size;
  const exploited = found.filter(({ exploitedSince }) => exploitedSince !== undefined).length;
  return {
    en: `${found.length} vulnerabilities in ${packages} packages${exploited > 0 ? `, ${exploited} of them known to be exploited` : ''}.`,
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
