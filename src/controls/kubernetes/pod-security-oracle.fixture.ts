import { isObject, type JsonObject, type JsonValue } from '../../model/json.ts';

/*
 * The Pod Security Standards as their page puts them: fields with `[*]`, and the values that each may have. It knows
 * nothing of the controls, so that both can be compared.
 */

const everyContainer = ['spec.containers[*]', 'spec.initContainers[*]', 'spec.ephemeralContainers[*]'];
const everyContext = ['spec', ...everyContainer].map((holder) => `${holder}.securityContext`);

/** Every value of a field; undefined for each place that could have one and has none. */
function valuesOf(pod: JsonValue | undefined, field: string): (JsonValue | undefined)[] {
  return field.split('.').reduce<(JsonValue | undefined)[]>(
    (places, step) =>
      places.flatMap((place) => {
        const inner = isObject(place) ? place[step.replace('[*]', '')] : undefined;
        if (!step.endsWith('[*]')) return [inner ?? undefined];
        return Array.isArray(inner) ? (inner as JsonValue[]) : [];
      }),
    [pod],
  );
}

function only(pod: JsonObject, fields: readonly string[], ...allowed: (JsonValue | undefined)[]): boolean {
  return fields.flatMap((field) => valuesOf(pod, field)).every((value) => allowed.includes(value));
}

const under = (holders: readonly string[], ...fields: string[]) =>
  holders.flatMap((holder) => fields.map((field) => `${holder}.${field}`));

/** Whether the first of these that is set is `allowed`, for each container: its own value, then the pod's. */
function inherited(pod: JsonObject, field: string, setting: string, allowed: readonly JsonValue[]): boolean {
  const [ofPod] = valuesOf(pod, `spec.securityContext.${setting}`);
  if (ofPod !== undefined && !allowed.includes(valuesOf(pod, `spec.securityContext.${field}`)[0] ?? null)) return false;
  return everyContainer
    .flatMap((list) => valuesOf(pod, list))
    .every((container) => {
      const own = valuesOf(container, `securityContext.${setting}`)[0];
      if (own === undefined) return ofPod !== undefined;
      return allowed.includes(valuesOf(container, `securityContext.${field}`)[0] ?? null);
    });
}

