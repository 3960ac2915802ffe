import type { Report } from '../model/report.ts';
import { isOfFiles } from './by-file.ts';
import { findingsBySubject, worstFirst } from './by-subject.ts';
import { coverageSection, vulnerabilityWaiversSection, waiversSection } from './html/appendix.ts';
import { filterForm } from './html/filter.ts';
import { fixSection } from './html/fix.ts';
import { imagesSection } from './html/images.ts';
import { type Markup, markup, textOf, trusted } from './html/markup.ts';
import { contents, overview } from './html/overview.ts';
import { policyOf } from './html/policy.ts';
import { script } from './html/script.ts';
import { style } from './html/style.ts';
import { subjectSection } from './html/subject.ts';
import { htmlWords } from './html/words.ts';
import { reportTitle } from './words.ts';

/**
 * One page that needs nothing else: it asks the network for nothing, and its policy lets nothing run but the
 * style and the script below. Without scripts everything can be read; with them it can be filtered.
 */
export function renderHtml(report: Report): string {
  const { language } = report;
  const groups = worstFirst(findingsBySubject(report));
  const page = markup`<!doctype html>
<html lang="${htmlWords.language[language]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="${report.tool.name} ${report.tool.version}">
<title>${reportTitle(report)} · ${report.finished.slice(0, 10)}</title>
<style>${trusted(style)}</style>
</head>
<body data-copy="${htmlWords.copy[language]}" data-copied="${htmlWords.copied[language]}">
<a class="skip" href="#findings">${htmlWords.skip[language]}</a>
${overview(report)}
<main>
${fixSection(report)}
${imagesSection(report)}
${contents(groups, isOfFiles(report), language)}
${groups.length > 0 && findingsPart(report, groups)}
${waiversSection(report)}
${vulnerabilityWaiversSection(report)}
${coverageSection(report)}
</main>
<footer>${report.tool.name} ${report.tool.version}</footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return textOf(page);
}

function findingsPart(report: Report, groups: ReturnType<typeof findingsBySubject>): Markup {
  const { language } = report;
  return markup`<section aria-labelledby="findings"><h2 id="findings" tabindex="-1">${htmlWords.findings[language]}</h2>
${filterForm(groups, isOfFiles(report), language)}
${groups.map((group, index) => subjectSection(group, index, language))}</section>`;
}
