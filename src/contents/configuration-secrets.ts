import { instructionOfStep } from '../model/image-step.ts';
import type { ImageFacts } from '../model/image.ts';
import type { FoundSecret, SecretPlace } from '../model/image-contents.ts';
import { findInText, type TextHint } from './secrets/secrets.ts';

/**
 * Secrets in what an image says of itself: environment, labels, commands, and every step of its history with its arguments. What a
 * step sets that still stands in the configuration is said once, of the configuration.
 */
export function configurationSecrets({
  configuration,
  history,
}: Pick<ImageFacts, 'configuration' | 'history'>): FoundSecret[] {
  const { environment, labels, entrypoint, command, healthCheck } = configuration;
  const steps = history.known ? history.value : [];
  const declared = [
    ...environment.flatMap(({ name, value }) => found(value?.reveal() ?? '', { kind: 'environment', name })),
    ...Object.entries(labels).flatMap(([name, value]) => found(value, { kind: 'label', name })),
    ...found([...entrypoint, ...command].join(' '), { kind: 'command' }),
    ...found(healthCheck?.test.join(' ') ?? '', { kind: 'command' }, { kind: 'health-check' }),
    ...steps.flatMap((step) =>
      instructionOfStep(step).buildArguments.flatMap(({ name, value }) =>
        found(value, { kind: 'build-argument', name }),
      ),
    ),
  ];
  const inSteps = steps.flatMap(({ createdBy }, step) =>
    found(createdBy, { kind: 'history' }, { kind: 'history', step }),
  );
  return distinct([...declared, ...inSteps.filter((each) => !declared.some((other) => isSame(each, other)))]);
}

/** As far as can be told without keeping values. */
function isSame(left: FoundSecret, right: FoundSecret): boolean {
  return left.rule === right.rule && left.masked === right.masked;
}

/** A build argument stands in every step that follows it. */
function distinct(secrets: readonly FoundSecret[]): FoundSecret[] {
  return [...new Map(secrets.map((each) => [JSON.stringify(each), each])).values()];
}

function found(text: string, hint: TextHint, place: SecretPlace = hint as SecretPlace): FoundSecret[] {
  if (text === '') return [];
  return findInText(text, hint).map(({ rule, masked, verified, severity }) => ({
    rule,
    masked,
    verified,
    severity,
    place,
  }));
}
