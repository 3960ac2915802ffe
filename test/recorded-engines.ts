import { createHash } from 'node:crypto';
import { release } from 'node:os';
import type { JsonObject, JsonValue } from '../src/model/json.ts';
import { stringAt } from '../src/sources/engine/reading.ts';
import { type Answers, status } from './answers.ts';

/*
 * What engines answer. The Docker 20.10 answers were recorded from Debian's, without what no test needs; the others
 * have the form that their releases document.
 */

/** `GET /version` of Docker 20.10 from Debian 12. */
export const docker20Version = {
  Platform: { Name: '' },
  Components: [
    {
      Name: 'Engine',
      Version: '20.10.24+dfsg1',
      Details: {
        ApiVersion: '1.41',
        Arch: 'amd64',
        BuildTime: '2026-05-07T21:09:36.000000000+00:00',
        Experimental: 'false',
        GitCommit: '5d6db84',
        GoVersion: 'go1.19.8',
        KernelVersion: '6.1.0-33-amd64',
        MinAPIVersion: '1.12',
        Os: 'linux',
      },
    },
    { Name: 'containerd', Version: '1.6.20~ds1', Details: { GitCommit: '1.6.20~ds1-1+deb12u3' } },
    { Name: 'runc', Version: '1.1.5+ds1', Details: { GitCommit: '1.1.5+ds1-1+deb12u1' } },
    { Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: '' } },
  ],
  Version: '20.10.24+dfsg1',
  ApiVersion: '1.41',
  MinAPIVersion: '1.12',
  GitCommit: '5d6db84',
  GoVersion: 'go1.19.8',
  Os: 'linux',
  Arch: 'amd64',
  // A fake engine does run on this machine.
  KernelVersion: release(),
  BuildTime: '2026-05-07T21:09:36.000000000+00:00',
};

/** `GET /info` of the same. */
export const docker20Info = {
  ID: 'DCXD:MYLG:JSBL:SPBR:CDQA:MHJJ:TZ6C:KG25:UB24:TUE6:NCKW:NFML',
  Containers: 0,
  ContainersRunning: 0,
  ContainersPaused: 0,
  ContainersStopped: 0,
  Images: 1,
  Driver: 'overlay2',
  DriverStatus: [
    ['Backing Filesystem', 'extfs'],
    ['Supports d_type', 'true'],
    ['Native Overlay Diff', 'true'],
    ['userxattr', 'false'],
  ],
  Plugins: {
    Volume: ['local'],
    Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
    Authorization: null,
    Log: ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'logentries', 'splunk', 'syslog'],
  },
  MemoryLimit: true,
  SwapLimit: true,
  PidsLimit: true,
  IPv4Forwarding: true,
  BridgeNfIptables: true,
  Debug: false,
  NFd: 32,
  LoggingDriver: 'json-file',
  CgroupDriver: 'cgroupfs',
  CgroupVersion: '1',
  KernelVersion: '6.1.0-33-amd64',
  OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  OSVersion: '12',
  OSType: 'linux',
  Architecture: 'x86_64',
  RegistryConfig: {
    AllowNondistributableArtifactsCIDRs: [],
    InsecureRegistryCIDRs: ['127.0.0.0/8'],
    IndexConfigs: { 'docker.io': { Name: 'docker.io', Mirrors: [], Secure: true, Official: true } },
    Mirrors: [],
  },
  NCPU: 2,
  MemTotal: 25_276_510_208,
  DockerRootDir: '/var/lib/docker',
  HttpProxy: '',
  HttpsProxy: '',
  NoProxy: '',
  Name: 'harbour',
  Labels: [],
  ExperimentalBuild: false,
  ServerVersion: '20.10.24+dfsg1',
  Runtimes: {
    'io.containerd.runc.v2': { path: 'runc' },
    'io.containerd.runtime.v1.linux': { path: 'runc' },
    runc: { path: 'runc' },
  },
  DefaultRuntime: 'runc',
  Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false, Error: '' },
  LiveRestoreEnabled: false,
  SecurityOptions: ['name=seccomp,profile=default'],
  Warnings: null,
};

