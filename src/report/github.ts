import type { FixRecord } from '../model/fix-report.ts';
import type { Report } from '../model/report.ts';
import { recordLine } from './plan/record-line.ts';
import { type Problem, problemsOf, problemText, worstProblemsFirst } from './problem.ts';

/**
 * Workflow commands of GitHub Actions, which shows each as an annotation at its line. The worst come first, because
 * GitHub shows no more than ten of a kind for each step.
 */
export function renderGithub(report: Report): string {
  const fixes = report.fix ? [fixCommand(report.fix)] : [];
  return [...fixes, ...worstProblemsFirst(problemsOf(report)).map(commandOf)].map((line) => `${line}\n`).join('');
}

/** What a fix did, before what it left. */
function fixCommand(fix: FixRecord): string {
  const failed = fix.actions.some(({ state }) => state === 'failed');
  return `::${failed ? 'error' : 'notice'}::${escapeData(recordLine(fix))}`;
}

const commands: Readonly<Record<Problem['severity'], 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
  unknown: 'notice',
};

function commandOf(problem: Problem): string {
  const { file, line, column, severity, finding } = problem;
  const properties = Object.entries({
    file: file?.replace(/^(?:\.\/+)+/, ''),
    line,
    col: line === undefined ? undefined : column,
    title: finding ? `${finding.title} (${finding.control})` : undefined,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]));
  // Without a file there is no line to stand at, so that the text has to say what it is about.
  const text = file === undefined && finding ? `${finding.subject}: ${problemText(problem)}` : problemText(problem);
  const head = [commands[severity], properties.join(',')].filter((part) => part !== '').join(' ');
  return `::${head}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
