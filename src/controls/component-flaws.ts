import type { Evidence } from '../model/fact.ts';
import type { HostComponent } from '../model/host-component.ts';
import type { JsonValue } from '../model/json.ts';
import { parsePurl } from '../model/purl.ts';
import { severities, type Severity } from '../model/severity.ts';
import type { Text } from '../model/text.ts';
import { unknown, unknownFrom, type Verdict } from '../model/verdict.ts';
import type { AskedEcosystem, Vulnerability } from '../model/vulnerability.ts';
import { countsAsVulnerable } from '../model/counted-vulnerability.ts';
import { listed } from './container/listing.ts';
import {
  isAccepted,
  isAtLeast,
  isCritical,
  isExploited,
  isRepairable,
  ratingsNeeded,
  thresholdParameter,
  unratedIn,
} from './vulnerability-rules.ts';

/** What a user may tune of every control that asks for known flaws of what runs the containers. */
export const flawParameters = {
  threshold: thresholdParameter,
  accepted: {
    default: [] as readonly string[],
    description: {
      en: 'Vulnerabilities that are accepted, by id: CVE-2024-1234.',
      zh: '已接受的漏洞 ID，如 CVE-2024-1234。',
    },
  },
} as const;

/** Said in the documentation of all of them. */
export const flawSeverityNote: Text = {
  en: 'Critical where a flaw is, or is known to be exploited.',
  zh: '存在严重漏洞或已知被利用的漏洞时为严重。',
};

type Wanted = Readonly<Record<string, JsonValue>>;

/** A component with those of its flaws for which it fails, the most urgent first. */
export interface FlawedComponent {
  readonly component: HostComponent;
  readonly flaws: readonly Vulnerability[];
}

/** The components that have flaws of the threshold and above which can be had repaired, or any that is known to be exploited. */
export function flawedAmong(components: readonly HostComponent[], wanted: Wanted): readonly FlawedComponent[] {
  return components.flatMap((component) => {
    const flaws = failingFlaws(component, wanted);
    return flaws.length > 0 ? [{ component, flaws }] : [];
  });
}

function failingFlaws({ flaws }: HostComponent, { threshold, accepted }: Wanted): readonly Vulnerability[] {
  if (!flaws.known) return [];
  const failing = flaws.value.found.filter(
    (each) =>
      countsAsVulnerable(each) &&
      !isAccepted(each, accepted) &&
      (isExploited(each) || (isRepairable(each) && isAtLeast(each, threshold))),
  );
  return distinct(failing).toSorted((left, right) => rankOf(left) - rankOf(right));
}

/** Two modules may be one under two names. */
function distinct(flaws: readonly Vulnerability[]): Vulnerability[] {
  return [...new Map(flaws.toReversed().map((each) => [each.id, each])).values()].toReversed();
}

function rankOf({ severity: { level }, exploitedSince }: Vulnerability): number {
  return (
    (level === 'unknown' ? severities.length : severities.indexOf(level)) - (exploitedSince === undefined ? 0 : 10)
  );
}

/** How grave they are together: high, unless one is more than that. */
export function severityOfFlaws(flawed: readonly FlawedComponent[]): Severity {
  return flawed.some(({ flaws }) => flaws.some((each) => isCritical(each) || isExploited(each))) ? 'critical' : 'high';
}

/** For each component `runc 1.1.4-1 has CVE-2024-21626 (fixed in 1.1.5-1+deb12u1), … and 3 more`. */
export function flawedTexts(flawed: readonly FlawedComponent[]): readonly Text[] {
  return flawed.map(({ component, flaws }) => {
    const called = calledText(component);
    const named = listed(flaws.map((each) => flawText(each, component)));
    return { en: `${called} has ${named.en}`, zh: `${called} 存在 ${named.zh}` };
  });
}

/** A sentence each. */
export function sentences(texts: readonly Text[]): Text {
  return { en: texts.map(({ en }) => `${en}.`).join(' '), zh: texts.map(({ zh }) => `${zh}。`).join('') };
}

/** The program with its version, or the kernel by its release and the version of its package. */
export function calledText({ part, name, version }: HostComponent): string {
  return part === 'kernel' ? `Linux ${name}${version === '' ? '' : ` (${version})`}` : `${name} ${version}`.trim();
}

