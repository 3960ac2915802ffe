import type { ReportSubject } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import { statusNames } from '../../model/verdict.ts';
import { type SubjectFindings, withStatus } from '../by-subject.ts';
import { countText, detailName, detailValue, subjectKindNames, words } from '../words.ts';
import { card, row } from './finding.ts';
import { type Markup, markup } from './markup.ts';
import { countBadges } from './overview.ts';

/** One subject: what to act on as cards, worst first; the rest folded away. */
export function subjectSection(group: SubjectFindings, index: number, language: Language): Markup {
  const { subject, findings } = group;
  const name = `s${index + 1}`;
  const passed = withStatus(findings, 'pass');
  const notApplicable = withStatus(findings, 'not-applicable');
  const counts = [
    passed.length > 0 && countText(passed.length, statusNames.pass[language], language),
    notApplicable.length > 0 && countText(notApplicable.length, statusNames['not-applicable'][language], language),
  ].filter((count) => count !== false);
  return markup`
<section class="subject" id="${name}" aria-labelledby="${name}-name" data-name="${subject.id}">
<header><h3 id="${name}-name"><span class="kind">${subjectKindNames[subject.kind][language]}</span> <bdi>${subject.name}</bdi></h3>
<p class="badges">${countBadges(group, language)}</p>
${detailsOf(subject, language)}</header>
${withStatus(findings, 'fail', 'unknown', 'waived').map((finding) => card(finding, language))}
${
  counts.length > 0 &&
  markup`<details class="rest"><summary>${counts.join(' · ')}</summary>
<ul>${[...passed, ...notApplicable].map((finding) => row(finding, language))}
</ul></details>`
}
</section>`;
}

function detailsOf({ details, source }: ReportSubject, language: Language): Markup {
  const entries = Object.entries(details).filter(([, value]) => value !== undefined && value !== null);
  return markup`<dl class="details">${entries.map(
    ([key, value]) =>
      markup`<div><dt>${detailName(key, language)}</dt><dd>${detailValue(key, value ?? null, language)}</dd></div>`,
  )}<div><dt>${words.readFrom[language]}</dt><dd>${source}</dd></div></dl>`;
}
