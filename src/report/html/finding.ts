import { disruptionNames } from '../../model/remedy.ts';
import type { Finding, RenderedRemedy } from '../../model/report.ts';
import { severityNames } from '../../model/severity.ts';
import type { Language } from '../../model/text.ts';
import { statusNames } from '../../model/verdict.ts';
import { locationText, plainLinks, valueText } from '../value-text.ts';
import { referenceNames, sourceNames, words } from '../words.ts';
import { type Markup, markup } from './markup.ts';

/** Something to act on, in full. */
export function card(finding: Finding, language: Language): Markup {
  const { status, severity, level, title, control, message, need, remedy, location, references } = finding;
  return markup`
<article class="finding ${status === 'fail' ? severity : status}" data-status="${status}" data-severity="${severity}" data-level="${level}">
<header><span class="badge ${status}">${statusNames[status][language]}</span> <span class="badge ${severity}">${severityNames[severity][language]}</span>
<h4>${title}</h4></header>
<p class="ids"><code>${control}</code>${referenceNames(references).map((name) => markup` <span>${name}</span>`)}${plainLinks(
    references,
  ).map((link) => markup` <a href="${link}" rel="noopener noreferrer">${new URL(link).hostname}</a>`)}</p>
<p class="message"><bdi>${message}</bdi></p>
${need !== null && markup`<p class="need"><b>${words.need[language]}</b> <bdi>${need}</bdi></p>`}
${waiverOf(finding, language)}
${location?.file !== undefined && markup`<p class="where"><b>${words.where[language]}</b> <code>${locationText(location)}</code></p>`}
${remedy !== null && remedyOf(remedy, language)}
${evidenceOf(finding, language)}
</article>`;
}

/** Something that needs no action: one line, and its evidence. */
export function row(
  { status, severity, level, title, control, message, evidence }: Finding,
  language: Language,
): Markup {
  return markup`
<li data-status="${status}" data-severity="${severity}" data-level="${level}"><span class="badge ${status}">${statusNames[status][language]}</span>
<div><p><b>${title}</b> <code>${control}</code></p>
<p><bdi>${message}</bdi>${evidence.map(({ path, value }) => markup` <code>${path}: ${valueText(value, language)}</code>`)}</p></div></li>`;
}

function waiverOf({ waiver }: Finding, language: Language): Markup {
  if (waiver === null) return markup``;
  const label = waiver.expired ? words.waiverExpired : words.waiver;
  return markup`<p class="waiver"><b>${label[language]}</b> <bdi>${waiver.reason}</bdi> · ${words.owner[language]} <bdi>${waiver.owner ?? words.besideIt[language]}</bdi>${
    waiver.until !== null && markup` · ${words.until[language]} ${waiver.until}`
  }</p>`;
}

function remedyOf({ summary, disruption, commands }: RenderedRemedy, language: Language): Markup {
  return markup`<div class="fix">
<p><b>${words.fix[language]}</b> <bdi>${summary}</bdi> <span class="badge disruption ${disruption}">${disruptionNames[disruption][language]}</span></p>
${commands.length > 0 && markup`<div class="commands"><pre><code>${commands.join('\n')}</code></pre></div>`}
</div>`;
}

function evidenceOf({ status, evidence }: Finding, language: Language): Markup {
  if (evidence.length === 0) return markup``;
  return markup`<details class="evidence" open><summary>${words.evidence[language]}</summary>
<dl>${evidence.map(
    ({ source, path, value }) => markup`
<div><dt>${sourceNames[source][language]} <code>${path}</code></dt><dd>${status === 'unknown' && value === null ? words.unreadable[language] : markup`<code>${valueText(value, language)}</code>`}</dd></div>`,
  )}
</dl></details>`;
}
