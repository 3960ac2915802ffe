import type { ContainerSpec } from '../src/model/container-spec.ts';
import {
  type Control,
  defaultParameters,
  type JudgeContext,
  type Machine,
  type ParameterDefinitions,
  type ParameterValues,
  type SubjectKind,
  type Subjects,
} from '../src/model/control.ts';
import { applyDaemonChange } from '../src/model/daemon-change.ts';
import type { Effective } from '../src/model/effective.ts';
import type { EngineFacts, EngineInfo } from '../src/model/engine.ts';
import { exemplarContainer, exemplarEngine, exemplarMachine } from '../src/model/exemplar.ts';
import { known, mapFact, type UnreadableFact, unreadable } from '../src/model/fact.ts';
import { contentsWith, exemplarContents, type PlantedFile } from '../src/model/exemplar-contents.ts';
import { exemplarImage, exemplarNetwork } from '../src/model/exemplar-host.ts';
import type { HostFacts } from '../src/model/host.ts';
import type { ImageContents } from '../src/model/image-contents.ts';
import type { ImageFacts } from '../src/model/image.ts';
import type { JsonObject } from '../src/model/json.ts';
import type { KubernetesVersion } from '../src/model/kubernetes.ts';
import type { NetworkFacts } from '../src/model/network.ts';
import { applySpecChange, type SpecChange } from '../src/model/spec-change.ts';
import type { Verdict } from '../src/model/verdict.ts';

/** A container that passes every control, but for `change`: what is written down, nothing running. */
export function container(change: SpecChange = {}): ContainerSpec {
  return applySpecChange(exemplarContainer, change);
}

/** The same container running, with what the kernel says of it: hardened, but for `effective`. */
export function running(effective: Partial<Effective> = {}, change: SpecChange = {}): ContainerSpec {
  return { ...container(change), state: 'running', effective: { ...exemplarEffective, ...effective } };
}

/** An engine that passes every control, but for these keys of `daemon.json` (`null` removes one) and these facts. */
export function engine(set: JsonObject = {}, facts: Partial<EngineFacts> = {}): EngineFacts {
  return { ...applyDaemonChange(exemplarEngine, set), ...facts };
}

/** The exemplary engine's `GET /info` with other values. */
export function info(change: Partial<EngineInfo>): EngineFacts['info'] {
  return mapFact(exemplarEngine.info, (before) => ({ ...before, ...change }));
}

export function machine(change: Partial<Machine> = {}): Machine {
  return { ...exemplarMachine, ...change };
}

export function host(change: Partial<HostFacts> = {}): HostFacts {
  return { ...exemplarMachine.host, ...change };
}

export function network(change: Partial<NetworkFacts> = {}): NetworkFacts {
  return { ...exemplarNetwork, ...change };
}

/** The exemplary image as an engine tells of it, unopened; what is in its configuration is changed field by field. */
export function image(
  change: Partial<ImageFacts> = {},
  configuration: Partial<ImageFacts['configuration']> = {},
): ImageFacts {
  const { contents: _inside, ...told } = exemplarImage;
  return { ...told, ...change, configuration: { ...told.configuration, ...configuration } };
}

/** The exemplary image opened, with other contents. */
export function opened(
  change: Partial<ImageContents> = {},
  facts: Partial<ImageFacts> = {},
  configuration: Partial<ImageFacts['configuration']> = {},
): ImageFacts {
  return image({ contents: { ...exemplarContents, ...change }, ...facts }, configuration);
}

/** The exemplary image opened, with these files that should not be in it. */
export function openedWith(...files: readonly PlantedFile[]): ImageFacts {
  return image({ contents: contentsWith(...files) });
}

/** Contents of which a layer was not read. */
export const halfRead: Pick<ImageContents, 'layers'> = {
  layers: [
    ...exemplarContents.layers,
    {
      bytes: 0,
      unread: unreadable(
        'registry',
        'sha256:ff',
        { en: 'the layer is kept elsewhere', zh: '该层存放在别处' },
        { en: 'the layer itself', zh: '该层本身' },
      ),
    },
  ],
};

/** The exemplary host with other facts about its kernel. */
export function kernel(change: Partial<HostFacts['kernel']>): HostFacts {
  return host({ kernel: { ...exemplarMachine.host.kernel, ...change } });
}

