import { exemplarContents } from './exemplar-contents.ts';
import { known } from './fact.ts';
import type { FileKind, FileStatus } from './host-file.ts';
import type { HostFacts, KernelFacts } from './host.ts';
import type { ImageFacts } from './image.ts';
import type { NetworkFacts } from './network.ts';

/** A host, a network and an image that pass every control. */

const kernel: KernelFacts = {
  namespaces: known(['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'], 'kernel', '/proc/self/ns'),
  parameters: known(
    {
      'fs.protected_fifos': '1',
      'fs.protected_hardlinks': '1',
      'fs.protected_regular': '2',
      'fs.protected_symlinks': '1',
      'fs.suid_dumpable': '0',
      'kernel.dmesg_restrict': '1',
      'kernel.io_uring_disabled': '2',
      'kernel.kexec_load_disabled': '1',
      'kernel.kptr_restrict': '1',
      'kernel.modules_disabled': '1',
      'kernel.perf_event_paranoid': '3',
      'kernel.randomize_va_space': '2',
      'kernel.unprivileged_bpf_disabled': '2',
      'kernel.yama.ptrace_scope': '1',
      'net.core.bpf_jit_harden': '2',
      'user.max_user_namespaces': '31000',
      'vm.unprivileged_userfaultfd': '0',
    },
    'kernel',
    '/proc/sys',
  ),
  controllers: known(['cpuset', 'cpu', 'io', 'memory', 'hugetlb', 'pids'], 'kernel', '/sys/fs/cgroup'),
  seccompActions: known(
    ['kill_process', 'kill_thread', 'trap', 'errno', 'log', 'allow'],
    'kernel',
    '/proc/sys/kernel/seccomp',
  ),
  lockdown: known('integrity', 'kernel', '/sys/kernel/security/lockdown'),
  modulesMustBeSigned: known(true, 'kernel', '/sys/module/module/parameters/sig_enforce'),
  modules: known(['overlay', 'br_netfilter'], 'kernel', '/proc/modules'),
  selinux: known({ enforcing: true, configured: 'enforcing' }, 'kernel', '/sys/fs/selinux/enforce'),
  installed: known(['6.12.0'], 'file', '/lib/modules'),
  started: known(Date.UTC(2026, 5, 1), 'kernel', '/proc/stat'),
  rebootAskedFor: known(null, 'file', '/run/reboot-required'),
};

function status(path: string, kind: FileKind, mode: number, gid = 0): FileStatus {
  return { path, realPath: path, kind, uid: 0, gid, mode };
}

function there(...files: readonly FileStatus[]) {
  return known(files, 'file', files[0]?.path ?? '/etc');
}

const data = '/var/lib/docker';

const noFlaws = known(
  {
    found: [],
    uncovered: [],
    asked: [{ ecosystem: 'Debian:13', packages: 1, newest: 1_780_000_000, read: 1_780_000_000 }],
  },
  'file',
  '/boot/vmlinuz-6.12.0',
);

