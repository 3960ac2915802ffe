import type { Text } from '../../model/text.ts';
import { type Failures, type MendableFinding, pathOf } from './mendable.ts';

export interface Mended<F extends MendableFinding> {
  readonly text: string;
  /** Failures of the text as it was that the mended one does not have. */
  readonly fixed: readonly F[];
  /** Failures that the mended text has. */
  readonly refused: readonly Refusal<F>[];
}

export interface Refusal<F extends MendableFinding> {
  /** As it stands in the mended text. */
  readonly finding: F;
  /** As it stood in the text as it was; absent where it has only come up since. */
  readonly original?: F;
  readonly reason: Text;
}

/** What became of the failures of a text, paired by what they are. */
export function comparison<F extends MendableFinding>(
  before: Failures<F>,
  after: Failures<F>,
  reasonOf: (finding: F) => Text,
): Pick<Mended<F>, 'fixed' | 'refused'> {
  const left = new Set(before.all());
  const take = (finding: F, isSame: (old: F) => boolean) => {
    const old = left.values().find((each) => before.groupOf(each) === after.groupOf(finding) && isSame(each));
    if (old) left.delete(old);
    return old;
  };
  const originals = new Map<F, F | undefined>();
  // The surest pairs first: what has not changed at all, then what is wrong with the same field.
  const likenesses = [
    (finding: F, old: F) => before.keyOf(old) === after.keyOf(finding),
    (finding: F, old: F) => pathOf(old) === pathOf(finding),
    () => true,
  ];
  for (const isLike of likenesses) {
    for (const finding of after.all()) {
      if (!originals.get(finding))
        originals.set(
          finding,
          take(finding, (old) => isLike(finding, old)),
        );
    }
  }
  return {
    fixed: before.own().filter((finding) => left.has(finding)),
    refused: after.own().map((finding) => {
      const original = originals.get(finding);
      return { finding, ...(original ? { original } : {}), reason: reasonOf(finding) };
    }),
  };
}
