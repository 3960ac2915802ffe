import { instructionOfStep } from '../model/image-step.ts';
import type { ImageFacts } from '../model/image.ts';
import { maskedText } from './secrets/masked-text.ts';
import { findInText } from './secrets/secrets.ts';

/** Shorter ones would take letters out of the middle of other words. */
const shortestValue = 4;

/**
 * Makes lines of an image's history fit to be shown and kept: secrets in them are masked, also values that only the name of their
 * variable, label or build argument tells.
 */
export function historyMask({
  configuration,
  history,
}: Pick<ImageFacts, 'configuration' | 'history'>): (line: string) => string {
  const steps = history.known ? history.value : [];
  const named = [
    ...configuration.environment.map(
      ({ name, value }) => ({ kind: 'environment', name, value: value?.reveal() ?? '' }) as const,
    ),
    ...Object.entries(configuration.labels).map(([name, value]) => ({ kind: 'label', name, value }) as const),
    ...steps.flatMap((step) =>
      instructionOfStep(step).buildArguments.map(
        ({ name, value }) => ({ kind: 'build-argument', name, value }) as const,
      ),
    ),
  ];
  const values = new Set(
    named.flatMap(({ kind, name, value }) =>
      value.length >= shortestValue && findInText(value, { kind, name }).length > 0 ? [value] : [],
    ),
  );
  // The longest first: one may be part of another.
  const longestFirst = [...values].toSorted((left, right) => right.length - left.length);
  return (line) => maskedText(longestFirst.reduce((text, value) => text.replaceAll(value, '…'), line));
}
