import { isObject, type JsonObject, type JsonValue, type KeyPath, listIn, objectIn, textIn } from '../../model/json.ts';
import { type PodContainerEntry, podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import { remembered } from '../../model/remembered.ts';

export interface PodVariable {
  readonly name: string;
  readonly value: JsonObject;
  readonly entry: PodContainerEntry;
  /** From the object's root. */
  readonly path: KeyPath;
}

/** The variables of every container, one by one. */
export function variablesIn(pod: PodTemplate | undefined): readonly PodVariable[] {
  return pod ? variablesOf(pod) : [];
}

const variablesOf = remembered((pod: PodTemplate): readonly PodVariable[] =>
  podContainers(pod).flatMap((entry) =>
    listIn(entry.value, 'env').flatMap((value, index): PodVariable[] =>
      isObject(value) ? [{ name: textIn(value, 'name') ?? '', value, entry, path: [...entry.path, 'env', index] }] : [],
    ),
  ),
);

/** A variable, or all of them, taken from an object. */
export interface EnvironmentReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Absent: everything that the object holds. */
  readonly key?: string;
  /** The container starts without it. */
  readonly isOptional: boolean;
  readonly entry: PodContainerEntry;
  readonly path: KeyPath;
}

const ofVariables = { configMapKeyRef: 'ConfigMap', secretKeyRef: 'Secret' } as const;
const ofAll = { configMapRef: 'ConfigMap', secretRef: 'Secret' } as const;

/** What the environment of every container takes from other objects. */
export function environmentReferences(pod: PodTemplate | undefined): readonly EnvironmentReference[] {
  return pod ? referencesIn(pod) : [];
}

const referencesIn = remembered((pod: PodTemplate): readonly EnvironmentReference[] => {
  const single = variablesIn(pod).flatMap(({ value, entry, path }) =>
    (['configMapKeyRef', 'secretKeyRef'] as const).flatMap((field) => {
      const from = objectIn(value, 'valueFrom')[field];
      const key = textIn(from, 'key');
      if (key === undefined) return [];
      return referenceOf(ofVariables[field], from, entry, [...path, 'valueFrom', field]).map((each) => ({
        ...each,
        key,
      }));
    }),
  );
  const whole = podContainers(pod).flatMap((entry) =>
    listIn(entry.value, 'envFrom').flatMap((value, index) =>
      (['configMapRef', 'secretRef'] as const).flatMap((field) =>
        referenceOf(ofAll[field], isObject(value) ? value[field] : undefined, entry, [
          ...entry.path,
          'envFrom',
          index,
          field,
        ]),
      ),
    ),
  );
  return [...single, ...whole];
});

function referenceOf(
  kind: EnvironmentReference['kind'],
  from: JsonValue | undefined,
  entry: PodContainerEntry,
  path: KeyPath,
): EnvironmentReference[] {
  const name = textIn(from, 'name') ?? '';
  if (!isObject(from) || name === '') return [];
  return [{ kind, name, isOptional: from.optional === true, entry, path }];
}
