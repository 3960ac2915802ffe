import type { PlanDocument, PlannedAction } from '../../model/fix-report.ts';
import type { Language } from '../../model/text.ts';
import { actionDetails } from '../html/action.ts';
import { plimsollMark } from '../html/mark.ts';
import { type Markup, markup, textOf, trusted } from '../html/markup.ts';
import { policyOf } from '../html/policy.ts';
import { style } from '../html/style.ts';
import { htmlWords } from '../html/words.ts';
import { timeText } from '../words.ts';
import { groupRefusals, type RefusalGroup } from './group-refusals.ts';
import { applyCommand, explainCommand, planCounts, planWords, whyNames, whys } from './words.ts';

/** One page that needs nothing else, and runs nothing. */
export function renderPlanHtml(plan: PlanDocument): string {
  const { actions, refused, language, created, tool } = plan;
  const page = markup`<!doctype html>
<html lang="${htmlWords.language[language]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="${tool.name} ${tool.version}">
<title>${planWords.title[language]} · ${created.slice(0, 10)}</title>
<style>${trusted(style)}</style>
</head>
<body>
<header class="head">
<p class="brand">${plimsollMark('logo')}<span>Plimsoll</span></p>
<h1>${planWords.title[language]}</h1>
<p class="meta"><time datetime="${created}">${timeText(created)}</time> · ${tool.name} ${tool.version} · <b>${planCounts(plan)}</b> · ${planWords.unwritten[language]}</p>
</header>
<main>
${actions.length === 0 && markup`<p>${(refused.length === 0 ? planWords.nothing : planWords.noAction)[language]}</p>`}
${actions.length > 0 && actionsOf(actions, language)}
${refused.length > 0 && refusedOf(plan)}
</main>
<footer>${tool.name} ${tool.version}</footer>
</body>
</html>
`;
  return textOf(page);
}

function actionsOf(actions: readonly PlannedAction[], language: Language): Markup {
  return markup`<section aria-labelledby="actions"><h2 id="actions">${planWords.actions[language]}</h2>
<ol>${actions.map(
    (action) => markup`
<li><article class="finding"><header><h3>${action.order}. <bdi>${action.summary}</bdi></h3>${
      action.final && markup` <span class="badge high">${planWords.final[language]}</span>`
    }</header>
${actionDetails(action, language)}</article></li>`,
  )}
</ol>
<div class="fix"><p><b>${planWords.apply[language]}</b> ${planWords.applyNote[language]}</p>
<pre><code>${applyCommand} …</code></pre></div></section>`;
}

function refusedOf(plan: PlanDocument): Markup {
  const { language } = plan;
  const groups = groupRefusals(plan);
  return markup`<section aria-labelledby="refused"><h2 id="refused">${planWords.refused[language]}</h2>
${whys.map((why) => {
  const own = groups.filter((group) => group.why === why);
  const count = own.reduce((sum, { findings }) => sum + findings.length, 0);
  if (own.length === 0) return false;
  const list = markup`${own.map((group) => groupOf(group, language))}`;
  const title = `${whyNames[why][language]} (${count})`;
  if (why !== 'manual') return markup`<h3>${title}</h3>${list}`;
  return markup`<details class="rest"><summary>${title}</summary>
<p class="note">${planWords.explain[language]} <code>${explainCommand('ID')}</code></p>${list}</details>`;
})}</section>`;
}

function groupOf({ first, controls, subjects }: RefusalGroup, language: Language): Markup {
  const { reason, advice, commands } = first;
  return markup`
<article class="finding"><p><bdi>${reason}</bdi></p>
<p class="ids">${[...controls, ...subjects].map((each) => markup` <code>${each}</code>`)}</p>
${advice !== null && markup`<p class="need"><b>${planWords.way[language]}</b> <bdi>${advice}</bdi></p>`}
${commands.length > 0 && markup`<pre><code>${commands.join('\n')}</code></pre>`}</article>`;
}
