import type { JsonObject, JsonValue } from '../../model/json.ts';

/** Numbers from 0 to below 1, the same ones for the same seed. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Choice = JsonValue | undefined;

/** A pod whose every field has been chosen by lot, the same one for the same seed. */
export function randomPod(seed: number): JsonObject {
  const next = numbersFrom(seed * 7919 + 1);
  const one = (...choices: Choice[]): Choice => choices[Math.floor(next() * choices.length)];
  // Most fields are mostly absent or fine, so that pods that pass come up as well.
  const rarely = (...choices: Choice[]): Choice => (next() < 0.12 ? one(...choices) : undefined);
  const some = (most: number, make: () => Choice): JsonValue[] =>
    Array.from({ length: Math.floor(next() * (most + 1)) }, () => make() ?? null);
  const profile = () =>
    rarely(null, {}, ...['RuntimeDefault', 'Localhost', 'Unconfined', ''].map((type) => ({ type })));
  const common = (): Record<string, Choice> => ({
    runAsNonRoot: one(true, true, true, undefined, rarely(false, null)),
    runAsUser: rarely(0, 1000, null),
    seccompProfile: one({ type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'a.json' }, profile()),
    appArmorProfile: profile(),
    seLinuxOptions: rarely(
      null,
      {},
      ...['type', 'user', 'role'].map((field) => ({
        [field]: one('', null, 'container_t', 'container_init_t', 'container_engine_t', 'spc_t'),
      })),
    ),
    windowsOptions: rarely({}, { hostProcess: true }, { hostProcess: false }),
  });
  const context = () => ({
    ...common(),
    privileged: rarely(true, false, null),
    allowPrivilegeEscalation: next() < 0.85 ? false : one(true, null, undefined),
    procMount: rarely('Default', 'Unmasked', null),
    capabilities:
      next() < 0.85
        ? { drop: ['ALL'], add: rarely(['NET_BIND_SERVICE'], []) }
        : one(
            null,
            {},
            {
              drop: some(2, () => one('ALL', 'NET_RAW', 'all')),
              add: some(2, () => one('CHOWN', 'SYS_ADMIN', 'CAP_CHOWN', 'NET_BIND_SERVICE', 'NET_RAW')),
            },
          ),
  });
  const handler = () =>
    rarely(
      ...['httpGet', 'tcpSocket'].map((kind) => ({ [kind]: { port: 80, host: one(undefined, null, '', '::1') } })),
      null,
    );
  const container = (): JsonObject => ({
    name: one('a', 'b', 'c') ?? 'a',
    securityContext: next() < 0.95 ? context() : one(null, undefined, {}),
    ports: rarely(null, [{ containerPort: 80 }, { containerPort: 81, hostPort: one(0, null, 81) }]),
    livenessProbe: handler(),
    readinessProbe: handler(),
    startupProbe: handler(),
    lifecycle: rarely(null, { postStart: handler() }, { preStop: handler() }),
  });
  const types = ['emptyDir', 'emptyDir', 'secret', 'image', 'hostPath', 'nfs'];
  const volume = (): JsonObject => ({
    name: 'v',
    [types[Math.floor(next() * types.length)] ?? '']: one({}, {}, null),
  });
  const sysctls = [
    'kernel.shm_rmid_forced',
    'kernel.msgmax',
    'net.ipv4.ip_local_reserved_ports',
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_wmem',
    'net.ipv4.tcp_notsent_lowat',
  ];
  const annotated = () => one('unconfined', 'runtime/default', 'docker/default', 'localhost/a', '');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: {
        'seccomp.security.alpha.kubernetes.io/pod': next() < 0.1 ? annotated() : undefined,
        'container.seccomp.security.alpha.kubernetes.io/b': next() < 0.1 ? annotated() : undefined,
        'container.apparmor.security.beta.kubernetes.io/c': next() < 0.1 ? annotated() : undefined,
      },
    },
    spec: {
      os: rarely({ name: 'windows' }, { name: 'linux' }, null),
      hostUsers: one(undefined, undefined, true, false),
      hostNetwork: rarely(true, false, null),
      hostPID: rarely(true, false),
      hostIPC: rarely(true, false),
      securityContext:
        next() < 0.9
          ? { ...common(), sysctls: rarely(some(3, () => ({ name: one(...sysctls), value: '1' }))) }
          : one(null, undefined),
      containers: [container(), ...some(1, container)],
      initContainers: some(1, container),
      ephemeralContainers: some(1, container),
      volumes: some(2, volume),
    },
  };
}
