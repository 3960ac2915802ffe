import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { isObject, type JsonObject, type KeyPath, listIn, objectIn, textIn, valueAt } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { podContainer } from '../dialects/pod.ts';
import { listChanges } from './list-change.ts';
import { mountChange } from './mount-change.ts';

/** Where a container and its pod stand in a document, and what is written there. */
export interface PodPlace {
  /** The container's entry. */
  readonly path: KeyPath;
  readonly container: JsonObject;
  /** The pod, with `metadata` and `spec` in it. */
  readonly podPath: KeyPath;
  readonly pod: JsonObject;
}

/**
 * A change of a container as fields of its pod. What concerns the container alone is written to its own entry, where
 * it outranks the pod's; fields that a pod has no word for are left out, and the proof that follows every fix finds
 * that out.
 */
export function podChanges(container: ContainerSpec, change: SpecChange, place: PodPlace): FieldChange[] {
  const after = applySpecChange(container, change);
  return [
    ...securityFields(after, change, place),
    ...capabilityFields(change, place),
    ...namespaceFields(change, place),
    ...resourceFields(change, place),
    ...(change.mounts ? mountFields(container.mounts, after, place) : []),
  ];
}

/** `securityContext` fields by the part of the change that speaks of them. */
function securityFields(after: ContainerSpec, change: SpecChange, place: PodPlace): FieldChange[] {
  const context = ['securityContext'];
  const rendered = objectIn(podContainer(after).container, 'securityContext');
  const fields: FieldChange[] = [];
  const write = (key: string, value = rendered[key]) => {
    const path = [...place.path, ...context, key];
    if (value !== undefined) fields.push({ path, value });
    else if (valueAt(place.container, [...context, key]) !== undefined) fields.push({ path });
  };
  if ('privileged' in change) write('privileged');
  if ('readOnlyRoot' in change) write('readOnlyRootFilesystem');
  if ('user' in change) for (const key of ['runAsUser', 'runAsGroup', 'runAsNonRoot']) write(key);
  if ('maskedPaths' in change || 'readOnlyPaths' in change) write('procMount');
  if (change.security && 'noNewPrivileges' in change.security) write('allowPrivilegeEscalation');
  if (change.security && 'seccomp' in change.security) write('seccompProfile');
  if (change.security && 'appArmor' in change.security) {
    write('appArmorProfile', rendered.appArmorProfile ?? { type: 'RuntimeDefault' });
    fields.push(...appArmorAnnotation(place));
  }
  if (change.security && 'selinux' in change.security) write('seLinuxOptions');
  return fields;
}

/** Older manifests say it in an annotation of the pod, which must agree with the field. */
function appArmorAnnotation({ pod, podPath, container }: PodPlace): FieldChange[] {
  const key = `container.apparmor.security.beta.kubernetes.io/${textIn(container, 'name') ?? ''}`;
  const path = ['metadata', 'annotations', key];
  return valueAt(pod, path) === undefined ? [] : [{ path: [...podPath, ...path], value: 'runtime/default' }];
}

function capabilityFields({ capabilities }: SpecChange, { path, container }: PodPlace): FieldChange[] {
  if (!capabilities) return [];
  return (['add', 'drop'] as const).flatMap((direction) => {
    const wanted = capabilities[direction];
    if (!wanted) return [];
    const place = ['securityContext', 'capabilities'];
    const written = listIn(objectIn(objectIn(container, 'securityContext'), 'capabilities'), direction);
    const names = new Set(written.map((each) => normaliseCapability(String(each))));
    const kept = new Set(wanted.map(normaliseCapability));
    return listChanges(
      [...path, ...place, direction],
      written,
      (each) => kept.has(normaliseCapability(String(each))),
      wanted.map(normaliseCapability).filter((each) => !names.has(each)),
    );
  });
}

const namespaceKeys = { network: 'hostNetwork', pid: 'hostPID', ipc: 'hostIPC', user: 'hostUsers' } as const;

