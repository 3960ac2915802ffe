import type { FixRecord, RecordedAction } from '../../model/fix-report.ts';
import type { Report } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import { recordHead, recordTitle, recordWords, stateCounts, stateNames, undoHint } from '../plan/record-words.ts';
import { detailLines } from '../plan/terminal.ts';
import { comparisonHead, labelled, words } from '../words.ts';
import { heading } from './frame.ts';
import { indented } from './lines.ts';
import { type Paint, paint, type Terminal } from './paint.ts';

/** What a fix or an undo did, action by action, with the changes themselves. Nothing where none was made. */
export function fixLines({ fix, language }: Report, terminal: Terminal): string[] {
  if (!fix) return [];
  return [
    ...headLines(fix, language, terminal),
    ...fix.actions.flatMap((action) => [
      '',
      ...stateLines(action, language, terminal),
      ...detailLines(action, language, terminal),
    ]),
    '',
    ...tailLines(fix, language, terminal),
  ];
}

/** The same without the changes: a line for each action, and what has become different by them. */
export function fixSummaryLines({ fix, comparison, language }: Report, terminal: Terminal): string[] {
  if (!fix) return [];
  return [
    ...headLines(fix, language, terminal),
    ...fix.actions.flatMap((action) => stateLines(action, language, terminal)),
    ...tailLines(fix, language, terminal),
    ...(comparison ? indented('', comparisonHead(comparison, language), terminal) : []),
  ];
}

function headLines(fix: FixRecord, language: Language, terminal: Terminal): string[] {
  return [
    '',
    heading(recordTitle(fix, language), terminal),
    ...indented('', `${recordHead(fix)} · ${stateCounts(fix, language)}`, terminal, 'dim'),
  ];
}

const marks: Readonly<Record<RecordedAction['state'], string>> = { done: '✓', failed: '✗', planned: '–', undone: '↶' };
const colors: Readonly<Record<RecordedAction['state'], Paint>> = {
  done: 'good',
  failed: 'bad',
  planned: 'dim',
  undone: 'good',
};

function stateLines({ state, summary, reason }: RecordedAction, language: Language, terminal: Terminal): string[] {
  const name = stateNames[state][language];
  const text = `${name}${language === 'zh' ? '：' : ': '}${summary}`;
  const [first = '', ...rest] = indented(`${marks[state]} `, text, terminal);
  return [
    first.replace(name, () => paint(name, colors[state], terminal)),
    ...rest,
    ...(reason === null ? [] : indented('  ! ', labelled(words.reason, reason, language), terminal)),
  ];
}

function tailLines(fix: FixRecord, language: Language, terminal: Terminal): string[] {
  const hint = undoHint(fix);
  return hint === undefined ? [] : [labelled(recordWords.toUndo, paint(hint, 'command', terminal), language)];
}
