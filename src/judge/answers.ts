import type { Answer } from '../model/answer.ts';
import type { JudgeContext } from '../model/control.ts';

/** What a control is told of the answer to its question: the one that counts, or that it did. Nothing where there is none. */
export function answerTo(
  control: string,
  answers: readonly Answer[],
  now: Date,
): Pick<JudgeContext, 'answer' | 'expiredAnswer'> {
  const answer = answers.find((each) => each.control === control);
  if (!answer) return {};
  return lastDayOf(answer) < now.toISOString().slice(0, 10) ? { expiredAnswer: answer } : { answer };
}

/** It counts to the end of this day in UTC, like a waiver. */
function lastDayOf({ date, until }: Answer): string {
  // There may be no such day (29 February), but only the order of the texts is asked for.
  return until ?? `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
}
