import type { ContainerSpec, Origin, Owner, RestartPolicy } from '../../../model/container-spec.ts';
import { isObject, type JsonValue, objectIn, textIn } from '../../../model/json.ts';
import type { KubernetesObject, PodContainerEntry } from '../../../model/kubernetes.ts';
import { Secret } from '../../../model/secret.ts';
import { podDevices, podMounts } from './pod-mounts.ts';
import { podExposedPorts, podNamespaces, podPorts } from './pod-network.ts';
import { podLocator } from './pod-places.ts';
import { probeTest } from './pod-probe.ts';
import { deviceRequests, podResources } from './pod-resources.ts';
import { capabilitiesOf, groupsOf, securityOf, userOf } from './pod-security.ts';
import { entriesOf, ownSetting, podSetting, type PodSource, sharedSetting, textsOf } from './pod-source.ts';

/** A container of a pod with everything that is in force for it: its own settings before those of the pod. */
export function containerFromPod(object: KubernetesObject, entry: PodContainerEntry): ContainerSpec {
  const source: PodSource = { object, entry, pod: object.pod ?? { path: [], metadata: {}, spec: {} } };
  const test = probeTest(source);
  const unmasked = ownSetting(source, 'procMount') === 'Unmasked' ? [] : undefined;
  return {
    name: entry.name,
    dialect: 'pod',
    state: 'declared',
    image: { reference: textIn(entry.value, 'image') ?? '' },
    entrypoint: textsOf(entry.value.command),
    command: textsOf(entry.value.args),
    user: userOf(source),
    nonRootDemanded: sharedSetting(source, 'runAsNonRoot') === true || undefined,
    groups: groupsOf(source),
    privileged: ownSetting(source, 'privileged') === true,
    capabilities: capabilitiesOf(source),
    security: securityOf(source),
    readOnlyRoot: ownSetting(source, 'readOnlyRootFilesystem') === true,
    mounts: podMounts(source).map(({ mount }) => mount),
    devices: podDevices(source).map(({ device }) => device),
    deviceRules: [],
    deviceRequests: deviceRequests(source).map(({ request }) => request),
    namespaces: podNamespaces(source),
    maskedPaths: unmasked,
    readOnlyPaths: unmasked,
    sysctls: sysctlsOf(source),
    ulimits: [],
    resources: podResources(source),
    ports: podPorts(source).map(({ port }) => port),
    exposedPorts: podExposedPorts(source).map(({ port }) => port),
    networks: [],
    // What comes from elsewhere (`valueFrom`) has a name here and no value.
    environment: entriesOf(entry.value.env).map(({ value }) => ({
      name: textIn(value, 'name') ?? '',
      value: new Secret(scalarText(value.value)),
    })),
    labels: Object.fromEntries(
      Object.entries(objectIn(source.pod.metadata, 'labels')).map(([name, value]) => [name, scalarText(value)]),
    ),
    restart: restartOf(source),
    healthCheck: test && { test },
    logging: { options: {} },
    runtime: textIn(source.pod.spec, 'runtimeClassName'),
    owner: ownerOf(object),
    origin: originOf(source),
    locate: podLocator(source),
  };
}

function scalarText(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

function sysctlsOf(source: PodSource): Record<string, string> {
  const list = entriesOf(podSetting(source, 'sysctls'));
  return Object.fromEntries(list.map(({ value }) => [textIn(value, 'name') ?? '', scalarText(value.value)]));
}

const restartNames: ReadonlyMap<string, NonNullable<RestartPolicy['name']>> = new Map([
  ['Always', 'always'],
  ['OnFailure', 'on-failure'],
  ['Never', 'no'],
]);

/** A container's own policy makes a sidecar of an init container; without one it is tried again until it succeeds. */
function restartOf(source: PodSource): RestartPolicy {
  const own = textIn(source.entry.value, 'restartPolicy');
  const ofPod = textIn(source.pod.spec, 'restartPolicy');
  const name = restartNames.get(own ?? ofPod ?? '');
  if (name === undefined) return {};
  return {
    name: own === undefined && source.entry.list === 'initContainers' && name === 'always' ? 'on-failure' : name,
  };
}

function ownerOf({ namespace, name, origin }: KubernetesObject): Owner {
  return {
    kind: 'kubernetes',
    project: namespace,
    service: name,
    files: origin && [origin.file],
  };
}

function originOf({ object: { origin }, entry, pod }: PodSource): Origin | undefined {
  if (!origin) return undefined;
  const base = origin.path ?? [];
  return { ...origin, path: [...base, ...entry.path], podPath: [...base, ...pod.path] };
}

/** Whether a pod says that its nodes run Windows: then hardly anything that a container of Linux says holds for it. */
export function isForWindows({ pod }: KubernetesObject): boolean {
  const { os, nodeSelector } = pod?.spec ?? {};
  const named = textIn(os, 'name');
  if (named !== undefined) return named === 'windows';
  const selected = isObject(nodeSelector) ? nodeSelector : {};
  return ['kubernetes.io/os', 'beta.kubernetes.io/os'].some((label) => selected[label] === 'windows');
}
