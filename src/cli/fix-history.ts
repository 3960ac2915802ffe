import { isOpen } from '../fix/apply.ts';
import { defaultStateFolder, hasJournal, readJournal, type RunRecord } from '../fix/journal.ts';
import type { Language, Text } from '../model/text.ts';
import { visible } from '../report/visible.ts';

/** Every fix of this machine, the last one first, as text or as JSON. */
export function describeHistory(folder: string, json: boolean, language: Language): string {
  const runs = hasJournal(folder) ? readJournal(folder).toReversed() : [];
  if (json) return `${JSON.stringify({ fixes: runs.map((run) => summaryOf(run, language)) }, null, 2)}\n`;
  if (runs.length === 0) return `${nothing[language]}\n`;
  return runs.map((run) => linesOf(run, folder, language).join('\n')).join('\n');
}

/** Whether a fix was killed on this machine and is not yet taken back. */
export function interruptedRun(folder: string): string | undefined {
  if (!hasJournal(folder)) return undefined;
  return readJournal(folder).findLast(({ actions }) => actions.some(({ state }) => isOpen(state)))?.id;
}

function summaryOf({ id, started, who, actions }: RunRecord, language: Language) {
  return {
    id,
    started,
    who: visible(who),
    actions: actions.map(({ action, state, reason }) => ({
      id: visible(action.id),
      kind: action.kind,
      controls: [...new Set(action.answers.map(({ control }) => control))],
      state,
      reason: reason === undefined ? null : visible(reason[language]),
    })),
  };
}

function linesOf(run: RunRecord, folder: string, language: Language): string[] {
  const { id, started, who, actions } = summaryOf(run, language);
  const state = folder === defaultStateFolder ? '' : ` --state ${folder}`;
  const canUndo = actions.some((each) => each.state === 'done');
  return [
    `${id}  ${started}  ${who}`,
    ...actions.map(
      (each) => `  ${stateNames[each.state][language]}  ${each.id}${each.reason === null ? '' : `: ${each.reason}`}`,
    ),
    ...(canUndo ? [`  → plimsoll fix --undo ${id}${state}`] : []),
    '',
  ];
}

const stateNames = {
  planned: { en: 'not begun', zh: '未开始' },
  begun: { en: 'interrupted', zh: '已中断' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'taken back', zh: '已撤回' },
  undoing: { en: 'interrupted', zh: '已中断' },
  undone: { en: 'undone', zh: '已撤销' },
} as const;

const nothing: Text = { en: 'Nothing has been fixed on this machine.', zh: '本机尚无修复记录。' };