function flawText({ id, fixedIn, exploitedSince, reason }: Vulnerability, { judgedBy }: HostComponent): Text {
  const notes = [
    ...(judgedBy === 'distribution' ? [] : [{ en: `in ${reason.name}`, zh: `位于 ${reason.name}` }]),
    ...(fixedIn === undefined ? [] : [{ en: `fixed in ${fixedIn}`, zh: `修复于 ${fixedIn}` }]),
    ...(exploitedSince === undefined
      ? []
      : [{ en: `exploited since ${exploitedSince}`, zh: `自 ${exploitedSince} 起被利用` }]),
  ];
  if (notes.length === 0) return { en: id, zh: id };
  return {
    en: `${id} (${notes.map(({ en }) => en).join(', ')})`,
    zh: `${id}（${notes.map(({ zh }) => zh).join('，')}）`,
  };
}

/** Pieces of evidence that a report has room for; all flaws stand in its own list of components. */
const mostShown = 10;

export function flawEvidence(flawed: readonly FlawedComponent[]): readonly Evidence[] {
  return flawed
    .flatMap(({ flaws }) => flaws)
    .slice(0, mostShown)
    .map(({ id, purl, path, fixedIn, exploitedSince }) => ({
      source: 'file',
      path: `${path} ${packageText(purl)}`,
      value: [
        id,
        ...(fixedIn === undefined ? [] : [`fixed in ${fixedIn}`]),
        ...(exploitedSince === undefined ? [] : [`exploited since ${exploitedSince}`]),
      ].join(' · '),
    }));
}

function packageText(purl: string): string {
  const { name, version } = parsePurl(purl) ?? {};
  return name === undefined ? purl : `${name} ${version ?? ''}`.trim();
}

/**
 * Why a component without a failing flaw cannot pass by its advisories: nothing could be asked, an advisory cannot be read, or nobody has rated
 * what is repaired. `undefined` where it can.
 */
export function doubtAbout(component: HostComponent): Verdict | undefined {
  const { flaws } = component;
  const called = calledText(component);
  if (!flaws.known) {
    const { en, zh } = flaws.reason;
    return unknownFrom({ ...flaws, reason: { en: `${called}: ${en}`, zh: `${called}：${zh}` } });
  }
  const { uncovered } = flaws.value;
  const open = uncovered.find(({ code }) => !neverTold.has(code));
  if (open) {
    return unknown(
      {
        en: `Not all is known of ${called}: ${open.reason.en}.`,
        zh: `${called} 的情况不完全清楚：${open.reason.zh}。`,
      },
      otherSource,
      askedEvidence(component),
    );
  }
  return unratedFlaws(component);
}

/** Why one cannot pass whose flaws nobody has rated: some may be severe. `undefined` where there are none of that kind. */
export function unratedFlaws(component: HostComponent): Verdict | undefined {
  const { flaws } = component;
  const unrated = flaws.known ? unratedIn(flaws.value, isRepairable) : 0;
  if (unrated === 0) return undefined;
  const called = calledText(component);
  return unknown(
    {
      en: `Nobody has rated ${unrated} of the flaws of ${called} that are fixed in newer versions.`,
      zh: `${called} 有 ${unrated} 个已有修复的漏洞无人评级。`,
    },
    ratingsNeeded,
    askedEvidence(component),
  );
}

/** No data that could be imported will ever tell of these. */
const neverTold: ReadonlySet<string> = new Set(['third-party', 'unversioned-go-module']);
const otherSource: Text = { en: 'what whoever made it says of its flaws', zh: '制作方发布的漏洞信息' };

/** What a pass rests on: where it was looked up, and how old the data is. */
export function askedEvidence({ flaws }: HostComponent): readonly Evidence[] {
  const asked = flaws.known ? flaws.value.asked : [];
  return asked.map((each) => ({ source: 'file', path: `advisories of ${each.ecosystem}`, value: ageOf(each) }));
}

function ageOf({ newest, read }: AskedEcosystem): string {
  const [changed, taken] = [newest, read].map((seconds) =>
    seconds === null ? 'not known' : new Date(seconds * 1000).toISOString().slice(0, 10),
  );
  return `newest of ${changed}, read ${taken}`;
}
