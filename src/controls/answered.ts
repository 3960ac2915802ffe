import type { Answer } from '../model/answer.ts';
import type { JudgeContext } from '../model/control.ts';
import type { Evidence } from '../model/fact.ts';
import type { Text } from '../model/text.ts';
import { fail, pass, unknown, type Verdict } from '../model/verdict.ts';

export type Answered = Pick<JudgeContext, 'answer' | 'expiredAnswer'>;

/** The verdict where only a person can tell: what somebody answered, or the question. */
export function answeredByPerson({ answer, expiredAnswer }: Answered, question: Text): Verdict {
  if (!answer) {
    return unknown(
      { en: `Only a person can tell: ${question.en}`, zh: `需由人回答：${question.zh}` },
      expiredAnswer ? askedAgain(expiredAnswer) : askedOnce,
    );
  }
  const evidence: Evidence = { source: 'file', path: 'plimsoll.yaml answers', value: answer.holds };
  const { owner, date, note } = answer;
  return answer.holds
    ? pass({ en: `${owner} said so on ${date}: ${note}`, zh: `${owner} 于 ${date} 确认：${note}` }, evidence)
    : fail(
        {
          en: `${owner} said on ${date} that it does not hold: ${note}`,
          zh: `${owner} 于 ${date} 表示不成立：${note}`,
        },
        evidence,
      );
}

const askedOnce: Text = {
  en: 'answer it once in plimsoll.yaml, under answers',
  zh: '在 plimsoll.yaml 的 answers 下回答一次',
};

function askedAgain({ owner, date }: Answer): Text {
  return {
    en: `answer it anew in plimsoll.yaml, under answers: what ${owner} said on ${date} has expired`,
    zh: `在 plimsoll.yaml 的 answers 下重新回答：${owner} 于 ${date} 的回答已过期`,
  };
}
