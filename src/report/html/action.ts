import type { PlannedAction } from '../../model/fix-report.ts';
import { disruptionNames } from '../../model/remedy.ts';
import type { Language } from '../../model/text.ts';
import { groupAffects } from '../plan/group-affects.ts';
import { diffPaint } from '../plan/diff-lines.ts';
import { effectNames, planWords } from '../plan/words.ts';
import { type Markup, markup } from './markup.ts';

/** What an action answers, disrupts and changes: the part of its card that a plan and the report of a fix share. */
export function actionDetails(action: Omit<PlannedAction, 'order' | 'final'>, language: Language): Markup {
  const { id, controls, subjects, disruption, affects, pending, diff } = action;
  const answers = [...controls, ...subjects];
  return markup`<p class="ids"><code>${id}</code>${
    answers.length === 0
      ? markup` <span>${planWords.preparation[language]}</span>`
      : answers.map((each) => markup` <code>${each}</code>`)
  } <span class="badge disruption ${disruption}">${disruptionNames[disruption][language]}</span></p>
${
  affects.length > 0 &&
  markup`<p class="need"><b>${planWords.affects[language]}</b></p>
<ul class="affects">${groupAffects(affects).map(
    ({ containers, effect, whys }) => markup`
<li>${containers.map((each) => markup`<bdi><code>${each}</code></bdi> `)}<span class="badge medium">${effectNames[effect][language]}</span> ${
      whys.length === 1
        ? markup`<bdi>${whys[0] ?? ''}</bdi>`
        : markup`<ul>${whys.map((why) => markup`<li><bdi>${why}</bdi></li>`)}</ul>`
    }</li>`,
  )}
</ul>`
}
${pending !== null && markup`<p class="need"><b>${planWords.afterwards[language]}</b> <bdi>${pending}</bdi></p>`}
${diff.trim() !== '' && markup`<pre class="diff"><code>${diffOf(diff)}</code></pre>`}`;
}

function diffOf(diff: string): readonly Markup[] {
  const lines = diff.replace(/\n+$/, '').split('\n');
  return lines.map((line) => {
    const how = diffPaint(line);
    return how === undefined ? markup`${line}\n` : markup`<span class="${how}">${line}</span>\n`;
  });
}