const bridge = {
  Name: 'bridge',
  Id: 'e352b467e6ac23df9685d3b095600cfc1c32c5405ab6d14db52d63943279b87c',
  Scope: 'local',
  Driver: 'bridge',
  EnableIPv6: false,
  Containers: {},
  Options: {
    'com.docker.network.bridge.default_bridge': 'true',
    'com.docker.network.bridge.enable_icc': 'true',
    'com.docker.network.bridge.enable_ip_masquerade': 'true',
    'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
    'com.docker.network.bridge.name': 'docker0',
    'com.docker.network.driver.mtu': '1500',
  },
  Labels: {},
};

const images = [
  {
    Containers: -1,
    Created: 1_795_301_759,
    Id: 'sha256:50c0df69e795525cb83b5cd04cf010e45a14cf5852b2ade8d1187be3d49be208',
    Labels: null,
    ParentId: '',
    RepoDigests: null,
    RepoTags: ['busybox:1'],
    Size: 1_982_256,
  },
];

/** A small Docker 20.10 without containers. */
export const healthyEngine: Answers = {
  '/version': docker20Version,
  '/info': docker20Info,
  '/networks/bridge': bridge,
  '/networks': [bridge],
  '/plugins': [],
  '/images/json': images,
  '/volumes': { Volumes: [], Warnings: null },
  '/containers/json': [],
};

/** Docker 29: no API before 1.44, and empty fields are left out. */
export const docker29: Answers = {
  ...healthyEngine,
  '/version': {
    Platform: { Name: 'Docker Engine - Community' },
    Version: '29.1.3',
    ApiVersion: '1.52',
    MinAPIVersion: '1.44',
    Os: 'linux',
    Arch: 'amd64',
    Components: [
      { Name: 'Engine', Version: '29.1.3', Details: { ApiVersion: '1.52', MinAPIVersion: '1.44' } },
      { Name: 'containerd', Version: 'v2.2.0', Details: { GitCommit: '1c4457e00facac03ce1d75f7b6777a7a851e5c41' } },
      { Name: 'runc', Version: '1.3.4', Details: { GitCommit: 'v1.3.4-0-gd6d73eb8' } },
    ],
    KernelVersion: release(),
  },
  '/info': {
    ...docker20Info,
    ServerVersion: '29.1.3',
    Driver: 'overlayfs',
    DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    KernelVersion: '6.12.48+deb13-amd64',
    OperatingSystem: 'Debian GNU/Linux 13 (trixie)',
    RegistryConfig: {
      InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
      IndexConfigs: { 'docker.io': { Mirrors: [], Name: 'docker.io', Official: true, Secure: true } },
      Mirrors: null,
    },
    Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
    SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
    FirewallBackend: { Driver: 'iptables' },
    Warnings: [],
  },
};

