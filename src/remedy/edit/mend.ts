import type { Subject } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import type { FindingStatus, Verdict } from '../../model/verdict.ts';
import { editText } from './edit.ts';

/** A finding as far as mending asks about it. */
export interface MendableFinding {
  readonly control: { readonly id: string };
  readonly subject: Subject;
  readonly status: FindingStatus;
  readonly verdict: Verdict;
  readonly remedy?: Remedy;
}

/** What a text is found to be; absent where it cannot be read any more. */
export interface JudgedText<F extends MendableFinding> {
  readonly findings: readonly F[];
  /** Of a Dockerfile. */
  readonly dockerfile?: Dockerfile | undefined;
}

export interface Mended<F extends MendableFinding> {
  readonly text: string;
  readonly fixed: readonly F[];
  readonly refused: readonly { readonly finding: F; readonly reason: Text }[];
}

/**
 * Carries out every remedy of one file that a program can, one after the other. Each is proven: the text is judged
 * again, and unless the failure is gone and no other has come, the text stays as it was.
 */
export function mend<F extends MendableFinding>(
  file: string,
  original: string,
  judge: (text: string) => JudgedText<F> | undefined,
): Mended<F> {
  const fixed: F[] = [];
  const refused = new Map<string, { finding: F; reason: Text }>();
  let text = original;
  let judged = judge(text);
  for (;;) {
    const finding = judged?.findings.find((each) => each.status === 'fail' && !refused.has(keyOf(each)));
    if (!judged || !finding) break;
    const attempt = attemptOf(finding, judged, { file, text }, judge);
    if ('reason' in attempt) refused.set(keyOf(finding), { finding, reason: attempt.reason });
    else {
      fixed.push(finding);
      ({ text, judged } = attempt);
    }
  }
  return { text, fixed, refused: [...refused.values()] };
}

function attemptOf<F extends MendableFinding>(
  finding: F,
  judged: JudgedText<F>,
  { file, text }: { readonly file: string; readonly text: string },
  judge: (text: string) => JudgedText<F> | undefined,
): { readonly text: string; readonly judged: JudgedText<F> } | { readonly reason: Text } {
  const { remedy, subject } = finding;
  if (!remedy || remedy.kind === 'manual' || remedy.kind === 'daemon') return { reason: byPerson };
  let edited: string | undefined;
  try {
    edited = editText(remedy, subject, { file, text, dockerfile: judged.dockerfile });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (edited === undefined || edited === text) return { reason: notHere };
  const after = judge(edited);
  return after && isProven(finding, judged.findings, after.findings)
    ? { text: edited, judged: after }
    : { reason: notProven };
}

/** There are fewer such failures than before, and nowhere more. */
function isProven(
  finding: MendableFinding,
  before: readonly MendableFinding[],
  after: readonly MendableFinding[],
): boolean {
  const [old, next] = [troubles(before), troubles(after)];
  const key = groupOf(finding);
  const isFewer = (next.get(key) ?? 0) < (old.get(key) ?? 0);
  return isFewer && [...next].every(([other, count]) => count <= (old.get(other) ?? 0));
}

/** How often each control fails, or cannot tell, in each subject. */
function troubles(findings: readonly MendableFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    if (finding.status !== 'fail' && finding.status !== 'unknown') continue;
    counts.set(groupOf(finding), (counts.get(groupOf(finding)) ?? 0) + 1);
  }
  return counts;
}

function groupOf({ control, subject }: MendableFinding): string {
  return `${control.id} ${subject.id}`;
}

/** The same failure after other lines have moved. */
function keyOf(finding: MendableFinding): string {
  const { evidence, field, location, message } = finding.verdict;
  return JSON.stringify([groupOf(finding), field, location?.path, message.en, evidence.map(({ value }) => value)]);
}

const byPerson: Text = { en: 'only a person can decide it', zh: '需由人决定' };
const notHere: Text = {
  en: 'the file has no place where it could be changed',
  zh: '文件中没有可以修改的位置',
};
const notProven: Text = {
  en: 'the change would not have made it pass, or would have broken another rule',
  zh: '修改后仍不能通过，或会违反其他规则',
};