function namespaceFields({ namespaces }: SpecChange, { pod, podPath }: PodPlace): FieldChange[] {
  return Object.keys(namespaces ?? {}).flatMap((name): FieldChange[] => {
    const key = namespaceKeys[name as keyof typeof namespaceKeys];
    return key && valueAt(pod, ['spec', key]) !== undefined ? [{ path: [...podPath, 'spec', key] }] : [];
  });
}

function resourceFields({ resources }: SpecChange, { path }: PodPlace): FieldChange[] {
  if (!resources) return [];
  const limits = [...path, 'resources', 'limits'];
  const { memory, cpus } = resources;
  return [
    ...(typeof memory === 'number' ? [{ path: [...limits, 'memory'], value: quantity(memory) }] : []),
    ...(typeof cpus === 'number' ? [{ path: [...limits, 'cpu'], value: `${Math.round(cpus * 1000)}m` }] : []),
  ];
}

/** Whole mebibytes: remedies propose nothing finer. */
function quantity(bytes: number): string {
  return bytes % 1024 ** 2 === 0 ? `${bytes / 1024 ** 2}Mi` : String(bytes);
}

/** A mount is an entry of the container's, and a volume of the pod's that others may use as well. */
function mountFields(before: readonly Mount[], after: ContainerSpec, place: PodPlace): FieldChange[] {
  const { removed, replaced, added } = mountChange(before, after.mounts);
  const entries = listIn(place.container, 'volumeMounts');
  const indexOf = (mount: Mount | undefined) =>
    entries.findIndex((each) => isObject(each) && each.mountPath === mount?.target);
  const at = (index: number) => [...place.path, 'volumeMounts', index];
  const gone = removed.map((index) => indexOf(before[index])).filter((index) => index !== -1);
  const names = gone.map((index) => textIn(entries[index], 'name') ?? '');
  const rendered = podContainer({ ...after, mounts: added });
  const volumes = listIn(objectIn(place.pod, 'spec'), 'volumes');
  return [
    ...replaced.flatMap(({ index, mount }) => rewritten(at(indexOf(before[index])), mount)),
    ...listIn(rendered.container, 'volumeMounts').map((value, index) => ({ path: at(entries.length + index), value })),
    ...listIn(rendered.pod, 'volumes').map((value, index) => ({
      path: [...place.podPath, 'spec', 'volumes', volumes.length + index],
      value,
    })),
    ...gone.map((index) => ({ path: at(index) })),
    ...unusedVolumes(place, names).map((index) => ({ path: [...place.podPath, 'spec', 'volumes', index] })),
  ];
}

/** What can change about a mount that stays: whether it may be written, and how far it spreads. */
function rewritten(path: KeyPath, mount: Mount): FieldChange[] {
  if (path.includes(-1)) return [];
  const spread = mount.propagation === undefined ? [] : [{ path: [...path, 'mountPropagation'], value: 'None' }];
  return [
    ...(mount.readOnly ? [{ path: [...path, 'readOnly'], value: true }] : []),
    ...(/^r?private$/.test(mount.propagation ?? '') ? spread : []),
  ];
}

/** Volumes of these names that no other container of the pod mounts. */
function unusedVolumes({ pod, container }: PodPlace, names: readonly string[]): number[] {
  const spec = objectIn(pod, 'spec');
  const others = ['containers', 'initContainers', 'ephemeralContainers']
    .flatMap((list) => listIn(spec, list))
    .filter((each) => !isObject(each) || each.name !== container.name);
  const used = new Set(others.flatMap((each) => listIn(each, 'volumeMounts').map((mount) => textIn(mount, 'name'))));
  return listIn(spec, 'volumes').flatMap((volume, index) => {
    const name = textIn(volume, 'name') ?? '';
    return names.includes(name) && !used.has(name) ? [index] : [];
  });
}