function podman(version: string, apiVersion: string, rootless: boolean): Answers {
  return {
    '/version': {
      Platform: { Name: 'linux/amd64/fedora-41' },
      Components: [
        {
          Name: 'Podman Engine',
          Version: version,
          Details: { APIVersion: version, Arch: 'amd64', Experimental: 'false', MinAPIVersion: '4.0.0', Os: 'linux' },
        },
        {
          Name: 'Conmon',
          Version: 'conmon version 2.1.12, commit: ',
          Details: { Package: 'conmon-2.1.12-3.fc41.x86_64' },
        },
        {
          Name: 'OCI Runtime (crun)',
          Version: 'crun version 1.19.1\ncommit: 3e32a70c93f5aa5fea69b50256cca7fd4aa23c80\nrundir: /run/crun',
          Details: { Package: 'crun-1.19.1-1.fc41.x86_64' },
        },
      ],
      Version: version,
      ApiVersion: apiVersion,
      MinAPIVersion: '1.24',
      Os: 'linux',
      Arch: 'amd64',
      KernelVersion: release(),
    },
    '/info': {
      BuildahVersion: '1.38.0',
      CgroupDriver: 'systemd',
      CgroupVersion: '2',
      Containers: 0,
      Debug: false,
      DefaultRuntime: 'crun',
      DockerRootDir: rootless ? '/home/alice/.local/share/containers/storage' : '/var/lib/containers/storage',
      Driver: 'overlay',
      DriverStatus: [
        ['Backing Filesystem', 'btrfs'],
        ['Supports d_type', 'true'],
        ['Native Overlay Diff', 'true'],
      ],
      ExperimentalBuild: true,
      KernelVersion: '6.11.4-301.fc41.x86_64',
      LiveRestoreEnabled: false,
      LoggingDriver: '',
      MemTotal: 16_657_637_376,
      NCPU: 8,
      Name: 'dinghy',
      OperatingSystem: 'fedora',
      Plugins: {
        Volume: ['local', 'image'],
        Network: ['bridge', 'macvlan', 'ipvlan'],
        Authorization: null,
        Log: ['k8s-file', 'none', 'passthrough', 'journald'],
      },
      RegistryConfig: {
        AllowNondistributableArtifactsCIDRs: [],
        InsecureRegistryCIDRs: [],
        IndexConfigs: {},
        Mirrors: [],
      },
      Rootless: rootless,
      Runtimes: { crun: { path: '/usr/bin/crun' }, runc: { path: '/usr/bin/runc' } },
      SecurityOptions: ['name=seccomp,profile=default', ...(rootless ? ['name=rootless'] : []), 'name=selinux'],
      ServerVersion: version,
      Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false, Error: '' },
      Warnings: [],
    },
    '/networks/bridge': status(404, {
      cause: 'network not found',
      message: 'unable to find network with name or ID bridge: network not found',
      response: 404,
    }),
    '/networks': [{ Name: 'podman', Id: 'b0'.repeat(32), Driver: 'bridge', Scope: 'local', Internal: false }],
    '/plugins': [],
    '/images/json': [],
    '/volumes': { Volumes: [], Warnings: [] },
    '/containers/json': [],
  };
}

/** Podman's Docker-compatible API: the default network is not called `bridge`. */
export const podman4: Answers = podman('4.9.4', '1.41', false);
export const podman5: Answers = podman('5.3.1', '1.41', true);

function withSecurityOptions(...securityOptions: readonly string[]): Answers {
  return { ...healthyEngine, '/info': { ...docker20Info, SecurityOptions: securityOptions } };
}

export const rootlessDocker = withSecurityOptions('name=seccomp,profile=default', 'name=rootless', 'name=cgroupns');
export const remappedDocker = withSecurityOptions('name=seccomp,profile=default', 'name=userns');

/** Docker 1.8 of 2015. */
export const tooOld: Answers = {
  '/version': { Version: '1.8.3', ApiVersion: '1.20', GoVersion: 'go1.4.2', Os: 'linux', Arch: 'amd64' },
};
/** An engine that has left everything known behind. */
export const tooNew: Answers = {
  '/version': { ...docker20Version, Version: '40.0.0', ApiVersion: '2.3', MinAPIVersion: '2.0' },
};

export interface InspectChange {
  readonly id?: string;
  readonly state?: 'running' | 'exited' | 'created';
  readonly HostConfig?: JsonObject;
  readonly Config?: JsonObject;
  readonly Mounts?: JsonValue;
  readonly others?: JsonObject;
}

/** The id of the container of a name: 64 hexadecimal digits, always the same. */
export function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** Beyond the largest process id that Linux gives: a process that is certainly not there. */
const nobody = 2 ** 22 + 1;

