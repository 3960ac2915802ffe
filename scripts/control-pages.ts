import { type Control, levelOf, usualSeverity } from '../src/model/control.ts';
import { severityNames } from '../src/model/severity.ts';
import { type Language, languages, type Text } from '../src/model/text.ts';
import { explainControl } from '../src/remedy/explain.ts';
import { explainMarkdown } from '../src/report/explain/markdown.ts';

const pageWords = {
  title: { en: 'Controls', zh: '检查项' },
  intro: {
    en: 'Every rule that Plimsoll judges by. Generated from the controls themselves; `plimsoll explain ID` says the same at the terminal.',
    zh: 'Plimsoll 判断所依据的全部规则。由检查项自身生成；`plimsoll explain ID` 在终端给出相同内容。',
  },
  control: { en: 'Control', zh: '检查项' },
  severity: { en: 'Severity', zh: '严重程度' },
  rule: { en: 'Rule', zh: '规则' },
} satisfies Record<string, Text>;

/** Pages by their path below `docs/controls`: an index and a page a control, in both languages. */
export async function controlPages(): Promise<Map<string, string>> {
  const { controls } = await import('../src/controls/registry.ts');
  const pages = new Map<string, string>();
  for (const language of languages) {
    pages.set(`${language}/README.md`, indexPage(controls, language));
    for (const control of controls) {
      pages.set(`${language}/${control.id}.md`, `${explainMarkdown(explainControl(control, language)).trimEnd()}\n`);
    }
  }
  return pages;
}

function indexPage(controls: readonly Control[], language: Language): string {
  const levels = Map.groupBy(controls, levelOf);
  const sections = [...levels].flatMap(([level, list]) => [
    `## ${level}`,
    '',
    `| ${pageWords.control[language]} | ${pageWords.severity[language]} | CIS Docker | ${pageWords.rule[language]} |`,
    '| --- | --- | --- | --- |',
    ...list.map(
      (control) =>
        `| [${control.id}](${control.id}.md) | ${severityNames[usualSeverity(control)][language]} | ${(control.references.cisDocker ?? []).join(', ')} | ${control.title[language]} |`,
    ),
    '',
  ]);
  return [`# ${pageWords.title[language]}`, '', pageWords.intro[language], '', ...sections].join('\n');
}
