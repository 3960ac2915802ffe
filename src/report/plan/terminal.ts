import type { PlanDocument, PlannedAction, RecordedAction } from '../../model/fix-report.ts';
import { disruptionNames } from '../../model/remedy.ts';
import type { Language } from '../../model/text.ts';
import { heading } from '../terminal/frame.ts';
import { indented } from '../terminal/lines.ts';
import { paint, type Terminal } from '../terminal/paint.ts';
import { cutTo } from '../terminal/wrap.ts';
import { labelled, timeText } from '../words.ts';
import { diffPaint } from './diff-lines.ts';
import { groupRefusals, type RefusalGroup } from './group-refusals.ts';
import { type AffectedGroup, disturbed, groupAffects } from './group-affects.ts';
import {
  affectedText,
  applyCommand,
  explainCommand,
  listText,
  planCounts,
  planWords,
  whyNames,
  whys,
} from './words.ts';

/** The plan for a person at a terminal: what would be done and to whom, then what would not and why. */
export function renderPlanTerminal(plan: PlanDocument, terminal: Terminal): string {
  const { actions, refused, language, tool, created } = plan;
  const top = `${tool.name} ${tool.version} · ${planWords.title[language]} · ${timeText(created)}`;
  const lines = [
    paint(cutTo(top, terminal.width), 'dim', terminal),
    '',
    ...(actions.length === 0
      ? wrapped(refused.length === 0 ? planWords.nothing : planWords.noAction, plan, terminal)
      : []),
    ...(actions.length === 0
      ? []
      : [
          heading(planWords.actions[language], terminal),
          ...disturbedLines(plan, terminal),
          ...actions.flatMap((action) => ['', ...actionLines(action, language, terminal)]),
        ]),
    ...refusedLines(plan, terminal),
    '',
    paint('─'.repeat(Math.min(terminal.width, 100)), 'dim', terminal),
    ...endLines(plan, terminal),
  ];
  return `${lines.join('\n')}\n`;
}

function wrapped(text: Readonly<Record<Language, string>>, { language }: PlanDocument, terminal: Terminal): string[] {
  return indented('', text[language], terminal);
}

function actionLines(action: PlannedAction, language: Language, terminal: Terminal): string[] {
  const tail = action.final ? parenthesis(planWords.final[language], language) : '';
  const [first = '', ...rest] = indented(`${action.order}. `, action.summary + tail, terminal);
  return [paint(first, 'heading', terminal), ...rest, ...detailLines(action, language, terminal)];
}

function parenthesis(text: string, language: Language): string {
  return language === 'zh' ? `（${text}）` : ` (${text})`;
}

/** Below its summary: what it answers, what it disrupts, who notices, and the change itself. */
export function detailLines(
  action: Omit<PlannedAction, 'order' | 'final'> | RecordedAction,
  language: Language,
  terminal: Terminal,
): string[] {
  const { controls, subjects, disruption, affects, pending, diff } = action;
  const answers =
    controls.length === 0
      ? planWords.preparation[language]
      : labelled(
          planWords.answers,
          `${listText(controls, language)} · ${listText(shortList(subjects, language), language)}`,
          language,
        );
  return [
    ...indented('   ', answers, terminal, 'dim'),
    ...indented('   ', labelled(planWords.disruption, disruptionNames[disruption][language], language), terminal),
    ...groupAffects(affects).flatMap((group) => affectedLines(group, language, terminal)),
    ...(pending === null ? [] : indented('   → ', labelled(planWords.afterwards, pending, language), terminal)),
    ...diffLines(diff, terminal),
  ];
}

function affectedLines(
  { containers, effect, whys: reasons }: AffectedGroup,
  language: Language,
  terminal: Terminal,
): string[] {
  const head = affectedText(shortList(containers, language), effect, language) + (language === 'zh' ? '：' : ': ');
  const [only = ''] = reasons;
  if (reasons.length === 1) return indented('   ! ', head + only, terminal, 'medium');
  return [
    ...indented('   ! ', head.trimEnd(), terminal, 'medium'),
    ...reasons.flatMap((why) => indented('     · ', why, terminal, 'medium')),
  ];
}

/** Before the actions: every container that notices any of them. Below they may be too many. */
function disturbedLines({ actions, language }: PlanDocument, terminal: Terminal): string[] {
  const { down, risky } = disturbed(actions);
  return [
    ...(down.length === 0 ? [] : [[planWords.down, down] as const]),
    ...(risky.length === 0 ? [] : [[planWords.risky, risky] as const]),
  ].flatMap(([label, names]) => indented('', labelled(label, listText(names, language), language), terminal));
}

const shownSubjects = 6;

function shortList(names: readonly string[], language: Language): readonly string[] {
  if (names.length <= shownSubjects) return names;
  const rest = names.length - shownSubjects;
  return [...names.slice(0, shownSubjects), language === 'zh' ? `另外 ${rest} 个` : `${rest} more`];
}

/** As they are, never broken: they can be read as a patch. */
function diffLines(diff: string, terminal: Terminal): string[] {
  if (diff.trim() === '') return [];
  return diff
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => {
      const how = diffPaint(line);
      return `     ${how === undefined ? line : paint(line, paints[how], terminal)}`;
    });
}

const paints = { added: 'added', removed: 'removed', place: 'dim' } as const;

function refusedLines(plan: PlanDocument, terminal: Terminal): string[] {
  if (plan.refused.length === 0) return [];
  const groups = groupRefusals(plan);
  return [
    '',
    heading(planWords.refused[plan.language], terminal),
    ...whys.flatMap((why) => {
      const own = groups.filter((group) => group.why === why);
      if (own.length === 0) return [];
      const count = own.reduce((sum, { findings }) => sum + findings.length, 0);
      const isLong = why === 'manual' && own.length > fewReasons;
      return [
        '',
        paint(`${whyNames[why][plan.language]} (${count})`, why === 'refused' ? 'bad' : 'unknown', terminal),
        ...(isLong
          ? manualBlock(own, plan.language, terminal)
          : own.flatMap((group) => groupLines(group, plan.language, terminal))),
      ];
    }),
  ];
}

/** How many reasons only a person can act on are told in full; of more their controls are named. */
const fewReasons = 3;

function manualBlock(groups: readonly RefusalGroup[], language: Language, terminal: Terminal): string[] {
  const controls = [...new Set(groups.flatMap((group) => group.controls))].toSorted();
  return [
    ...indented('  ', listText(controls, language), terminal),
    ...indented('  ', labelled(planWords.explain, explainCommand('ID'), language), terminal, 'dim'),
  ];
}

function groupLines({ first, controls, subjects }: RefusalGroup, language: Language, terminal: Terminal): string[] {
  const { reason, advice, commands } = first;
  const whom = `${listText(controls, language)} · ${listText(shortList(subjects, language), language)}`;
  return [
    ...indented('  ✗ ', reason, terminal),
    ...indented('    ', whom, terminal, 'dim'),
    ...(advice === null ? [] : indented('    → ', advice, terminal)),
    ...commands.map((command) => `      ${paint(command, 'command', terminal)}`),
  ];
}

function endLines(plan: PlanDocument, terminal: Terminal): string[] {
  const { actions, language } = plan;
  const counts = actions.length + plan.refused.length === 0 ? '' : `${planCounts(plan)} · `;
  return [
    ...indented('', counts + planWords.unwritten[language], terminal),
    ...(actions.length === 0
      ? []
      : [
          labelled(planWords.apply, paint(`${applyCommand} …`, 'command', terminal), language),
          ...indented('', planWords.applyNote[language], terminal, 'dim'),
        ]),
  ];
}
