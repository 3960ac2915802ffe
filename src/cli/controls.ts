import { requireControls } from '../judge/selection.ts';
import { resolvePolicy } from '../judge/policy.ts';
import { knownControls, loadControls } from '../controls/known.ts';
import { type Control, type Level, levelOf, usualSeverity } from '../model/control.ts';
import { reaches, type Severity, severityNames } from '../model/severity.ts';
import type { Language, Text } from '../model/text.ts';
import { padTo, widthOf } from '../report/terminal/wrap.ts';
import type { SharedOptions } from './options.ts';
import { writeDocument } from './write.ts';

export interface ControlsOptions extends SharedOptions {
  readonly format: 'table' | 'json';
  readonly level?: Level;
  readonly severity?: Severity;
  readonly baseline?: string;
}

const head = {
  id: { en: 'CONTROL', zh: '检查项' },
  severity: { en: 'SEVERITY', zh: '严重程度' },
  cis: { en: 'CIS DOCKER', zh: 'CIS DOCKER' },
  title: { en: 'TITLE', zh: '标题' },
} satisfies Record<string, Text>;

/** `plimsoll controls [SELECTOR…]`: what can be judged. */
export async function listControls(
  selectors: readonly string[],
  options: ControlsOptions,
  language: Language,
): Promise<0> {
  await loadControls();
  const chosen = selectors.length > 0 ? new Set(selectors.flatMap((each) => requireControls(each, each))) : undefined;
  const inBaseline =
    options.baseline === undefined ? knownControls() : resolvePolicy({ baseline: options.baseline }).controls;
  const listed = inBaseline.filter(
    (control) =>
      (chosen?.has(control) ?? true) &&
      (options.level === undefined || levelOf(control) === options.level) &&
      (options.severity === undefined || reaches(usualSeverity(control), options.severity)),
  );
  await writeDocument(
    options.format === 'json' ? asJson(listed, language) : controlTable(listed, language),
    options.output,
  );
  return 0;
}

function asJson(listed: readonly Control[], language: Language): string {
  const rows = listed.map((control) => ({
    id: control.id,
    level: levelOf(control),
    subject: control.subject,
    severity: usualSeverity(control),
    title: control.title[language],
    ...(control.question ? { question: control.question[language] } : {}),
    aliases: [...(control.references.cisDocker ?? []), ...(control.references.aliases ?? [])],
    references: control.references,
  }));
  return `${JSON.stringify({ controls: rows }, null, 2)}\n`;
}

/** A line for each control, with its number in the CIS Docker Benchmark. */
export function controlTable(listed: readonly Control[], language: Language): string {
  const rows = [
    [head.id, head.severity, head.cis, head.title].map((each) => each[language]),
    ...listed.map((control) => [
      control.id,
      severityNames[usualSeverity(control)][language],
      (control.references.cisDocker ?? []).join(', '),
      control.title[language],
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => padTo(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
