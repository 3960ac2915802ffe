import type { Distribution } from '../src/model/image-contents.ts';
import type { Package } from '../src/model/package.ts';
import { type Question, questionsOf } from '../src/advisories/questions.ts';

type Options = Partial<Parameters<typeof questionsOf>[2]>;

/** What is asked of the advisories about a package, or the reason why nothing is. */
export function questionsOrReason(each: Package, distribution?: Distribution, options: Options = {}) {
  const questions = questionsOf(each, distribution, { kernelHeaders: false, ...options });
  return questions.kind === 'asked' ? questions.questions : questions.reason;
}

/** The one question that is asked about a package. Throws where there is none, or more than one. */
export function onlyQuestion(...given: Parameters<typeof questionsOrReason>): Question {
  const questions = questionsOrReason(...given);
  if (typeof questions === 'string' || questions.length !== 1) {
    throw new Error(`not one question: ${JSON.stringify(questions)}`);
  }
  return questions[0] as Question;
}
