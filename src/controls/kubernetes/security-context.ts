import { type JsonObject, type JsonValue, type KeyPath, objectIn, pathText, valueAt } from '../../model/json.ts';
import { type PodContainerEntry, podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import type { Text } from '../../model/text.ts';

/** The pod or one of its containers: whatever can carry a `securityContext`. */
export interface Holder {
  readonly kind: 'pod' | 'container';
  /** As a sentence begins: `The container web`. */
  readonly words: Text;
  readonly context: JsonObject;
  /** To its `securityContext`, from the object's root. */
  readonly path: KeyPath;
}

/** The pod itself, then every container. */
export function holdersIn(pod: PodTemplate | undefined): Holder[] {
  if (!pod) return [];
  const itself: Holder = {
    kind: 'pod',
    words: { en: 'The pod', zh: 'Pod' },
    context: objectIn(pod.spec, 'securityContext'),
    path: [...pod.path, 'spec', 'securityContext'],
  };
  return [itself, ...containerHoldersIn(pod)];
}

/** Every container: init, sidecar and ephemeral ones too. */
export function containerHoldersIn(pod: PodTemplate | undefined): Holder[] {
  return (pod ? podContainers(pod) : []).map((entry) => ({
    kind: 'container',
    words: containerWords(entry),
    context: objectIn(entry.value, 'securityContext'),
    path: [...entry.path, 'securityContext'],
  }));
}

/** As a sentence begins: `The container web`; by its place where it has no name. */
export function containerWords({ name, path }: PodContainerEntry): Text {
  const known = name === '' ? pathText(path) : name;
  return { en: `The container ${known}`, zh: `容器 ${known}` };
}

/** A field of a `securityContext`. A null is as good as nothing there. */
export function settingOf({ context }: Holder, path: KeyPath): JsonValue | undefined {
  return valueAt(context, path) ?? undefined;
}

/** What a setting that containers inherit from their pod is worth where it stands. */
export type Worth = 'good' | 'bad' | 'absent';

/** A holder whose setting is bad, or a container that has none and inherits none. */
export interface Fault {
  readonly holder: Holder;
  readonly worth: 'bad' | 'absent';
}

/**
 * The faults of a setting that each container has of its own or from its pod. Containers without one are not at fault
 * where the pod's is bad: there is one place to mend.
 */
export function inheritedFaults(pod: PodTemplate | undefined, worthOf: (holder: Holder) => Worth): Fault[] {
  const [itself, ...containers] = holdersIn(pod);
  if (!itself) return [];
  const inherited = worthOf(itself);
  return [itself, ...containers].flatMap((holder): Fault[] => {
    const worth = worthOf(holder);
    if (worth === 'bad') return [{ holder, worth }];
    return worth === 'absent' && inherited === 'absent' && holder !== itself ? [{ holder, worth }] : [];
  });
}
