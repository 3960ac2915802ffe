import { PlimsollError } from '../model/error.ts';
import { unreadable, type UnreadableFact } from '../model/fact.ts';
import { joinTexts, verbatim } from '../model/text.ts';
import { type FeedProblemKind, problemWords } from './feed-problem-words.ts';

/** Gathers what was left out, file by file, up to a number that somebody can read. */
export interface FeedProblems {
  /** @param detail what the words of this kind have a place for: a code, a name, a number */
  readonly add: (path: string, kind: FeedProblemKind, detail?: string) => void;
  readonly all: () => readonly UnreadableFact[];
}

const mostProblems = 100;

/** @param root of all files, for what is said of many */
export function feedProblems(root: string): FeedProblems {
  const found: UnreadableFact[] = [];
  let more = 0;
  return {
    add(path, kind, detail) {
      if (found.length < mostProblems) found.push(problemFact(path, kind, detail));
      else more += 1;
    },
    all: () => (more === 0 ? found : [...found, problemFact(root, 'more', String(more))]),
  };
}

function problemFact(path: string, kind: FeedProblemKind, detail = ''): UnreadableFact {
  const { reason, need } = problemWords[kind];
  return unreadable('file', path, reason(detail), need);
}

/** Where there is no feed at all; says why of the first file that is none. */
export function nothingError(path: string, [first]: readonly UnreadableFact[]): PlimsollError {
  const error = feedError(path, 'nothing');
  if (!first) return error;
  const text = joinTexts([error.text, verbatim(first.path)]);
  return new PlimsollError(
    error.code,
    { en: `${text.en}: ${first.reason.en}`, zh: `${text.zh}：${first.reason.zh}` },
    error.advice,
  );
}

/** The same as an error, where nothing else can be read. */
export function feedError(path: string, kind: FeedProblemKind, detail = ''): PlimsollError {
  const { reason, need } = problemWords[kind];
  const { en, zh } = reason(detail);
  return new PlimsollError(
    'file-unreadable',
    { en: `${path}: ${en}`, zh: `${path}：${zh}` },
    { en: `What is needed: ${need.en}.`, zh: `所需：${need.zh}。` },
  );
}
