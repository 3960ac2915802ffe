import type { Coverage, Report } from '../../model/report.ts';
import { type Language, type Text, verbatim } from '../../model/text.ts';
import { countFailures } from '../by-subject.ts';
import { acceptedBy, labelled, scoreCounts, scoreText, severityCounts, words } from '../words.ts';
import { patternsOf, saidBy } from '../vulnerability-waiver-texts.ts';
import { indented } from './lines.ts';
import { paint, type Terminal } from './paint.ts';
import { cutTo, wrap } from './wrap.ts';

const frameWords = {
  gaps: { en: 'Could not be read', zh: '未能读取' },
  unusedWaiver: { en: 'This waiver matches nothing and can go', zh: '该豁免未匹配任何结果，可以删除' },
  unusedHere: { en: 'This waiver matches nothing in what was scanned', zh: '该豁免与扫描内容无匹配' },
  expiredWaiver: { en: 'This waiver has expired', zh: '该豁免已过期' },
  none: { en: 'Nothing failed', zh: '没有未通过项' },
  noEngine: {
    en: 'Nothing could be judged of the engine and its containers: this is not a clean bill of health.',
    zh: '引擎及其容器完全无法判断：这并不表示一切正常。',
  },
  nothing: {
    en: 'Nothing could be judged: this is not a clean bill of health.',
    zh: '没有任何内容可供判断：这并不表示一切正常。',
  },
} satisfies Record<string, Text>;

/** What every terminal report begins and ends with. */
export const frame = { top, bottom };

function top(report: Report, terminal: Terminal): string[] {
  const { tool, language, baseline, finished } = report;
  const line = `${tool.name} ${tool.version} · ${words.baseline[language]} ${baseline} · ${finished}`;
  return [paint(cutTo(line, terminal.width), 'dim', terminal)];
}

function bottom(report: Report, terminal: Terminal): string[] {
  return [
    rule(terminal),
    ...scoreLines(report, terminal),
    ...gapLines(report, terminal),
    ...waiverLines(report, terminal),
  ];
}

export function heading(text: string, terminal: Terminal): string {
  return paint(cutTo(text, terminal.width), 'heading', terminal);
}

function rule({ width }: Terminal): string {
  return '─'.repeat(Math.min(width, 100));
}

/** Points, and how they came about. */
export function scoreLines(report: Report, terminal: Terminal): string[] {
  const { language, score, findings } = report;
  if (score.value === null) return wrap(frameWords.nothing[language], terminal.width);
  const unjudged = isEngineUnjudged(report) ? wrap(frameWords.noEngine[language], terminal.width) : [];
  const failures = severityCounts(countFailures(findings), language) || frameWords.none[language];
  const points = `${words.score[language]} ${scoreText(score)}/100`;
  const [first = '', ...rest] = wrap(`${points} · ${failures}`, terminal.width);
  return [
    first.replace(points, paint(points, score.value >= 80 ? 'good' : 'bad', terminal)),
    ...rest,
    ...unjudged.map((line) => paint(line, 'unknown', terminal)),
    ...wrap(scoreCounts(score, language), terminal.width).map((line) => paint(line, 'dim', terminal)),
  ];
}

/** Whether nothing at all is known of the engine: the points are those of the host alone. */
function isEngineUnjudged({ subjects, findings }: Report): boolean {
  const engines = new Set(subjects.filter(({ kind }) => kind === 'engine').map(({ id }) => id));
  const said = findings.filter(({ subject }) => engines.has(subject));
  return said.length > 0 && !said.some(({ status }) => status === 'pass' || status === 'fail' || status === 'waived');
}

/** Facts that are missing, one line for each way to get them. */
export function gapLines({ coverage, language }: Report, terminal: Terminal): string[] {
  const gaps = coverage.filter(({ status }) => status === 'unreadable');
  if (gaps.length === 0) return [];
  const groups = Map.groupBy(gaps, ({ reason, need }) => `${reason ?? ''} → ${need ?? ''}`);
  const lines = [...groups]
    .slice(0, shownGroups)
    .flatMap(([text, group]) =>
      indented('  ? ', labelled(verbatim(namesOf(group, language)), text, language), terminal),
    );
  const rest = groups.size - shownGroups;
  const more =
    language === 'zh' ? `  ……另外 ${rest} 种，见 --format json` : `  … and ${rest} more kinds: see --format json`;
  return [
    '',
    paint(frameWords.gaps[language], 'unknown', terminal),
    ...lines,
    ...(rest > 0 ? [paint(more, 'dim', terminal)] : []),
  ];
}

const shownNames = 3;
/** An image may have a gap for each of a thousand files: more than this nobody reads here. */
const shownGroups = 20;

function namesOf(gaps: readonly Coverage[], language: Language): string {
  const names = [...new Set(gaps.map(({ what }) => what))];
  const shown = names.slice(0, shownNames).join(', ');
  if (names.length <= shownNames) return shown;
  const more = names.length - shownNames;
  return language === 'zh' ? `${shown} 等另外 ${more} 项` : `${shown} and ${more} more`;
}

/** Waivers that do nothing, or no longer. */
function waiverLines({ waivers, vulnerabilityWaivers = [], language }: Report, terminal: Terminal): string[] {
  const line = (what: Text, text: string) => indented('! ', labelled(what, text, language), terminal);
  return [
    ...waivers
      .filter(({ state }) => state !== 'used')
      .flatMap((waiver) =>
        line(
          waiver.state === 'unused' ? frameWords.unusedWaiver : frameWords.expiredWaiver,
          `${waiver.control} ${waiver.subject} (${acceptedBy(waiver, language)})`,
        ),
      ),
    ...vulnerabilityWaivers
      .filter(({ state }) => state !== 'used')
      .flatMap((waiver) =>
        line(
          waiver.state === 'unused' ? frameWords.unusedHere : frameWords.expiredWaiver,
          `${patternsOf(waiver)} (${saidBy(waiver)}, ${waiver.until})`,
        ),
      ),
  ];
}