/** `GET /containers/ID/json` of Docker 20.10 for `docker run busybox:1 sleep 1000`, but for what is changed. */
export function inspected(name: string, change: InspectChange = {}): JsonObject {
  const { id = idOf(name), state = 'exited' } = change;
  const running = state === 'running';
  return {
    Id: id,
    Created: '2026-11-21T22:59:27.470071296Z',
    Path: '/bin/busybox',
    Args: ['sleep', '1000'],
    State: {
      Status: state,
      Running: running,
      Paused: false,
      Restarting: false,
      OOMKilled: false,
      Dead: false,
      Pid: running ? nobody : 0,
      ExitCode: 0,
      Error: '',
    },
    Image: 'sha256:50c0df69e795525cb83b5cd04cf010e45a14cf5852b2ade8d1187be3d49be208',
    Name: `/${name}`,
    RestartCount: 0,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    HostConfig: { ...hostConfig, ...change.HostConfig },
    Mounts: change.Mounts ?? [],
    Config: {
      Hostname: id.slice(0, 12),
      Domainname: '',
      User: '',
      Tty: false,
      Env: null,
      Cmd: ['/bin/busybox', 'sleep', '1000'],
      Image: 'busybox:1',
      Volumes: null,
      WorkingDir: '',
      Entrypoint: null,
      Labels: {},
      ...change.Config,
    },
    NetworkSettings: { Ports: {}, Networks: { bridge: { IPAddress: '172.17.0.2', Gateway: '172.17.0.1' } } },
    ...change.others,
  };
}

const hostConfig: JsonObject = {
  Binds: null,
  ContainerIDFile: '',
  LogConfig: { Type: 'json-file', Config: {} },
  NetworkMode: 'default',
  PortBindings: {},
  RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
  AutoRemove: false,
  VolumesFrom: null,
  CapAdd: null,
  CapDrop: null,
  CgroupnsMode: 'host',
  GroupAdd: null,
  IpcMode: 'private',
  Cgroup: '',
  Links: null,
  OomScoreAdj: 0,
  PidMode: '',
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: false,
  SecurityOpt: null,
  UTSMode: '',
  UsernsMode: '',
  ShmSize: 67_108_864,
  Runtime: 'runc',
  ConsoleSize: [0, 0],
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: [],
  BlkioDeviceWriteBps: [],
  BlkioDeviceReadIOps: [],
  BlkioDeviceWriteIOps: [],
  CpuPeriod: 0,
  CpuQuota: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: false,
  PidsLimit: null,
  Ulimits: null,
  MaskedPaths: ['/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/sys/firmware'],
  ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
};

/** The same container as Docker 29 shows it. */
export function inspectedByDocker29(name: string): JsonObject {
  const { Config: _config, ...answer } = inspected(name);
  return {
    ...answer,
    Config: { Hostname: idOf(name).slice(0, 12), Cmd: ['sleep', '1000'], Image: 'busybox:1' },
    HostConfig: {
      LogConfig: { Type: 'json-file', Config: {} },
      NetworkMode: 'bridge',
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
      CgroupnsMode: 'private',
      IpcMode: 'private',
      Runtime: 'runc',
      ConsoleSize: [0, 0],
      ShmSize: 67_108_864,
    },
  };
}

/** The same container as Podman's compatible API shows it. */
export function inspectedByPodman(name: string): JsonObject {
  return {
    ...inspected(name),
    AppArmorProfile: 'containers-default-0.57.4',
    ProcessLabel: 'system_u:system_r:container_t:s0:c198,c746',
    HostConfig: {
      ...hostConfig,
      CapAdd: [],
      CapDrop: ['CAP_AUDIT_WRITE', 'CAP_MKNOD', 'CAP_NET_RAW'],
      CgroupnsMode: '',
      NetworkMode: 'bridge',
      PidMode: 'private',
      PidsLimit: 2048,
      UTSMode: 'private',
      Runtime: 'oci',
      MaskedPaths: null,
      ReadonlyPaths: null,
    },
  };
}

/** What an engine answers that has these containers. */
export function containerAnswers(...containers: readonly JsonObject[]): Answers {
  const entries = containers.flatMap((container): [string, JsonValue][] => {
    const path = `/containers/${stringAt(container, 'Id') ?? ''}`;
    return [
      [`${path}/json`, container],
      [`${path}/changes`, null],
    ];
  });
  const list = containers.map(({ Id = '', Name = '' }) => ({ Id, Names: [Name], Image: 'busybox:1', State: 'exited' }));
  return { '/containers/json': list, ...Object.fromEntries(entries) };
}
