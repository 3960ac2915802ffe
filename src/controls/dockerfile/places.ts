import type { Dockerfile } from '../../model/dockerfile.ts';
import type { Span } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass, type Verdict } from '../../model/verdict.ts';

/** A place of a Dockerfile at which a rule is broken. */
export interface Place {
  readonly span: Span;
  /** What stands there, in few words. */
  readonly value: string;
  readonly message: Text;
}

/** A failure for each place, or a pass. */
export function verdictsAt(
  { locate }: Dockerfile,
  places: readonly Place[],
  otherwise: Text,
): Verdict | readonly Verdict[] {
  if (places.length === 0) return pass(otherwise);
  return places.map(({ message, span, value }) => failAt(message, locate(span), value, span));
}

/** The place that a failure names, among those that `places` finds again. */
export function placeOf<P extends Place>(places: readonly P[], { span }: Verdict): P | undefined {
  return places.find((each) => each.span.start === span?.start && each.span.end === span.end);
}
