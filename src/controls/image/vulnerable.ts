import { countsAsVulnerable } from '../../model/counted-vulnerability.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import type { Evidence, UnreadableFact } from '../../model/fact.ts';
import type { ImageContents } from '../../model/image-contents.ts';
import { parsePurl } from '../../model/purl.ts';
import type { Text } from '../../model/text.ts';
import { leavesUnknown } from '../../model/uncovered-packages.ts';
import { fail, notApplicable, pass, unknown, unknownFrom, type Verdict } from '../../model/verdict.ts';
import type { UncoveredPackages, Vulnerability, VulnerabilityFindings } from '../../model/vulnerability.ts';
import { isCritical, isRepairable } from '../vulnerability-rules.ts';
import { notOpened, unseenPart } from './inside.ts';

/** What a control asks of the vulnerabilities that count: each of them belongs to one control only. */
export interface VulnerabilityQuestion {
  readonly isWrong: (vulnerability: Vulnerability) => boolean;
  /** Why it cannot be said that there are none, beside packages of which nothing is known. */
  readonly open: (findings: VulnerabilityFindings) => Verdict | undefined;
}

/** The verdict on an image that was matched against advisories; unknown wherever somebody would have to know more to say "none". */
export function judgeVulnerabilities(contents: ImageContents | undefined, question: VulnerabilityQuestion): Verdict {
  if (!contents) return notOpened();
  const unseen = unseenPackages(contents);
  if (contents.packages.length === 0 && !unseen) {
    return notApplicable({ en: 'It holds no packages.', zh: '其中没有软件包。' });
  }
  const { vulnerabilities } = contents;
  if (!vulnerabilities) return unknown(noData, readSome);
  const wrong = wrongIn(vulnerabilities, question);
  if (wrong.length > 0) {
    return {
      ...fail(foundText(wrong), evidenceOfAll(wrong), 'contents.vulnerabilities'),
      repairable: wrong.some(isRepairable),
      failing: wrong.map((each) => ({ name: nameOf(each), repairable: isRepairable(each) })),
    };
  }
  if (unseen) return unknownFrom(unseen);
  const uncovered = vulnerabilities.uncovered.find(leavesUnknown);
  if (uncovered) return unknown(uncoveredText(uncovered), uncovered.code === 'no-data' ? readSome : otherSource);
  if (vulnerabilities.asked.length === 0) return unknown(nothingAsked, otherSource);
  return question.open(vulnerabilities) ?? passed(vulnerabilities, question);
}

/** What may have packages that nobody has seen: a part that was not read, a package manager's database, entries of a bill. */
function unseenPackages(contents: ImageContents): UnreadableFact | undefined {
  return unseenPart(contents, databases) ?? contents.gaps.find(({ hidesPackages }) => hidesPackages);
}

const databases = [
  '/var/lib/dpkg/status',
  '/var/lib/dpkg/status.d/',
  '/lib/apk/db/installed',
  '/usr/lib/apk/db/installed',
  '/var/lib/rpm/',
  '/usr/lib/sysimage/rpm/',
];

/** A vulnerability of a package, whichever version of it. */
function nameOf({ id, purl: text }: Vulnerability): string {
  const purl = parsePurl(text);
  return [id, ...(purl ? [purl.type, purl.namespace ?? '', purl.name] : [text])].join(' ');
}

/** Those that count and that the control is about. */
export function wrongIn(
  { found }: VulnerabilityFindings,
  { isWrong }: Pick<VulnerabilityQuestion, 'isWrong'>,
): readonly Vulnerability[] {
  return found.filter((each) => countsAsVulnerable(each) && isWrong(each));
}

