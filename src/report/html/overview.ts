import type { Report, Score } from '../../model/report.ts';
import { severities, severityNames } from '../../model/severity.ts';
import type { Language } from '../../model/text.ts';
import { statusNames } from '../../model/verdict.ts';
import { countFailures, type SubjectFindings, withStatus } from '../by-subject.ts';
import {
  countText,
  labelled,
  reportTitle,
  scoreCounts,
  scoreText,
  severityCounts,
  subjectKindNames,
  timeText,
  words,
} from '../words.ts';
import { plimsollMark, shareBar } from './mark.ts';
import { type Markup, markup } from './markup.ts';
import { htmlWords } from './words.ts';

/** What was audited and how it stands: the top of the page. */
export function overview(report: Report): Markup {
  const { language, score, tool } = report;
  const failures = countFailures(report.findings);
  const worst = severities.find((severity) => failures[severity] > 0);
  const shares = [
    { name: 'fail', count: score.fail },
    { name: 'unknown', count: score.unknown },
    { name: 'waived', count: score.waived },
    { name: 'pass', count: score.pass },
    { name: 'not-applicable', count: score.notApplicable },
  ] as const;
  return markup`<header class="head">
<p class="brand">${plimsollMark('logo')}<span>Plimsoll</span></p>
<h1>${reportTitle(report)}</h1>
<p class="meta">${words.baseline[language]} <b>${report.baseline}</b> · <time datetime="${report.finished}">${timeText(report.finished)}</time> · ${tool.name} ${tool.version}</p>
<div class="hero">
<div class="score ${worst ?? colourOf(score)}">${plimsollMark('mark')}
<p><span class="label">${words.score[language]}</span> <strong>${scoreText(score)}</strong> <span class="label">${htmlWords.outOf100[language]}</span></p></div>
<div class="standing">
<p class="headline">${headline(report, severityCounts(failures, language))}</p>
${shareBar(shares, scoreCounts(score, language))}
<ul class="legend">${shares.map(
    ({ name, count }) =>
      markup`<li><span class="dot share ${name}"></span>${statusNames[name][language]} <b>${count}</b></li>`,
  )}</ul>
<p class="note">${htmlWords.scoreNote[language]}</p>
</div>
</div>
</header>`;
}

/** Without failures: green only when everything is known. */
function colourOf({ value, unknown }: Score): string {
  if (value === null) return 'not-applicable';
  return unknown > 0 ? 'unknown' : 'pass';
}

function headline({ language, score }: Report, failures: string): string {
  if (failures !== '') return labelled(words.failures, failures.replaceAll(betweenCountAndName, '\u00A0'), language);
  if (score.value === null) return words.nothingJudged[language];
  return score.unknown > 0 ? htmlWords.noFailuresButUnknown[language] : htmlWords.noFailures[language];
}

const betweenCountAndName = /(?<=\d) (?=\D)| (?=\d+(?:、|$))/g;

/** Every subject with its counts, as links into the page. */
export function contents(groups: readonly SubjectFindings[], ofFiles: boolean, language: Language): Markup {
  if (groups.length === 0) return markup``;
  return markup`<nav aria-labelledby="subjects">
<h2 id="subjects">${words.subjects[language]}</h2>
<ol class="contents${ofFiles && ' files'}">${groups.map(
    (group, index) => markup`
<li><a href="#s${index + 1}"><span class="kind">${subjectKindNames[group.subject.kind][language]}</span>
<bdi class="name">${group.subject.name}</bdi> <span class="badges">${countBadges(group, language)}</span></a></li>`,
  )}
</ol>
</nav>`;
}

/** `2 critical  1 unknown`, or that there is nothing to do. */
export function countBadges({ findings }: SubjectFindings, language: Language): readonly Markup[] {
  if (findings.length === 0) return [markup`<span class="badge not-applicable">${htmlWords.notAsked[language]}</span>`];
  const failures = countFailures(findings);
  const counts = [
    ...severities.map((name) => ({ name, count: failures[name], text: severityNames[name][language] })),
    ...(['unknown', 'waived'] as const).map((name) => ({
      name,
      count: withStatus(findings, name).length,
      text: statusNames[name][language],
    })),
  ].filter(({ count }) => count > 0);
  return counts.length === 0
    ? [markup`<span class="badge pass">${htmlWords.clean[language]}</span>`]
    : counts.map(
        ({ name, count, text }) => markup`<span class="badge ${name}">${countText(count, text, language)}</span> `,
      );
}
