import type { RecordedAction } from '../../model/fix-report.ts';
import type { Report } from '../../model/report.ts';
import { recordHead, recordTitle, recordWords, stateCounts, stateNames, undoHint } from '../plan/record-words.ts';
import { words } from '../words.ts';
import { actionDetails } from './action.ts';
import { type Markup, markup } from './markup.ts';

/** What a fix or an undo did. */
export function fixSection({ fix, language }: Report): Markup {
  if (!fix) return markup``;
  const hint = undoHint(fix);
  return markup`<section aria-labelledby="fix"><h2 id="fix">${recordTitle(fix, language)}</h2>
<p class="note"><bdi>${recordHead(fix)}</bdi> · ${stateCounts(fix, language)}</p>
${fix.actions.map(
  (action) => markup`
<article class="finding"><header><span class="badge ${badges[action.state]}">${stateNames[action.state][language]}</span>
<h3><bdi>${action.summary}</bdi></h3></header>
${action.reason !== null && markup`<p class="need"><b>${words.reason[language]}</b> <bdi>${action.reason}</bdi></p>`}
${actionDetails(action, language)}</article>`,
)}
${hint !== undefined && markup`<div class="fix"><p><b>${recordWords.toUndo[language]}</b></p><pre><code>${hint}</code></pre></div>`}</section>`;
}

const badges: Readonly<Record<RecordedAction['state'], string>> = {
  done: 'pass',
  undone: 'pass',
  failed: 'fail',
  planned: 'not-applicable',
};
