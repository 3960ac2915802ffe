import type { PlanDocument, PlannedAction } from '../../model/fix-report.ts';
import { disruptionNames } from '../../model/remedy.ts';
import type { Language } from '../../model/text.ts';
import { code, codeBlock, prose, table } from '../markdown-text.ts';
import { labelled, timeText, words } from '../words.ts';
import { groupAffects } from './group-affects.ts';
import { groupRefusals, type RefusalGroup } from './group-refusals.ts';
import { applyCommand, effectNames, explainCommand, planCounts, planWords, whyNames, whys } from './words.ts';

/** GitHub Flavored Markdown, for a change request: whoever approves it sees every line that would change. */
export function renderPlanMarkdown(plan: PlanDocument): string {
  const { actions, refused, language, created, tool } = plan;
  const blocks = [
    `# ${planWords.title[language]}`,
    `**${planCounts(plan)}** · ${planWords.unwritten[language]}`,
    `${prose(timeText(created))} · ${prose(tool.name)} ${prose(tool.version)}`,
    ...(actions.length === 0 ? [(refused.length === 0 ? planWords.nothing : planWords.noAction)[language]] : []),
    ...(actions.length === 0 ? [] : [`## ${planWords.actions[language]}`]),
    ...actions.flatMap((action) => [
      `### ${action.order}. ${prose(action.summary)}`,
      ...(action.final ? [`**${planWords.final[language]}**`] : []),
      ...detailBlocks(action, language),
    ]),
    ...refusedBlocks(plan),
    ...(actions.length === 0
      ? []
      : [labelled(planWords.apply, code(`${applyCommand} …`), language), planWords.applyNote[language]]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Below its summary: what it answers, what it disrupts, who notices, and the change itself. */
export function detailBlocks(action: Omit<PlannedAction, 'order' | 'final'>, language: Language): string[] {
  const { id, controls, subjects, disruption, affects, pending, diff } = action;
  const answers = controls.length === 0 ? [planWords.preparation[language]] : [...controls, ...subjects].map(code);
  const head = [planWords.container, planWords.effect, words.reason].map((each) => each[language]);
  return [
    [code(id), disruptionNames[disruption][language], ...answers].join(' · '),
    ...(affects.length === 0
      ? []
      : [
          table(
            head,
            groupAffects(affects).flatMap(({ containers, effect, whys: reasons }) =>
              reasons.map((why) => [containers.map(code).join(' '), effectNames[effect][language], prose(why)]),
            ),
          ),
        ]),
    ...(pending === null ? [] : [labelled(planWords.afterwards, prose(pending), language)]),
    ...(diff.trim() === '' ? [] : [codeBlock(diff.replace(/\n+$/, '').split('\n')).replace(/^`+/, '$&diff')]),
  ];
}

function refusedBlocks(plan: PlanDocument): string[] {
  const { refused, language } = plan;
  if (refused.length === 0) return [];
  const groups = groupRefusals(plan);
  return [
    `## ${planWords.refused[language]}`,
    ...whys.flatMap((why) => {
      const own = groups.filter((group) => group.why === why);
      if (own.length === 0) return [];
      const count = own.reduce((sum, { findings }) => sum + findings.length, 0);
      return [
        `### ${whyNames[why][language]} (${count})`,
        ...(why === 'manual' ? [manualTable(own, language)] : own.flatMap((group) => groupBlocks(group, language))),
        ...(why === 'manual' ? [labelled(planWords.explain, code(explainCommand('ID')), language)] : []),
      ];
    }),
  ];
}

function groupBlocks({ first, controls, subjects }: RefusalGroup, language: Language): string[] {
  const { reason, advice, commands } = first;
  return [
    [prose(reason), [...controls, ...subjects].map(code).join(' · ')].join('  \n'),
    ...(advice === null ? [] : [labelled(planWords.way, prose(advice), language)]),
    ...(commands.length === 0 ? [] : [codeBlock(commands)]),
  ];
}

function manualTable(groups: readonly RefusalGroup[], language: Language): string {
  const head = [words.control, words.subject, words.reason].map((each) => each[language]);
  return table(
    head,
    groups.map(({ first, controls, subjects }) => [
      controls.map(code).join(' '),
      subjects.map(code).join(' '),
      prose(first.reason),
    ]),
  );
}