const noData: Text = { en: 'There are no advisories on this machine.', zh: '本机没有漏洞公告。' };
const readSome: Text = {
  en: 'advisories of its ecosystems: plimsoll feeds update, or plimsoll feeds import FOLDER',
  zh: '其生态系统的公告：plimsoll feeds update 或 plimsoll feeds import FOLDER',
};
const nothingAsked: Text = {
  en: 'None of its packages could be held against advisories.',
  zh: '其中的软件包均无法与公告比对。',
};
const otherSource: Text = { en: 'somebody who knows these packages', zh: '了解这些软件包的人' };

function uncoveredText({ count, reason }: UncoveredPackages): Text {
  return {
    en: `Nothing is known of ${count} ${count === 1 ? 'package' : 'packages'}: ${reason.en}.`,
    zh: `有 ${count} 个软件包情况未知：${reason.zh}。`,
  };
}

/** What was set aside is told, and of how many packages nobody ever will: they are in the image all the same. */
function passed({ found, asked, uncovered }: VulnerabilityFindings, { isWrong }: VulnerabilityQuestion): Verdict {
  const aside = found.filter((each) => isWrong(each) && !countsAsVulnerable(each)).length;
  const untold = uncovered.reduce((sum, { count }) => sum + count, 0);
  const { en, zh } =
    aside === 0
      ? { en: 'Advisories know of none', zh: '公告中未见此类漏洞' }
      : {
          en: `Advisories know of none that counts; ${aside} ${aside === 1 ? 'is' : 'are'} waived or said not to matter here`,
          zh: `公告中没有需要计入的此类漏洞；另有 ${aside} 个已豁免或已声明在此不成立`,
        };
  const told = {
    en: `; no advisories tell of ${untold} ${untold === 1 ? 'package' : 'packages'}`,
    zh: `；有 ${untold} 个软件包没有公告可依`,
  };
  return pass(
    { en: `${en}${untold === 0 ? '' : told.en}.`, zh: `${zh}${untold === 0 ? '' : told.zh}。` },
    asked.map(({ ecosystem, packages }) => ({ source: 'file', path: ecosystem, value: `${packages} packages` })),
  );
}

function foundText(found: readonly Vulnerability[]): Text {
  const packages = new Set(found.map(({ purl }) => purl)).size;
  return {
    en: `${found.length} ${found.length === 1 ? 'vulnerability' : 'vulnerabilities'} in ${packages} ${packages === 1 ? 'package' : 'packages'}.`,
    zh: `${packages} 个软件包中有 ${found.length} 个漏洞。`,
  };
}

/** Pieces of evidence that a report has room for. */
const most = 100;

/** The critical ones first. */
function evidenceOfAll(found: readonly Vulnerability[]): Evidence[] {
  const ordered = found.toSorted((left, right) => Number(isCritical(right)) - Number(isCritical(left)));
  return ordered.slice(0, most).map(({ id, path, purl, status, fixedIn, exploitedSince }) => ({
    source: 'file',
    path,
    value: [
      id,
      purl,
      fixedIn === undefined ? status : `fixed in ${fixedIn}`,
      ...(exploitedSince === undefined ? [] : [`exploited since ${exploitedSince}`]),
    ].join(' · '),
  }));
}

/** What must fail: a flaw of the one package of the exemplary image, repaired in the next version unless it is said otherwise. */
export function contentsWithVulnerability(change: Partial<Vulnerability> = {}): ImageContents {
  const { purl = '', path = '', layer = 0 } = exemplarContents.packages[0] ?? {};
  const planted: Vulnerability = {
    id: 'CVE-2024-0001',
    aliases: [],
    advisory: 'DSA-5600-1',
    purl,
    path,
    layer,
    status: 'fixed',
    severity: { level: 'high', source: 'debian' },
    summary: '',
    reason: {
      ecosystem: 'Debian:13',
      name: 'base-files',
      compared: 'source',
      version: '13.8',
      ordering: 'dpkg',
      doubts: [],
    },
    ...change,
  };
  return {
    ...exemplarContents,
    vulnerabilities: { found: [planted], uncovered: [], asked: [] },
  };
}
