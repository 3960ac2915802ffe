import type { Baseline } from './baseline.ts';
import { askedOfContainers } from './questions-asked-twice.ts';

export const strictBaseline: Baseline = {
  name: 'strict',
  description: {
    en: 'The default baseline, and matters of policy too: processor pinning, block I/O limits, tailored seccomp profiles, a rootless engine, pinned versions of packages.',
    zh: '在默认基线之上，同时要求策略类项目：CPU 绑定、块 I/O 限制、定制 seccomp 配置、无 root 引擎、锁定软件包版本。',
  },
  controls: ['*'],
  without: askedOfContainers,
  parameters: {
    'container-blkio-limit': { required: true },
    'container-cpuset': { required: true },
    'container-seccomp-tailored': { required: true },
    'daemon-builder-entitlements': { forbidden: ['security-insecure', 'network-host'] },
    'daemon-rootless': { required: true },
    'dockerfile-download-integrity': { requireChecksum: true },
    'dockerfile-from-pinned': { requireDigest: true },
    'host-bind-source-permissions': { privateRootData: true, ownedByUser: true },
    'image-digest-pinned': { repositories: ['*'] },
    'image-minimal-base': { unwanted: ['compiler', 'debugger', 'network', 'package-manager', 'shell'] },
    'kernel-module-loading-locked': { required: true },
    'kubernetes-netpol-pod': { egress: true },
    'kubernetes-pdb': { unhealthyEviction: true },
    'kubernetes-service-type': { types: ['NodePort', 'LoadBalancer'] },
    'network-egress-restricted': { required: true },
  },
};