const sysctls: readonly (readonly [number, readonly string[]])[] = [
  [0, ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start']],
  [0, ['net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range']],
  [27, ['net.ipv4.ip_local_reserved_ports']],
  [29, ['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout']],
  [29, ['net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes']],
  [32, ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']],
  [37, ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat']],
];

const usual =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT';
const volumeTypes = 'configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret'.split(
  ' ',
);
const annotations = (pod: JsonObject) =>
  Object.entries(valuesOf(pod, 'metadata')[0] ?? {}).flatMap(([, all]) => (isObject(all) ? Object.entries(all) : []));
const textOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '');
const isWindows = (pod: JsonObject) =>
  valuesOf(pod, 'spec.os')[0] !== undefined && only(pod, ['spec.os.name'], 'windows');
const isMapped = (pod: JsonObject, minor: number) => minor >= 35 && only(pod, ['spec.hostUsers'], false);

function seccompAnnotations(pod: JsonObject): boolean {
  const names = new Set(everyContainer.flatMap((list) => valuesOf(pod, `${list}.name`)));
  return annotations(pod).every(([key, value]) => {
    const container = /^container\.seccomp\.security\.alpha\.kubernetes\.io\/(.*)$/.exec(key)?.[1];
    const counts =
      key === 'seccomp.security.alpha.kubernetes.io/pod' || (container !== undefined && names.has(container));
    return !counts || /^(?:(?:runtime|docker)\/default$|localhost\/)/.test(textOf(value));
  });
}

/** By control, whether its rule holds for a pod in 1.`minor`; undefined in versions that do not have it. */
export const oracle: Readonly<Record<string, (pod: JsonObject, minor: number) => boolean | undefined>> = {
  'host-namespaces': (pod) => only(pod, ['spec.hostNetwork', 'spec.hostPID', 'spec.hostIPC'], undefined, false),
  privileged: (pod) => only(pod, under(everyContainer, 'securityContext.privileged'), undefined, false),
  'capabilities-baseline': (pod) =>
    only(pod, under(everyContainer, 'securityContext.capabilities.add[*]'), ...usual.split(' ')),
  hostpath: (pod) => only(pod, ['spec.volumes[*].hostPath'], undefined),
  hostports: (pod) => only(pod, under(everyContainer, 'ports[*].hostPort'), undefined, 0),
  'host-probes': (pod, minor) =>
    minor < 34
      ? undefined
      : only(
          pod,
          under(
            under(
              everyContainer,
              'livenessProbe',
              'readinessProbe',
              'startupProbe',
              'lifecycle.postStart',
              'lifecycle.preStop',
            ),
            'httpGet.host',
            'tcpSocket.host',
          ),
          undefined,
          '',
        ),
  apparmor: (pod) =>
    under(everyContext, 'appArmorProfile').every((field) =>
      valuesOf(pod, field).every(
        (profile) => profile === undefined || only({ profile }, ['profile.type'], 'RuntimeDefault', 'Localhost'),
      ),
    ) &&
    annotations(pod).every(
      ([key, value]) =>
        !key.startsWith('container.apparmor.security.beta.kubernetes.io/') ||
        /^(?:runtime\/default|localhost\/.*|)$/.test(textOf(value)),
    ),
  selinux: (pod, minor) =>
    only(
      pod,
      under(everyContext, 'seLinuxOptions.type'),
      undefined,
      '',
      'container_t',
      'container_init_t',
      'container_kvm_t',
      ...(minor < 31 ? [] : ['container_engine_t']),
    ) && only(pod, under(everyContext, 'seLinuxOptions.user', 'seLinuxOptions.role'), undefined, ''),
  procmount: (pod, minor) =>
    isMapped(pod, minor) || only(pod, under(everyContainer, 'securityContext.procMount'), undefined, 'Default'),
  'seccomp-baseline': (pod, minor) =>
    minor < 19
      ? seccompAnnotations(pod)
      : under(everyContext, 'seccompProfile').every((field) =>
          valuesOf(pod, field).every(
            (profile) => profile === undefined || only({ profile }, ['profile.type'], 'RuntimeDefault', 'Localhost'),
          ),
        ),
  sysctls: (pod, minor) =>
    only(
      pod,
      ['spec.securityContext.sysctls[*].name'],
      ...sysctls.flatMap(([from, names]) => (from <= minor ? names : [])),
    ),
  'windows-hostprocess': (pod) => only(pod, under(everyContext, 'windowsOptions.hostProcess'), undefined, false),
  'volume-types': (pod) =>
    valuesOf(pod, 'spec.volumes[*]').every((volume) => {
      const types = Object.entries(volume ?? {}).flatMap(([key, value]) =>
        key === 'name' || value === null ? [] : [key],
      );
      return types.length === 0 || types.some((type) => volumeTypes.includes(type));
    }),
  'allow-privilege-escalation': (pod, minor) =>
    minor < 8 || (minor >= 25 && isWindows(pod))
      ? undefined
      : only(pod, under(everyContainer, 'securityContext.allowPrivilegeEscalation'), false),
  'run-as-nonroot': (pod, minor) => isMapped(pod, minor) || inherited(pod, 'runAsNonRoot', 'runAsNonRoot', [true]),
  'run-as-user': (pod, minor) =>
    minor < 23
      ? undefined
      : isMapped(pod, minor) || !under(everyContext, 'runAsUser').some((field) => valuesOf(pod, field).includes(0)),
  'seccomp-restricted': (pod, minor) =>
    minor < 19 || (minor >= 25 && isWindows(pod))
      ? undefined
      : inherited(pod, 'seccompProfile.type', 'seccompProfile', ['RuntimeDefault', 'Localhost']),
  'capabilities-restricted': (pod, minor) =>
    minor < 22 || (minor >= 25 && isWindows(pod))
      ? undefined
      : only(pod, under(everyContainer, 'securityContext.capabilities.add[*]'), 'NET_BIND_SERVICE') &&
        everyContainer
          .flatMap((list) => valuesOf(pod, list))
          .every((container) => valuesOf(container, 'securityContext.capabilities.drop[*]').includes('ALL')),
};
