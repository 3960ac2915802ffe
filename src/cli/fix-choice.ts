import { nearest } from '../judge/nearest.ts';
import { type Level, levelOf } from '../model/control.ts';
import { PlimsollError } from '../model/error.ts';
import { matchesGlob } from '../model/glob.ts';
import type { Failure } from '../fix/planning.ts';
import type { Look } from './machine-audit.ts';

export interface Choice {
  /** Only failures of these levels. */
  readonly only?: readonly Level[];
  /** Only failures of these subjects: ids, names or globs. */
  readonly subject?: readonly string[];
  readonly control?: readonly string[];
}

/**
 * The failures that were asked for. Throws a PlimsollError (`usage`) where a choice matches nothing that was looked at: an
 * empty plan would read as if all were well. An engine that did not answer has not been looked at.
 */
export function chosenFailures({ findings, subjects, engineError }: ChosenFrom, choice: Choice): Failure[] {
  const { only, subject: patterns = [], control } = choice;
  const ids = subjects.map(({ id }) => id);
  if (!engineError) {
    if (control !== undefined && findings.length === 0) throw notJudged(control);
    for (const pattern of patterns) if (!ids.some((id) => isNamed(id, pattern))) throw noSubject(pattern, ids);
    const judged = [...new Set(findings.map((finding) => levelOf(finding.control)))];
    const missing = only?.filter((level) => !judged.includes(level)) ?? [];
    if (only !== undefined && missing.length === only.length) throw noLevel(missing, judged);
  }
  return findings.filter(
    ({ status, control: { id }, subject }) =>
      status === 'fail' &&
      (only === undefined || only.includes(levelOf({ id }))) &&
      (patterns.length === 0 || patterns.some((pattern) => isNamed(subject.id, pattern))),
  );
}

type ChosenFrom = Pick<Look, 'findings' | 'subjects' | 'engineError'>;

/** `web` is `container/web` too. */
function isNamed(id: string, pattern: string): boolean {
  return matchesGlob(pattern, id) || (!pattern.includes('/') && matchesGlob(pattern, shortName(id)));
}

function shortName(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** Containers first: it is they who are named most. */
function rankOf(id: string): number {
  return id.startsWith('container/') ? 0 : 1;
}

/** How many names are told to whoever has named none of them. */
const fewNames = 8;

function noSubject(pattern: string, ids: readonly string[]): PlimsollError {
  const near = nearest(pattern, pattern.includes('/') ? ids : ids.map(shortName));
  const shown = ids.toSorted((left, right) => rankOf(left) - rankOf(right)).slice(0, fewNames);
  const more = ids.length - shown.length;
  return new PlimsollError(
    'usage',
    {
      en: `--subject: nothing on this machine is called "${pattern}"`,
      zh: `--subject：本机没有名为“${pattern}”的对象`,
    },
    {
      en: `${near === undefined ? '' : `Did you mean ${near}? `}There are: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
      zh: `${near === undefined ? '' : `是否指 ${near}？`}现有：${shown.join('、')}${more > 0 ? `，另有 ${more} 个` : ''}。`,
    },
  );
}

function noLevel(levels: readonly Level[], judged: readonly Level[]): PlimsollError {
  return new PlimsollError(
    'usage',
    {
      en: `--only: nothing was judged at ${levels.join(', ')}`,
      zh: `--only：没有检查 ${levels.join('、')} 层级的任何内容`,
    },
    {
      en: `What was judged here is of these levels: ${judged.join(', ')}. Files are mended by plimsoll check --fix.`,
      zh: `此处检查的层级有：${judged.join('、')}。文件请用 plimsoll check --fix 修复。`,
    },
  );
}

function notJudged(controls: readonly string[]): PlimsollError {
  return new PlimsollError(
    'usage',
    {
      en: `--control: nothing on this machine is judged by ${controls.join(', ')}`,
      zh: `--control：本机没有可由 ${controls.join('、')} 检查的对象`,
    },
    {
      en: 'Files are mended by plimsoll check --fix; plimsoll explain ID says what a control looks at.',
      zh: '文件请用 plimsoll check --fix 修复；plimsoll explain ID 说明检查项的对象。',
    },
  );
}
