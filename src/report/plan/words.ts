import type { PlanDocument } from '../../model/fix-report.ts';
import type { Affected, Refusal } from '../../model/plan.ts';
import type { Language, Text } from '../../model/text.ts';

/** The words that every form of a plan shares, and the report of a fix with it. */
export const planWords = {
  title: { en: 'Plimsoll plan', zh: 'Plimsoll 修复计划' },
  actions: { en: 'What would be done, in this order', zh: '将按以下顺序执行' },
  refused: { en: 'What would not be done', zh: '不会执行的项目' },
  affects: { en: 'Who notices', zh: '受影响的容器' },
  down: { en: 'Containers that stop, restart, or are made anew or removed', zh: '会停止、重启、被重建或移除的容器' },
  risky: { en: 'Containers that go on, and may break', zh: '继续运行但可能出现故障的容器' },
  container: { en: 'Container', zh: '容器' },
  effect: { en: 'Effect', zh: '影响' },
  answers: { en: 'Answers', zh: '对应' },
  disruption: { en: 'Disruption', zh: '中断' },
  afterwards: { en: 'Afterwards', zh: '之后' },
  way: { en: 'Instead', zh: '可改为' },
  preparation: { en: 'prepares what follows', zh: '为后续步骤做准备' },
  final: { en: 'cannot be undone', zh: '无法撤销' },
  nothing: {
    en: 'There is nothing to do: no failure was found that is to be fixed.',
    zh: '无需处理：没有发现需要修复的未通过项。',
  },
  noAction: {
    en: 'There is nothing that could be done automatically; below is why.',
    zh: '没有可以自动执行的操作，原因见下。',
  },
  unwritten: { en: 'Nothing has been written.', zh: '尚未写入任何内容。' },
  apply: { en: 'To do this', zh: '执行此计划' },
  applyNote: {
    en: 'Give it the same options. It plans again, keeps a journal, and proves each action.',
    zh: '请使用相同的选项；执行时会重新规划、记录日志并逐项验证。',
  },
  explain: { en: 'More on each', zh: '逐项说明' },
} satisfies Record<string, Text>;

export const effectNames: Readonly<Record<Affected['effect'], Text>> = {
  stops: { en: 'stops', zh: '停止' },
  restarts: { en: 'restarts', zh: '重启' },
  'may-break': { en: 'may break', zh: '可能出现故障' },
  'is-replaced': { en: 'is replaced', zh: '被替换' },
  'is-removed': { en: 'is removed', zh: '被移除' },
};

/** `web may break`; of several: `api, web: each may break`. */
export function affectedText(containers: readonly string[], effect: Affected['effect'], language: Language): string {
  const [list, name] = [listText(containers, language), effectNames[effect][language]];
  if (containers.length === 1) return `${list} ${name}`;
  return language === 'zh' ? `${list} 均${name}` : `${list}: each ${name}`;
}

export const whyNames: Readonly<Record<Refusal['why'], Text>> = {
  refused: { en: 'It would do harm', zh: '会造成损害' },
  excluded: { en: 'It was not asked for', zh: '未作要求' },
  manual: { en: 'Only a person can do it', zh: '需人工处理' },
};

/** In the order in which they are told. */
export const whys: readonly Refusal['why'][] = ['refused', 'excluded', 'manual'];

export const applyCommand = 'plimsoll fix --apply';

/** `plimsoll fix --undo ID`. */
export function undoCommand(id: string): string {
  return `plimsoll fix --undo ${id}`;
}

export function explainCommand(control: string): string {
  return `plimsoll explain ${control}`;
}

/** `3 actions, 2 findings stay as they are`. */
export function planCounts({ actions, refused, language }: PlanDocument): string {
  if (language === 'zh') return `${actions.length} 项操作，${refused.length} 个未通过项保持原样`;
  const findings = refused.length === 1 ? '1 finding stays as it is' : `${refused.length} findings stay as they are`;
  return `${actions.length} action${actions.length === 1 ? '' : 's'}, ${findings}`;
}

/** Names of a list, with the language's own comma. */
export function listText(names: readonly string[], language: Language): string {
  return names.join(language === 'zh' ? '、' : ', ');
}
