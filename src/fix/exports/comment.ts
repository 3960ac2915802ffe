import type { Action } from '../../model/plan.ts';
import { disruptionNames } from '../../model/remedy.ts';
import type { Language, Text } from '../../model/text.ts';
import { invisible } from '../../remedy/invisible.ts';

/** A text that ends no comment early: what cannot be seen, line ends among it, is written out. */
export function oneLine(text: string): string {
  return text.replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** What a reader should know of an action beside what is done: `#` comments, which shells and YAML share. */
export function actionComments({ disruption, affects, pending }: Action, language: Language): string[] {
  const colon = language === 'zh' ? '：' : ': ';
  return [
    `${words.disruption[language]}${colon}${disruptionNames[disruption][language]}`,
    ...affects.map(
      ({ container, effect, why }) =>
        `${container}${colon}${effects[effect][language]}${language === 'zh' ? '，' : ', '}${why[language]}`,
    ),
    ...(pending ? [`${words.afterwards[language]}${colon}${pending[language]}`] : []),
  ].map((line) => `# ${oneLine(line)}`);
}

/** For an action that has no way in this form. */
export function absentComments(action: Action, reason: Text, language: Language): string[] {
  const colon = language === 'zh' ? '：' : ': ';
  return [
    `${words.absent[language]}${colon}${action.id}${colon}${action.summary[language]}`,
    `${words.because[language]}${colon}${reason[language]}`,
  ].map((line) => `# ${oneLine(line)}`);
}

const words = {
  disruption: { en: 'Disruption', zh: '中断' },
  afterwards: { en: 'Afterwards', zh: '之后' },
  absent: { en: 'NOT HERE', zh: '未导出' },
  because: { en: 'Why', zh: '原因' },
} satisfies Record<string, Text>;

const effects: Readonly<Record<Action['affects'][number]['effect'], Text>> = {
  stops: { en: 'stops', zh: '停止' },
  restarts: { en: 'restarts', zh: '重启' },
  'may-break': { en: 'may break', zh: '可能出现故障' },
  'is-replaced': { en: 'is replaced', zh: '被替换' },
  'is-removed': { en: 'is removed', zh: '被移除' },
};