export const exemplarHost: HostFacts = {
  distribution: known({ id: 'debian', version: '13' }, 'file', '/etc/os-release'),
  components: known(
    {
      distribution: known(
        { id: 'debian', version: '13', name: 'Debian GNU/Linux 13 (trixie)', codename: 'trixie', idLike: [] },
        'file',
        '/etc/os-release',
      ),
      components: [
        {
          part: 'kernel',
          name: '6.12.0',
          version: '6.12.22-1',
          path: '/boot/vmlinuz-6.12.0',
          package: 'pkg:deb/debian/linux-image-6.12.0@6.12.22-1?arch=amd64&distro=debian-13',
          judgedBy: 'distribution',
          flaws: noFlaws,
          gaps: [],
        },
      ],
    },
    'file',
    'advisories',
  ),
  kernelRelease: known('6.12.0', 'kernel', '/proc/sys/kernel/osrelease'),
  securityModules: known(['lockdown', 'capability', 'apparmor', 'selinux'], 'kernel', '/sys/kernel/security/lsm'),
  cgroupVersion: known(2, 'kernel', '/sys/fs/cgroup/cgroup.controllers'),
  runtimeSockets: known([{ path: '/run/docker.sock', inode: '25:1234' }], 'kernel', '/proc/net/unix'),
  root: true,
  kernel,
  mounts: known(
    [
      {
        target: '/',
        options: ['rw', 'relatime'],
        propagation: ['shared:1'],
        fileSystem: 'ext4',
        source: '/dev/sda1',
        device: '8:1',
        superOptions: ['rw'],
      },
      {
        target: data,
        options: ['rw', 'nosuid', 'nodev', 'relatime'],
        propagation: ['shared:2'],
        fileSystem: 'ext4',
        source: '/dev/sdb1',
        device: '8:17',
        superOptions: ['rw'],
      },
    ],
    'kernel',
    '/proc/1/mountinfo',
  ),
  accounts: known(
    {
      users: [{ name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/bash' }],
      groups: [
        { name: 'root', gid: 0, members: [] },
        { name: 'docker', gid: 999, members: [] },
      ],
    },
    'file',
    '/etc/group',
  ),
  subordinateIds: known(
    {
      users: [{ owner: 'dockremap', start: 100_000, count: 65_536 }],
      groups: [{ owner: 'dockremap', start: 100_000, count: 65_536 }],
    },
    'file',
    '/etc/subuid',
  ),
  files: {
    'engine-service-unit': there(status('/usr/lib/systemd/system/docker.service', 'file', 0o644)),
    'engine-socket-unit': there(status('/usr/lib/systemd/system/docker.socket', 'file', 0o644)),
    'engine-configuration-folder': there(status('/etc/docker', 'folder', 0o755)),
    'engine-configuration': there(status('/etc/docker/daemon.json', 'file', 0o644)),
    'engine-defaults': there(status('/etc/default/docker', 'file', 0o644)),
    'engine-sysconfig': there(),
    'engine-socket': there(status('/run/docker.sock', 'socket', 0o660, 999)),
    'engine-data': there(status(data, 'folder', 0o710)),
    'engine-program': there(status('/usr/bin/dockerd', 'file', 0o755)),
    'containerd-program': there(status('/usr/bin/containerd', 'file', 0o755)),
    'containerd-shim': there(status('/usr/bin/containerd-shim-runc-v2', 'file', 0o755)),
    'containerd-socket': there(status('/run/containerd/containerd.sock', 'socket', 0o660)),
    'containerd-run': there(status('/run/containerd', 'folder', 0o711)),
    'containerd-configuration': there(status('/etc/containerd/config.toml', 'file', 0o644)),
    'runc-program': there(status('/usr/sbin/runc', 'file', 0o755)),
    'registry-certificate': there(status('/etc/docker/certs.d/registry.example/ca.crt', 'file', 0o444)),
    'tls-ca-certificate': there(),
    'tls-certificate': there(),
    'tls-key': there(),
  },
  bindSources: known({}, 'file', 'bind mounts'),
  audit: known(
    {
      loaded: true,
      watches: [
        '/etc/containerd',
        '/etc/default/docker',
        '/etc/docker',
        '/run/containerd',
        '/run/docker.sock',
        '/usr/bin',
        '/usr/lib/systemd/system',
        '/usr/sbin',
        data,
      ].map((path) => ({ path, recursive: true, permissions: 'wa' })),
    },
    'kernel',
    'auditctl -l',
  ),
  packetFilter: known(
    {
      backend: 'iptables',
      chains: [
        { family: 'ip', table: 'filter', name: 'INPUT', hook: 'input', policy: 'drop', rules: [] },
        { family: 'ip', table: 'filter', name: 'FORWARD', hook: 'forward', policy: 'drop', rules: [] },
        {
          family: 'ip',
          table: 'filter',
          name: 'DOCKER-USER',
          rules: [
            {
              text: '-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN',
              target: 'return',
              states: ['related', 'established'],
              isPartial: false,
            },
            { text: '-j DROP', target: 'drop', isPartial: false },
          ],
        },
      ],
    },
    'kernel',
    'iptables-save',
  ),
  listeners: known(
    [{ protocol: 'tcp', address: '0.0.0.0', port: 22, process: { pid: 300, name: 'sshd' } }],
    'kernel',
    '/proc/1/net',
  ),
  enabledUnits: known(
    [
      'docker.service',
      'docker.socket',
      'containerd.service',
      'ssh.service',
      'plimsoll-audit.timer',
      'plimsoll-prune.timer',
    ],
    'file',
    '/etc/systemd/system',
  ),
  processes: known(
    [
      { pid: 1, name: 'systemd', uid: 0 },
      { pid: 300, name: 'sshd', uid: 0 },
      { pid: 400, name: 'dockerd', uid: 0 },
    ],
    'kernel',
    '/proc',
  ),
  credentials: known([], 'file', '~/.docker/config.json'),
};

export const exemplarNetwork: NetworkFacts = {
  id: '1a'.repeat(32),
  name: 'shop',
  driver: 'bridge',
  scope: 'local',
  internal: false,
  ipv6: false,
  ingress: false,
  options: { 'com.docker.network.bridge.enable_icc': 'false' },
  labels: {},
  subnets: ['172.20.0.0/16'],
  members: [{ id: 'f0'.repeat(32), name: 'web', ipv4: '172.20.0.2' }],
};

export const exemplarImage: ImageFacts = {
  id: `sha256:${'0a'.repeat(32)}`,
  tags: ['registry.example/shop/web:1.4.2'],
  digests: [`registry.example/shop/web@sha256:${'0b'.repeat(32)}`],
  created: Date.UTC(2026, 5, 20),
  size: 40_000_000,
  configuration: {
    user: '10001:10001',
    exposedPorts: ['8080/tcp'],
    environment: [],
    entrypoint: ['/usr/bin/web'],
    command: [],
    volumes: ['/data'],
    labels: {
      'org.opencontainers.image.source': 'https://code.example/shop/web',
      'org.opencontainers.image.revision': '4f2a91c',
      'org.opencontainers.image.base.name': 'registry.example/base/debian:13',
      'org.opencontainers.image.authors': 'shop-team@example.com',
    },
    workingDirectory: '/',
    healthCheck: { test: ['CMD', '/usr/bin/web', '--health'] },
    onBuild: [],
    shell: [],
  },
  history: known(
    [
      { createdBy: 'COPY web /usr/bin/web # buildkit', size: 40_000_000, comment: 'buildkit.dockerfile.v0', tags: [] },
      { createdBy: 'USER 10001:10001', size: 0, comment: 'buildkit.dockerfile.v0', tags: [] },
    ],
    'engine-api',
    'GET /images/ID/history',
  ),
  layers: [`sha256:${'0c'.repeat(32)}`],
  usedBy: ['web'],
  scanned: known(
    {
      scanned: Date.UTC(2026, 5, 30),
      matched: Date.UTC(2026, 5, 30),
      newest: Date.UTC(2026, 5, 29),
      read: Date.UTC(2026, 5, 30),
    },
    'file',
    'images.sqlite',
  ),
  contents: exemplarContents,
};
