import type { Baseline } from './baseline.ts';

export const strictBaseline: Baseline = {
  name: 'strict',
  description: {
    en: 'The default baseline, and matters of policy too: processor pinning, block I/O limits, tailored seccomp profiles, a rootless engine.',
    zh: '在默认基线之上，同时要求策略类项目：CPU 绑定、块 I/O 限制、定制 seccomp 配置、无 root 引擎。',
  },
  controls: ['*'],
  parameters: {
    'container-blkio-limit': { required: true },
    'container-cpuset': { required: true },
    'container-seccomp-tailored': { required: true },
    'daemon-rootless': { required: true },
  },
};
