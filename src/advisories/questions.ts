import type { Distribution } from '../model/image-contents.ts';
import { isSystemPackage, type Package } from '../model/package.ts';
import { languageQuestions } from './language-questions.ts';
import type { QuestionOptions, Questions } from './question.ts';
import { systemQuestions } from './system-questions.ts';

export type { Question, QuestionOptions, Questions } from './question.ts';

/**
 * Where advisories about a package are looked up, under which name and with which version; or why nowhere. What is not asked about is
 * unknown, and never clean.
 *
 * @param distribution - where the package was found; `undefined` where that is not known
 */
export function questionsOf(
  each: Package,
  distribution: Distribution | undefined,
  options: QuestionOptions,
): Questions {
  return isSystemPackage(each) ? systemQuestions(each, distribution, options) : languageQuestions(each);
}
