import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { listIn, objectIn, textIn, valueAt } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { podContainer } from '../dialects/pod.ts';
import { listChanges, scalarText } from './list-change.ts';
import type { PodPlace } from './place.ts';
import { podMountChanges } from './pod-mounts.ts';

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
    ...sharedFields(container, change, place),
    ...resourceFields(after, change, place),
    ...(change.mounts ? podMountChanges(container.mounts, after, place) : []),
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
  if (change.security && 'appArmor' in change.security) fields.push(...appArmorFields(after, place));
  if (change.security && 'selinux' in change.security) write('seLinuxOptions');
  return fields;
}

/** Only what is there is overruled: a cluster before 1.30 has no field for it, and its default is a profile. */
function appArmorFields({ security: { appArmor } }: ContainerSpec, { pod, podPath, container, path }: PodPlace) {
  const fields: FieldChange[] = [];
  const profile = ['securityContext', 'appArmorProfile'];
  const isOwn = valueAt(container, profile) !== undefined;
  // Older manifests say it in an annotation of the pod, which must agree with the field.
  const key = `container.apparmor.security.beta.kubernetes.io/${textIn(container, 'name') ?? ''}`;
  const annotation = ['metadata', 'annotations', key];
  const isAnnotated = valueAt(pod, annotation) !== undefined;
  const isShared = valueAt(pod, ['spec', ...profile]) !== undefined;
  const next = appArmor === undefined ? { type: 'RuntimeDefault' } : { type: 'Localhost', localhostProfile: appArmor };
  if (isOwn || (isShared && !isAnnotated)) fields.push({ path: [...path, ...profile], value: next });
  if (isAnnotated) {
    const value = appArmor === undefined ? 'runtime/default' : `localhost/${appArmor}`;
    fields.push({ path: [...podPath, ...annotation], value });
  }
  return fields;
}

function capabilityFields({ capabilities }: SpecChange, { path, container }: PodPlace): FieldChange[] {
  if (!capabilities) return [];
  return (['add', 'drop'] as const).flatMap((direction) => {
    const wanted = capabilities[direction];
    if (!wanted) return [];
    const place = ['securityContext', 'capabilities'];
    const written = listIn(objectIn(objectIn(container, 'securityContext'), 'capabilities'), direction);
    const names = new Set(written.map((each) => normaliseCapability(scalarText(each))));
    const kept = new Set(wanted.map(normaliseCapability));
    return listChanges(
      [...path, ...place, direction],
      written,
      (each) => kept.has(normaliseCapability(scalarText(each))),
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

/** Groups and kernel parameters are the pod's: all of its containers have them. */
function sharedFields(
  before: ContainerSpec,
  { groups, sysctls }: SpecChange,
  { pod, podPath }: PodPlace,
): FieldChange[] {
  const base = [...podPath, 'spec', 'securityContext'];
  const context = objectIn(objectIn(pod, 'spec'), 'securityContext');
  const kept = new Set(groups ?? before.groups);
  const gone = new Set(Object.entries(sysctls ?? {}).flatMap(([name, value]) => (value === null ? [name] : [])));
  return [
    ...listChanges([...base, 'supplementalGroups'], listIn(context, 'supplementalGroups'), (each) =>
      kept.has(scalarText(each)),
    ),
    ...(context.fsGroup === undefined || kept.has(scalarText(context.fsGroup)) ? [] : [{ path: [...base, 'fsGroup'] }]),
    ...listChanges([...base, 'sysctls'], listIn(context, 'sysctls'), (each) => !gone.has(textIn(each, 'name') ?? '')),
  ];
}

function resourceFields(after: ContainerSpec, { resources }: SpecChange, { path }: PodPlace): FieldChange[] {
  const rendered = objectIn(objectIn(podContainer(after).container, 'resources'), 'limits');
  return (['memory', 'cpu'] as const).flatMap((key): FieldChange[] => {
    const value = rendered[key];
    const isAsked = typeof resources?.[key === 'cpu' ? 'cpus' : key] === 'number';
    return isAsked && value !== undefined ? [{ path: [...path, 'resources', 'limits', key], value }] : [];
  });
}
