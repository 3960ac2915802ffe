import type { Baseline } from './baseline.ts';

export const pssBaseline: Baseline = {
  name: 'pss-baseline',
  description: {
    en: 'The baseline level of the Pod Security Standards: what the admission of Kubernetes refuses at that level, in the version that the manifests are for.',
    zh: 'Pod 安全标准的基线级（baseline）：与 Kubernetes 准入控制在该级别、按清单所针对的版本所拒绝的内容一致。',
  },
  controls: [
    'kubernetes-pss-apparmor',
    'kubernetes-pss-capabilities-baseline',
    'kubernetes-pss-host-namespaces',
    'kubernetes-pss-host-probes',
    'kubernetes-pss-hostpath',
    'kubernetes-pss-hostports',
    'kubernetes-pss-privileged',
    'kubernetes-pss-procmount',
    'kubernetes-pss-seccomp-baseline',
    'kubernetes-pss-selinux',
    'kubernetes-pss-sysctls',
    'kubernetes-pss-windows-hostprocess',
  ],
};
