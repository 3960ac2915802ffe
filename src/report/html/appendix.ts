import type { Coverage, Report } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import { placesOf, saidBy, waiverStatusNames } from '../vulnerability-waiver-texts.ts';
import { waiverStateNames, words } from '../words.ts';
import { type Markup, markup } from './markup.ts';
import { htmlWords } from './words.ts';

/** Waivers as they were written, and what became of them. */
export function waiversSection({ waivers, language }: Report): Markup {
  if (waivers.length === 0) return markup``;
  const head = [words.control, words.reason, words.owner, words.until, words.status, words.findings];
  const rows = waivers.map(({ control, subject, reason, owner, until, state, findings }) => [
    markup`<code>${control}</code><br><code class="soft">${subject}</code>`,
    markup`<bdi>${reason}</bdi>`,
    markup`<bdi>${owner ?? words.besideIt[language]}</bdi>`,
    markup`<span class="date">${until ?? '–'}</span>`,
    markup`<span class="badge ${state}">${waiverStateNames[state][language]}</span>`,
    markup`${findings}`,
  ]);
  return markup`<section aria-labelledby="waivers"><h2 id="waivers">${words.waivers[language]}</h2>
${table(head, rows, language)}</section>`;
}

/** The same of vulnerabilities. */
export function vulnerabilityWaiversSection({ vulnerabilityWaivers = [], language }: Report): Markup {
  if (vulnerabilityWaivers.length === 0) return markup``;
  const head = [words.vulnerability, words.reason, words.owner, words.until, words.status, words.findings];
  const rows = vulnerabilityWaivers.map((waiver) => [
    markup`<code>${waiver.vulnerability}</code>${placesOf(waiver).map((place) => markup`<br><code class="soft">${place}</code>`)}`,
    markup`<bdi>${waiver.reason}</bdi> <span class="soft">${waiverStatusNames[waiver.status][language]}</span>`,
    markup`<bdi>${saidBy(waiver)}</bdi>`,
    markup`<span class="date">${waiver.until}</span>`,
    markup`<span class="badge ${waiver.state}">${waiverStateNames[waiver.state][language]}</span>`,
    markup`${waiver.findings}`,
  ]);
  return markup`<section aria-labelledby="vulnerability-waivers"><h2 id="vulnerability-waivers">${words.vulnerabilityWaivers[language]}</h2>
${table(head, rows, language)}</section>`;
}

/** What could not be read, and why; what could, folded away. */
export function coverageSection({ coverage, language }: Report): Markup {
  if (coverage.length === 0) return markup``;
  const gaps = coverage.filter((each) => each.status === 'unreadable');
  const read = coverage.filter((each) => each.status === 'read');
  return markup`<section aria-labelledby="coverage"><h2 id="coverage">${htmlWords.coverage[language]}</h2>
${gaps.length > 0 ? gapsOf(gaps, language) : markup`<p>${htmlWords.everythingRead[language]}</p>`}
${
  read.length > 0 &&
  markup`<details class="rest"><summary>${htmlWords.read[language]} (${read.length})</summary>
<ul class="facts">${read.map(({ subject, what }) => markup`<li><code>${what}</code> <span class="soft"><bdi>${subject}</bdi></span></li>`)}</ul></details>`
}</section>`;
}

function gapsOf(gaps: readonly Coverage[], language: Language): Markup {
  const head = [words.fact, words.subject, words.reason, words.need];
  const rows = gaps.map(({ subject, what, reason, need }) => [
    markup`<code>${what}</code>`,
    markup`<code>${subject}</code>`,
    markup`<bdi>${reason}</bdi>`,
    markup`<bdi>${need}</bdi>`,
  ]);
  return markup`<p>${words.unreadable[language]} (${gaps.length}) · ${words.coverageNote[language]}</p>
${table(head, rows, language)}`;
}

/** Becomes a list of cards on a narrow screen, where every cell names its column; hence the explicit roles. */
function table(head: readonly Text[], rows: readonly (readonly Markup[])[], language: Language): Markup {
  const names = head.map((text) => text[language]);
  return markup`<table role="table"><thead role="rowgroup"><tr role="row">${names.map(
    (name) => markup`<th role="columnheader" scope="col">${name}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (cells) =>
      markup`<tr role="row">${cells.map((cell, index) => markup`<td role="cell" data-column="${names[index]}">${cell}</td>`)}</tr>`,
  )}</tbody></table>`;
}
