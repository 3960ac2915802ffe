import { disruptionNames } from '../../model/remedy.ts';
import { answerLines, automaticText, noteText, referenceLines, subjectText, valueText, words } from './words.ts';
import type { Example, Explanation } from '../../remedy/explanation.ts';

/** A control's page. */
export function explainMarkdown(explanation: Explanation): string {
  const { language, severity, references } = explanation;
  const label = (name: keyof typeof words) => words[name][language];
  const colon = language === 'zh' ? '：' : ': ';
  const sections = [
    `# ${prose(explanation.title)}`,
    `\`${explanation.id}\``,
    [
      `- ${label('severity')}${colon}${severity.name}${prose(noteText(severity.note, language))}`,
      `- ${label('level')}${colon}${explanation.level}`,
      `- ${label('subject')}${colon}${prose(subjectText(explanation))}`,
    ].join('\n'),
    `## ${label('why')}`,
    prose(explanation.why),
    `## ${label('how')}`,
    prose(explanation.how),
    ...(explanation.question === undefined
      ? []
      : [`## ${label('question')}`, prose(explanation.question), fenced(answerLines(explanation), 'yaml')]),
    ...parameterSection(explanation),
    ...remedySection(explanation),
    ...(explanation.examples.length === 0 ? [] : [`## ${label('examples')}`]),
    ...explanation.examples.flatMap((example) => exampleSection(example, explanation)),
  ];
  const links = (references.links ?? []).map((link) => `- <${link}>`);
  const lines = [
    ...referenceLines(references, language).map(([name, value]) => `- ${name}${colon}${prose(value)}`),
    ...links,
  ];
  if (lines.length > 0) sections.push(`## ${label('references')}`, lines.join('\n'));
  return `${sections.join('\n\n')}\n`;
}

function parameterSection({ parameters, language }: Explanation): string[] {
  if (parameters.length === 0) return [];
  const heads = (['name', 'default', 'description'] as const).map((name) => words[name][language]);
  const rows = parameters.map((each) => [code(each.name), code(valueText(each.default)), prose(each.description)]);
  const table = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [`## ${words.parameters[language]}`, table.join('\n')];
}

function remedySection(explanation: Explanation): string[] {
  const { remedy, language } = explanation;
  if (remedy === null) return [];
  const colon = language === 'zh' ? '：' : ': ';
  const automatic = automaticText(explanation);
  const disruption = disruptionNames[remedy.disruption][language];
  return [
    `## ${words.remedy[language]}`,
    prose(remedy.summary),
    `${words.disruption[language]}${colon}${disruption}`,
    ...(automatic === undefined ? [] : [`${words.automatic[language]}${colon}\`${automatic}\``]),
    ...(remedy.commands.length === 0 ? [] : [fenced(remedy.commands, 'sh')]),
  ];
}

function exampleSection({ title, syntax, counterexample, fix, apply }: Example, { language }: Explanation): string[] {
  const part = (name: 'counterexample' | 'fix' | 'apply', lines: readonly string[], fence: string) =>
    lines.length === 0 ? [] : [`${words[name][language]}${language === 'zh' ? '：' : ':'}`, fenced(lines, fence)];
  return [
    `### ${title}`,
    ...part('counterexample', counterexample, syntax),
    ...part('fix', fix, syntax),
    ...part('apply', apply, 'sh'),
  ];
}

/** A fence must be longer than any that stands in the lines. */
function fenced(lines: readonly string[], syntax: string): string {
  const longest = Math.max(0, ...lines.flatMap((line) => line.match(/`{3,}/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}${syntax}`, ...lines, fence].join('\n');
}

/** A code span inside a table cell. */
function code(text: string): string {
  return `\`${text.replaceAll('|', String.raw`\|`)}\``;
}

/** A sentence in which no character means formatting, outside of code spans. */
function prose(text: string): string {
  return text.replace(/`[^`]*`|(?<!\w)_|_(?!\w)|[<*|\\[\]]/g, (found) =>
    found.startsWith('`') ? found : `\\${found}`,
  );
}
