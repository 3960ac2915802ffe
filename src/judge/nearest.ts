import { distance } from 'fastest-levenshtein';

/** The candidate that `word` was most likely meant to be; `undefined` when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((left, right) => left.edits - right.edits);
  const best = ranked[0];
  if (best && best.edits <= Math.max(2, word.length / 3)) return best.candidate;
  const wanted = word.toLowerCase();
  return wanted.length < 4 ? undefined : candidates.find((candidate) => candidate.toLowerCase().includes(wanted));
}
