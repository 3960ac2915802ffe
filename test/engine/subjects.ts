import type { JsonObject } from '../../src/model/json.ts';
import { hardenedContainer, type TestContainer } from './containers.ts';

/** Each differs from the hardened container in one thing, and fails exactly what that thing breaks. */
export const testContainers: readonly TestContainer[] = [
  { name: 'hardened', state: 'running', change: {}, fails: [] },
  { name: 'hardened-created', state: 'created', change: {}, fails: [] },
  { name: 'hardened-exited', state: 'exited', change: { Cmd: ['true'] }, fails: [] },
  {
    // A port of a service for everyone, so that it may be open on every address.
    name: 'privileged-port',
    state: 'created',
    change: { HostConfig: { PortBindings: { '8080/tcp': [{ HostIp: '', HostPort: '80' }] } } },
    fails: ['network-no-privileged-host-ports'],
  },
  {
    name: 'port-on-every-address',
    state: 'created',
    change: {
      HostConfig: {
        PortBindings: {
          '8080/tcp': [
            { HostIp: '127.0.0.1', HostPort: '8080' },
            { HostIp: '::', HostPort: '8080' },
          ],
        },
      },
    },
    fails: ['network-bind-specific-interface'],
  },
  {
    name: 'port-on-loopback',
    state: 'created',
    change: { HostConfig: { PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }] } } },
    fails: [],
  },
  {
    name: 'kernel-parameters',
    state: 'running',
    change: { HostConfig: { Sysctls: { 'net.ipv4.conf.all.accept_redirects': '1', 'net.ipv4.tcp_syncookies': '1' } } },
    fails: ['container-sysctls-safe'],
  },
  {
    name: 'groups-added',
    state: 'running',
    change: { HostConfig: { GroupAdd: ['20000', '0'] } },
    fails: ['container-group-add'],
  },
  {
    name: 'host-namespaces',
    state: 'running',
    change: { HostConfig: { PidMode: 'host', IpcMode: 'host', UTSMode: 'host', NetworkMode: 'host' } },
    fails: ['container-no-host-ipc', 'container-no-host-pid', 'container-no-host-uts', 'network-no-host-mode'],
  },
  {
    name: 'engine-socket',
    state: 'running',
    change: { HostConfig: { Binds: ['ENGINE_SOCKET:/var/run/docker.sock:ro'] } },
    fails: ['container-no-docker-socket'],
  },
  {
    name: 'capabilities-added',
    state: 'running',
    change: { HostConfig: { CapAdd: ['sys_admin', 'CAP_NET_ADMIN'] } },
    fails: ['container-caps-not-above-default', 'container-no-dangerous-caps'],
  },
  {
    name: 'all-capabilities',
    state: 'running',
    // The engine of some test machines lacks the first of these, and cannot give what it has not.
    change: { User: '0', HostConfig: { CapAdd: ['ALL'], CapDrop: ['SYS_RESOURCE', 'WAKE_ALARM'] } },
    fails: [
      'container-caps-dropped',
      'container-caps-not-above-default',
      'container-no-dangerous-caps',
      'container-nonroot',
      'container-setuid-caps-dropped',
      'network-no-raw-sockets',
    ],
  },
  {
    name: 'seccomp-unconfined',
    state: 'running',
    change: { HostConfig: { SecurityOpt: ['no-new-privileges', 'seccomp=unconfined'] } },
    fails: ['container-seccomp-on'],
  },
  {
    name: 'apparmor-unconfined',
    state: 'created',
    change: { HostConfig: { SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'] } },
    fails: [],
  },
  {
    name: 'paths-unmasked',
    state: 'running',
    change: { HostConfig: { MaskedPaths: [], ReadonlyPaths: [] } },
    fails: ['container-proc-sys-masked'],
  },
  {
    name: 'no-limits',
    state: 'running',
    change: { HostConfig: { Memory: 0, MemorySwap: 0, NanoCpus: 0, PidsLimit: 0, Ulimits: [] } },
    fails: ['container-cpu-limit', 'container-memory-limit', 'container-pids-limit', 'container-ulimits'],
  },
  {
    name: 'host-paths',
    state: 'running',
    change: { HostConfig: { Binds: ['/etc:/host/etc', '/usr:/host/usr:ro'] } },
    fails: ['container-mounts-nosuid', 'container-no-sensitive-mounts', 'container-sensitive-mounts-readonly'],
    kernelOnly: ['container-mounts-nosuid'],
  },
  {
    name: 'shared-propagation',
    state: 'created',
    change: { HostConfig: { Binds: ['HOST_FOLDER/shared:/data:ro,rshared'] } },
    fails: ['container-mount-propagation'],
  },
  {
    name: 'device',
    state: 'running',
    change: {
      HostConfig: { Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/disk', CgroupPermissions: 'rwm' }] },
    },
    fails: ['container-device-isolation'],
  },
  {
    name: 'root',
    state: 'running',
    change: { User: '0:0' },
    fails: ['container-nonroot'],
  },
  {
    name: 'privileged',
    state: 'created',
    change: { HostConfig: { Privileged: true, CapDrop: [] } },
    fails: [
      'container-caps-dropped',
      'container-caps-not-above-default',
      'container-device-isolation',
      'container-no-dangerous-caps',
      'container-not-privileged',
      'container-proc-sys-masked',
      'container-seccomp-on',
      'container-setuid-caps-dropped',
      'network-no-raw-sockets',
    ],
  },
  {
    name: 'new-privileges',
    state: 'running',
    change: { HostConfig: { SecurityOpt: ['no-new-privileges:false'] } },
    fails: ['container-no-new-privileges'],
  },
  {
    name: 'writable-root',
    state: 'running',
    change: { User: '0', Cmd: ['sh', '-c', 'touch /written; exec sleep 86400'], HostConfig: { ReadonlyRootfs: false } },
    fails: ['container-declared-volumes', 'container-nonroot', 'container-readonly-rootfs'],
    kernelOnly: ['container-declared-volumes'],
  },
  {
    name: 'restarts-forever',
    state: 'running',
    change: { HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } },
    fails: ['container-restart-bounded'],
  },
  {
    name: 'secret-in-environment',
    state: 'created',
    change: { Env: ['DATABASE_PASSWORD=correct-horse-battery'] },
    fails: ['container-no-secrets-in-env'],
  },
  {
    name: 'ssh-daemon',
    state: 'running',
    change: { Cmd: ['/usr/sbin/sshd'] },
    fails: ['container-no-sshd'],
  },
  {
    name: 'undeclared-listener',
    state: 'running',
    change: { Cmd: ['nc', '-ll', '-p', '4444', '-e', '/bin/true'] },
    fails: ['container-no-unneeded-services'],
    kernelOnly: ['container-no-unneeded-services'],
  },
  {
    name: 'every-port',
    state: 'created',
    change: { ExposedPorts: { '8080/tcp': {} }, HostConfig: { PublishAllPorts: true } },
    fails: ['network-bind-specific-interface', 'network-only-needed-ports'],
  },
  {
    name: 'spared',
    state: 'created',
    change: { HostConfig: { OomScoreAdj: -900 } },
    fails: ['container-oom-kill-disabled'],
  },
  {
    name: 'heir',
    state: 'created',
    change: { HostConfig: { VolumesFrom: ['hardened'] } },
    fails: ['container-volumes-from'],
  },
  {
    name: 'untrusted',
    state: 'created',
    change: { Labels: { trust: 'untrusted' } },
    fails: ['host-vm-isolation-for-untrusted'],
  },
  { name: 'mutable-tag', state: 'created', change: { Image: 'web:latest' }, fails: ['container-image-latest'] },
  {
    name: 'all-memory',
    state: 'created',
    change: { HostConfig: { Memory: 2 ** 50, MemorySwap: 2 ** 50 } },
    fails: ['container-limits-reasonable'],
  },
  {
    name: 'own-cgroup-parent',
    state: 'created',
    change: { HostConfig: { CgroupParent: '/elsewhere' } },
    fails: ['container-cgroup-parent'],
  },
  {
    name: 'unlabelled-unchecked',
    state: 'created',
    change: { Labels: null, Healthcheck: null },
    fails: ['container-env-labelled', 'container-healthcheck'],
  },
];

/** What `docker run web:1 sleep 86400` makes, and all that it leaves open. */
export const plainContainer: { readonly name: string; readonly body: JsonObject; readonly fails: readonly string[] } = {
  name: 'plain',
  body: { Image: hardenedContainer.Image, Cmd: ['sleep', '86400'] },
  fails: [
    'container-caps-dropped',
    'container-cpu-limit',
    'container-env-labelled',
    'container-healthcheck',
    'container-memory-limit',
    'container-no-new-privileges',
    'container-nonroot',
    'container-pids-limit',
    'container-readonly-rootfs',
    'container-setuid-caps-dropped',
    'container-ulimits',
    'network-no-default-bridge',
    'network-no-raw-sockets',
  ],
};

/** Container controls that no container here fails; each has a failing subject in the test beside it. */
export const notFailedHere: readonly string[] = [
  // Not in every kernel.
  'container-apparmor-on',
  // A matter of policy that the default baseline does not ask for.
  'container-blkio-limit',
  'container-cpuset',
  // Control groups of version 1 are seen by every container, and a private namespace is all that 20.10 gives.
  'container-cgroupns-private',
  // Would need a daemon that listens on TCP.
  'container-extra-hosts-gateway',
  // A container that joins another's namespace fails what that one fails, too.
  'container-join-risky-namespace',
  // Would take an image away from under its container.
  'container-known-image',
  // Would need the machine's own log socket.
  'container-log-socket-mount',
  // Needs a daemon that remaps users.
  'container-no-host-userns',
  // An engine refuses to create it.
  'container-runtime-known',
  'container-seccomp-tailored',
  'container-selinux-label',
  // Needs two services in one image.
  'container-single-process',
  // Only containers on the default bridge can have them.
  'network-no-legacy-links',
];

/**
 * What a daemon fails that was started with an empty `daemon.json` and the options of a private engine: a socket
 * and a bridge of its own, and no rules in the packet filter.
 */
export const defaultEngineFails: readonly string[] = [
  'daemon-authz-plugin',
  'daemon-central-logging',
  'daemon-default-ulimits',
  'daemon-icc-disabled',
  'daemon-iptables-managed',
  'daemon-live-restore',
  'daemon-log-opts-consistent',
  'daemon-no-new-privileges',
  'daemon-rootless',
  'daemon-unix-socket-only',
  'daemon-userland-proxy-off',
  'daemon-userns-remap',
  // Many of the containers here are created and never started, or end at once.
  'operations-stopped-containers-removed',
];

/** The same daemon with a configuration that mends what can be mended on any test machine. */
export const configuredEngine: { readonly configuration: JsonObject; readonly fails: readonly string[] } = {
  configuration: {
    'default-ulimits': {
      nofile: { Name: 'nofile', Soft: 1024, Hard: 4096 },
      nproc: { Name: 'nproc', Soft: 1024, Hard: 2048 },
    },
    'live-restore': true,
    'log-opts': { 'max-size': '5m', 'max-file': '2' },
    'no-new-privileges': true,
    'userland-proxy': false,
  },
  fails: [
    'daemon-authz-plugin',
    'daemon-central-logging',
    // A private engine may not touch the packet filter, and icc=false needs it.
    'daemon-icc-disabled',
    'daemon-iptables-managed',
    'daemon-rootless',
    'daemon-unix-socket-only',
    'daemon-userns-remap',
  ],
};
