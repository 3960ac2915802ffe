import { disruptionNames } from '../../model/remedy.ts';
import { answerLines, automaticText, noteText, referenceLines, subjectText, valueText, words } from './words.ts';
import type { Explanation } from '../../remedy/explanation.ts';
import { wrap } from '../terminal/wrap.ts';

/** A control's explanation for the terminal, without colour, in lines of at most `width` columns; commands stay whole. */
export function explainText(explanation: Explanation, width = 96): string {
  const { language, severity, parameters, remedy, references } = explanation;
  const label = (name: keyof typeof words) => words[name][language];
  const colon = language === 'zh' ? '：' : ': ';
  const wrapped = (text: string) => indent(wrap(text, width - 2));
  const note = noteText(severity.note, language);
  const automatic = automaticText(explanation);
  const links = (references.links ?? []).map((link) => `  ${link}`);
  const sources = [
    ...referenceLines(references, language).flatMap(([name, value]) => wrapped(`${name}${colon}${value}`)),
    ...links,
  ];
  const blocks: string[][] = [
    [...wrap(explanation.title, width), explanation.id],
    [
      ...wrap(`${label('severity')}${colon}${severity.name}${note}`, width),
      ...wrap(`${label('subject')}${colon}${subjectText(explanation)}`, width),
    ],
    section(label('why'), wrapped(explanation.why)),
    section(label('how'), wrapped(explanation.how)),
    explanation.question === undefined
      ? []
      : section(label('question'), [...wrapped(explanation.question), '', ...indent(answerLines(explanation))]),
    section(
      label('parameters'),
      parameters.flatMap((parameter) =>
        wrapped(`${parameter.name} = ${valueText(parameter.default)}`).concat(indent(wrapped(parameter.description))),
      ),
    ),
    remedy === null
      ? []
      : section(label('remedy'), [
          ...wrapped(remedy.summary),
          ...wrapped(`${label('disruption')}${colon}${disruptionNames[remedy.disruption][language]}`),
          ...(automatic === undefined ? [] : wrapped(`${label('automatic')}${colon}${automatic}`)),
          ...indent(indent(remedy.commands)),
        ]),
    ...explanation.examples.map(({ title, counterexample, fix, apply }) =>
      section(title, [
        ...part(label('counterexample'), counterexample),
        ...part(label('fix'), fix),
        ...part(label('apply'), apply),
      ]),
    ),
    section(label('references'), sources),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines];
}

function part(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${heading}`, ...indent(indent(lines))];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
