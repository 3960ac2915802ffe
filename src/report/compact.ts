import type { Report } from '../model/report.ts';
import { recordLine } from './plan/record-line.ts';
import { type Problem, problemsOf, problemText } from './problem.ts';

/**
 * A line for each failure and each open question, as compilers write them, for editors:
 * `compose.yaml:14:5: critical: privileged is true. [container-not-privileged]`. Nothing at all where all is well.
 * A fix is told in a comment before them. The words of a severity are the same in every language: programs look for them.
 */
export function renderCompact(report: Report): string {
  const comments = report.fix ? [`# ${oneLine(recordLine(report.fix))}`] : [];
  return [...comments, ...problemsOf(report).map(lineOf)].map((line) => `${line}\n`).join('');
}

function lineOf(problem: Problem): string {
  const { file, line, column, severity, finding } = problem;
  const place = [file ?? finding?.subject, line, line === undefined ? undefined : column];
  const control = finding ? ` [${finding.control}]` : '';
  const text = problem.severity === 'unknown' ? problemText(problem) : problem.message;
  return oneLine(`${place.filter((part) => part !== undefined).join(':')}: ${severity}: ${text}${control}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
