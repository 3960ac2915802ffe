import { type Control, type Level, levelOf, type References, usualSeverity } from '../src/model/control.ts';
import { severityNames } from '../src/model/severity.ts';
import { type Language, languages, type Text, verbatim } from '../src/model/text.ts';
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
  aliases: { en: 'Aliases', zh: '别名' },
} satisfies Record<string, Text>;

/** Pages by their path below `docs/controls`: an index and a page a control, in both languages. */
export async function controlPages(): Promise<Map<string, string>> {
  const { controls } = await import('../src/controls/registry.ts');
  // A fault in what reads files must not keep the registry from being written.
  const { readSample } = await import('../src/cli/read-sample.ts');
  const pages = new Map<string, string>();
  for (const language of languages) {
    pages.set(`${language}/README.md`, indexPage(controls, language));
    for (const control of controls) {
      pages.set(
        `${language}/${control.id}.md`,
        `${explainMarkdown(explainControl(control, language, readSample)).trimEnd()}\n`,
      );
    }
  }
  return pages;
}

function indexPage(controls: readonly Control[], language: Language): string {
  const levels = Map.groupBy(controls, levelOf);
  const sections = [...levels].flatMap(([level, list]) => [
    `## ${level}`,
    '',
    `| ${pageWords.control[language]} | ${pageWords.severity[language]} | ${numbersOf(level).name[language]} | ${pageWords.rule[language]} |`,
    '| --- | --- | --- | --- |',
    ...list.map(
      (control) =>
        `| [${control.id}](${control.id}.md) | ${severityNames[usualSeverity(control)][language]} | ${numbersOf(level).of(control.references).join(', ')} | ${control.title[language]} |`,
    ),
    '',
  ]);
  return [`# ${pageWords.title[language]}`, '', pageWords.intro[language], '', ...sections].join('\n');
}

interface Numbers {
  readonly name: Text;
  of(references: References): readonly string[];
}

/** The numbers by which most people know the rules of a level. */
function numbersOf(level: Level): Numbers {
  switch (level) {
    case 'kubernetes':
      return { name: verbatim('CIS Kubernetes'), of: ({ cisKubernetes = [] }) => cisKubernetes };
    case 'dockerfile':
    case 'compose':
      return { name: pageWords.aliases, of: ({ aliases = [] }) => aliases };
    default:
      return { name: verbatim('CIS Docker'), of: ({ cisDocker = [] }) => cisDocker };
  }
}
