import type { Report } from '../../model/report.ts';
import { code, prose } from '../markdown-text.ts';
import { labelled, words } from '../words.ts';
import { detailBlocks } from './markdown.ts';
import { recordHead, recordTitle, recordWords, stateCounts, stateNames, undoHint } from './record-words.ts';

/** What a fix or an undo did, as blocks of Markdown. */
export function fixBlocks({ fix, language }: Report): string[] {
  if (!fix) return [];
  const hint = undoHint(fix);
  return [
    `## ${prose(recordTitle(fix, language))}`,
    `${prose(recordHead(fix))} · ${stateCounts(fix, language)}`,
    ...fix.actions.flatMap((action) => [
      `### ${stateNames[action.state][language]} · ${prose(action.summary)}`,
      ...(action.reason === null ? [] : [labelled(words.reason, prose(action.reason), language)]),
      ...detailBlocks(action, language),
    ]),
    ...(hint === undefined ? [] : [labelled(recordWords.toUndo, code(hint), language)]),
  ];
}
