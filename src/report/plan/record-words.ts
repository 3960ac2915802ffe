import type { FixRecord, RecordedAction } from '../../model/fix-report.ts';
import type { Language, Text } from '../../model/text.ts';
import { countText, timeText } from '../words.ts';
import { undoCommand } from './words.ts';

/** The words of what a fix did. */
export const recordWords = {
  fix: { en: 'Fix', zh: '修复' },
  undo: { en: 'Undo of fix', zh: '撤销修复' },
  toUndo: { en: 'To undo it', zh: '如需撤销' },
  nothing: { en: 'Nothing was done.', zh: '未执行任何操作。' },
} satisfies Record<string, Text>;

export const stateNames: Readonly<Record<RecordedAction['state'], Text>> = {
  planned: { en: 'not begun', zh: '未开始' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed and taken back', zh: '失败，已撤回' },
  undone: { en: 'undone', zh: '已撤销' },
};

/** `Fix 20260701-0800`. */
export function recordTitle({ kind, id }: FixRecord, language: Language): string {
  return `${recordWords[kind][language]} ${id}`;
}

/** Who, and from when to when. */
export function recordHead({ who, started, finished }: FixRecord): string {
  return `${who} · ${timeText(started)} – ${timeText(finished)}`;
}

/** Absent where there is nothing that could be undone. */
export function undoHint({ kind, id, actions }: FixRecord): string | undefined {
  return kind === 'fix' && actions.some(({ state }) => state === 'done') ? undoCommand(id) : undefined;
}

/** In a list of counts. */
const shortNames: typeof stateNames = { ...stateNames, failed: { en: 'failed', zh: '失败' } };

/** `2 done, 1 failed`: every state that occurs. */
export function stateCounts({ actions }: FixRecord, language: Language): string {
  const states = (['done', 'failed', 'planned', 'undone'] as const).flatMap((state) => {
    const count = actions.filter((action) => action.state === state).length;
    if (count === 0) return [];
    return [countText(count, shortNames[state][language], language)];
  });
  return states.length === 0 ? recordWords.nothing[language] : states.join(language === 'zh' ? '、' : ', ');
}
