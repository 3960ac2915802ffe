import { normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec, RestartPolicy, SecurityOptions } from '../../model/container-spec.ts';
import type { JsonObject } from '../../model/json.ts';
import { compact } from '../difference.ts';
import { concealObject } from '../redaction.ts';
import { isQualifiedDevice, seccompProfile } from './engine-words.ts';
import { noVolumes, type PodVolumes, podVolumes } from './pod-volume.ts';

export interface PodContainer {
  /** An entry of `spec.containers`. */
  readonly container: JsonObject;
  /** What of it is said in `spec`. */
  readonly pod: JsonObject;
  /** What of it is said in `metadata`. */
  readonly metadata: JsonObject;
}

/**
 * A container as Kubernetes writes it. Left out is what a pod cannot say: swap, a limit of processes, CPU sets,
 * block I/O, ulimits, single devices, the UTS and cgroup namespaces, networks, logging, named users. `known` are the
 * volumes that the pod has from other containers.
 */
export function podContainer(spec: ContainerSpec, known: PodVolumes = noVolumes()): PodContainer {
  const { volumeMounts, volumes } = podVolumes(spec.mounts, known);
  return {
    container: finish({
      name: spec.name,
      image: spec.image.reference,
      command: spec.entrypoint,
      args: spec.command,
      ports: portEntries(spec),
      env: spec.environment.map(({ name }) => ({ name })),
      resources: resources(spec),
      securityContext: securityContext(spec),
      livenessProbe: { exec: { command: healthCommand(spec) } },
      volumeMounts,
    }),
    pod: finish({
      hostNetwork: spec.namespaces.network === 'host' || undefined,
      hostPID: spec.namespaces.pid === 'host' || undefined,
      hostIPC: spec.namespaces.ipc === 'host' || undefined,
      hostUsers: hostUsers(spec.namespaces.user),
      restartPolicy: restartPolicy(spec.restart),
      runtimeClassName: spec.runtime,
      securityContext: {
        supplementalGroups: spec.groups.filter((group) => /^\d+$/.test(group)).map(Number),
        sysctls: Object.entries(spec.sysctls).map(([name, value]) => ({ name, value })),
      },
      volumes,
    }),
    metadata: finish({ ...metadata(spec.labels) }),
  };
}

function securityContext(spec: ContainerSpec): JsonObject {
  const { security, capabilities, privileged } = spec;
  const [user, group] = (spec.user ?? '').split(':');
  const uid = user !== undefined && /^\d+$/.test(user) ? Number(user) : undefined;
  const add = capabilities.add.map(normaliseCapability);
  // A pod that is privileged or adds SYS_ADMIN may not forbid escalation: the API server refuses it.
  const escalates = privileged || add.includes('SYS_ADMIN');
  return {
    privileged: privileged || undefined,
    allowPrivilegeEscalation:
      security.noNewPrivileges === undefined || escalates ? undefined : !security.noNewPrivileges,
    runAsUser: uid,
    runAsGroup: group !== undefined && /^\d+$/.test(group) ? Number(group) : undefined,
    runAsNonRoot: uid !== undefined && uid > 0 ? true : undefined,
    readOnlyRootFilesystem: spec.readOnlyRoot || undefined,
    capabilities: { add, drop: capabilities.drop.map(normaliseCapability) },
    seccompProfile: security.seccomp === undefined ? undefined : profile(seccompProfile(security)),
    appArmorProfile: security.appArmor === undefined ? undefined : profile(security.appArmor),
    seLinuxOptions: seLinuxOptions(security),
    procMount: spec.maskedPaths?.length === 0 || spec.readOnlyPaths?.length === 0 ? 'Unmasked' : undefined,
  };
}

const runtimeProfiles = new Set(['builtin', 'default', 'docker-default', 'runtime/default', 'runtimedefault']);

function profile(name: string): JsonObject {
  if (runtimeProfiles.has(name.toLowerCase())) return { type: 'RuntimeDefault' };
  if (name.toLowerCase() === 'unconfined') return { type: 'Unconfined' };
  return { type: 'Localhost', localhostProfile: name.replace(/^localhost\//, '') };
}

function seLinuxOptions({ selinux }: SecurityOptions): JsonObject {
  // `spc_t` is the type of a container that SELinux does not confine.
  const labels = selinux.map((label) => (label === 'disable' ? 'type:spc_t' : label));
  const pairs = labels.map(
    (label) => [label.slice(0, label.indexOf(':')), label.slice(label.indexOf(':') + 1)] as const,
  );
  return Object.fromEntries(pairs.filter(([name]) => ['user', 'role', 'type', 'level'].includes(name)));
}

function resources({
  resources: { memory, memoryReservation, cpus, cpuShares },
  deviceRequests,
}: ContainerSpec): JsonObject {
  const graphics = deviceRequests.some((request) => !isQualifiedDevice(request));
  return {
    limits: {
      memory: bytes(memory),
      cpu: cpus === undefined ? undefined : processors(cpus),
      'nvidia.com/gpu': graphics ? 1 : undefined,
    },
    requests: {
      memory: bytes(memoryReservation),
      cpu: cpuShares === undefined ? undefined : processors(cpuShares / 1024),
    },
  };
}

function bytes(value: number | undefined): string | undefined {
  if (value === undefined || value <= 0) return undefined;
  const units: [string, number][] = [
    ['Gi', 1024 ** 3],
    ['Mi', 1024 ** 2],
    ['Ki', 1024],
  ];
  const unit = units.find(([, size]) => value % size === 0);
  return unit ? `${value / unit[1]}${unit[0]}` : String(value);
}

function processors(count: number): string {
  return Number.isInteger(count) ? String(count) : `${Math.round(count * 1000)}m`;
}

function portEntries({ ports, exposedPorts }: ContainerSpec): JsonObject[] {
  const exposed = exposedPorts.flatMap((port) => {
    const [number = '', protocol = 'tcp'] = port.split('/');
    return /^\d+$/.test(number) ? [{ containerPort: Number(number), protocol: protocol.toUpperCase() }] : [];
  });
  const published = ports.map(({ containerPort, hostPort, hostAddress, protocol }) =>
    compact({ containerPort, hostPort, hostIP: hostAddress, protocol: protocol.toUpperCase() }),
  );
  return [...published, ...exposed];
}

function healthCommand({ healthCheck }: ContainerSpec): readonly string[] | undefined {
  const [form, ...words] = healthCheck?.test ?? [];
  if (form === undefined || form === 'NONE') return undefined;
  return form === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words] : words;
}

function hostUsers(mode: string | undefined): boolean | undefined {
  return mode === undefined || mode === '' ? undefined : mode === 'host';
}

function restartPolicy({ name }: RestartPolicy): string | undefined {
  if (name === undefined) return undefined;
  return { no: 'Never', 'on-failure': 'OnFailure', always: 'Always', 'unless-stopped': 'Always' }[name];
}

const labelName = /^(?:[a-z0-9.-]{1,253}\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/;

/** What is too free for a label is an annotation. */
function metadata(labels: ContainerSpec['labels']): JsonObject {
  const entries = Object.entries(labels);
  return {
    labels: Object.fromEntries(entries.filter((entry) => isLabel(entry))),
    annotations: Object.fromEntries(entries.filter((entry) => !isLabel(entry))),
  };
}

function isLabel([name, value]: [string, string]): boolean {
  return labelName.test(name) && labelValue.test(value);
}

function finish(object: JsonObject): JsonObject {
  return concealObject(compact(object));
}