/** A fact that could not be read for want of a permission. */
export const hidden: UnreadableFact = unreadable(
  'kernel',
  '/proc/412',
  { en: 'permission denied', zh: '权限不足' },
  { en: 'run as root', zh: '以 root 运行' },
);

export interface Circumstances<P extends ParameterDefinitions> {
  readonly machine?: Machine | undefined;
  readonly parameters?: Partial<ParameterValues<P>>;
  readonly kubernetesVersion?: KubernetesVersion | undefined;
}

/** What a control says of a subject on the exemplary machine, or in other circumstances. */
export function judge<K extends 'host' | 'engine' | 'network' | 'image' | 'container', P extends ParameterDefinitions>(
  control: Control<K, P>,
  subject: Subjects[K],
  circumstances: Circumstances<P> = {},
): Verdict {
  return control.judge(subject, contextOf(control, circumstances));
}

/** The context in which `judge` asks. */
export function contextOf<K extends SubjectKind, P extends ParameterDefinitions>(
  control: Control<K, P>,
  circumstances: Circumstances<P> = {},
): JudgeContext<P> {
  const where = 'machine' in circumstances ? circumstances.machine : exemplarMachine;
  return {
    parameters: { ...defaultParameters(control), ...circumstances.parameters },
    now: new Date(Date.UTC(2026, 6, 1)),
    ...(where ? { machine: where } : {}),
    ...(circumstances.kubernetesVersion ? { kubernetesVersion: circumstances.kubernetesVersion } : {}),
  };
}

const ownNamespace = (kind: string) =>
  known({ link: `${kind}:[4026532999]`, host: false }, 'kernel', `/proc/412/ns/${kind}`);

/** What the kernel says of the exemplary container. */
export const exemplarEffective: Effective = {
  pid: 412,
  user: known({ uid: 10001, hostUid: 110001, hostGid: 110001 }, 'kernel', '/proc/412/status Uid'),
  capabilities: known({ effective: 0n, permitted: 0n, bounding: 0n }, 'kernel', '/proc/412/status CapEff'),
  seccompMode: known(2, 'kernel', '/proc/412/status Seccomp'),
  noNewPrivileges: known(true, 'kernel', '/proc/412/status NoNewPrivs'),
  namespaces: {
    network: ownNamespace('net'),
    pid: ownNamespace('pid'),
    ipc: ownNamespace('ipc'),
    uts: ownNamespace('uts'),
    user: ownNamespace('user'),
    cgroup: ownNamespace('cgroup'),
  },
  securityLabel: known('docker-default (enforce)', 'kernel', '/proc/412/attr/current'),
  limits: known(
    { memory: 256 * 1024 ** 2, memorySwap: 256 * 1024 ** 2, cpus: 0.5, pids: 100 },
    'kernel',
    '/sys/fs/cgroup/system.slice/docker-f0.scope',
  ),
  mounts: known(
    [
      { target: '/', options: ['ro', 'relatime'], propagation: [], fileSystem: 'overlay', source: 'overlay' },
      {
        target: '/proc',
        options: ['rw', 'nosuid', 'nodev', 'noexec'],
        propagation: [],
        fileSystem: 'proc',
        source: 'proc',
      },
      { target: '/proc/kcore', options: ['rw', 'nosuid'], propagation: [], fileSystem: 'tmpfs', source: 'tmpfs' },
      { target: '/proc/sys', options: ['ro', 'nosuid'], propagation: [], fileSystem: 'proc', source: 'proc' },
      { target: '/sys/firmware', options: ['ro', 'relatime'], propagation: [], fileSystem: 'tmpfs', source: 'tmpfs' },
      {
        target: '/tmp',
        options: ['rw', 'nosuid', 'nodev', 'noexec'],
        propagation: [],
        fileSystem: 'tmpfs',
        source: 'tmpfs',
      },
      { target: '/data', options: ['rw', 'nosuid', 'nodev'], propagation: [], fileSystem: 'tmpfs', source: 'tmpfs' },
    ],
    'kernel',
    '/proc/412/mountinfo',
  ),
  processes: known([{ pid: 412, parent: 1, name: 'web', hostUid: 110001 }], 'kernel', '/proc/*/cgroup'),
  listeners: known([{ protocol: 'tcp', address: '0.0.0.0', port: 8080 }], 'kernel', '/proc/412/net/tcp'),
};
