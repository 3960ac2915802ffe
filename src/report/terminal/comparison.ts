import type { ComparedFinding, Comparison } from '../../model/comparison.ts';
import { compareSeverity, severityNames } from '../../model/severity.ts';
import type { Language } from '../../model/text.ts';
import { comparisonHead, comparisonWords } from '../words.ts';
import { heading } from './frame.ts';
import { indented } from './lines.ts';
import type { Terminal } from './paint.ts';

/** What has become different since an older report, a line each, the worst first. */
export function comparisonLines(comparison: Comparison, language: Language, terminal: Terminal): string[] {
  return [
    '',
    heading(comparisonHead(comparison, language), terminal),
    ...listLines(comparisonWords.new[language], comparison.new, language, terminal),
    ...listLines(comparisonWords.fixed[language], comparison.fixed, language, terminal),
    ...listLines(comparisonWords.unreadable[language], comparison.unreadable, language, terminal),
  ];
}

function listLines(
  title: string,
  findings: readonly ComparedFinding[],
  language: Language,
  terminal: Terminal,
): string[] {
  if (findings.length === 0) return [];
  const sorted = findings.toSorted((left, right) => compareSeverity(left.severity, right.severity));
  return [
    title,
    ...sorted.flatMap(({ control, title: rule, subject, severity }) =>
      indented('  ', `${subject} · ${severityNames[severity][language]} ${rule} [${control}]`, terminal),
    ),
  ];
}
