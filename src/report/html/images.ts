import type { Report } from '../../model/report.ts';
import type { ReportContents } from '../../model/report-contents.ts';
import type { Language } from '../../model/text.ts';
import { contentsFacts, differenceHead, differenceSections } from '../contents-facts.ts';
import { type Markup, markup } from './markup.ts';

const imageWords = {
  images: { en: 'What is inside', zh: '镜像内容' },
  packages: { en: 'All packages', zh: '全部软件包' },
};

/** What is in each image that was scanned, its packages folded away, and what is different from the other one. */
export function imagesSection(report: Report): Markup {
  const { contents = [], language } = report;
  if (contents.length === 0) return markup``;
  return markup`<section aria-labelledby="images"><h2 id="images">${imageWords.images[language]}</h2>
${contents.map((each) => imageOf(each, language))}
${differenceOf(report)}</section>`;
}

function imageOf(contents: ReportContents, language: Language): Markup {
  const { target, packages } = contents;
  return markup`<h3><bdi>${target.name}</bdi></h3>
<ul class="facts">${contentsFacts(contents, language).map(({ name, value }) => markup`<li>${name}: <bdi>${value}</bdi></li>`)}</ul>
${
  packages.length > 0 &&
  markup`<details class="rest"><summary>${imageWords.packages[language]} (${packages.length})</summary>
<ul class="facts">${packages.map(({ purl, path }) => markup`<li><code>${purl}</code> <span class="soft"><bdi>${path}</bdi></span></li>`)}</ul></details>`
}`;
}

function differenceOf({ difference, language }: Report): Markup {
  if (!difference) return markup``;
  return markup`<h3>${differenceHead(difference, language)}</h3>
${differenceSections(difference, language).map(
  ({ name, summary, lines }) => markup`<p>${name}: ${summary}</p>
${lines.length > 0 && markup`<details class="rest"><summary>${lines.length}</summary><ul class="facts">${lines.map((line) => markup`<li><code>${line}</code></li>`)}</ul></details>`}`,
)}`;
}
