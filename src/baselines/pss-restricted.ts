import type { Baseline } from './baseline.ts';
import { pssBaseline } from './pss-baseline.ts';

export const pssRestricted: Baseline = {
  name: 'pss-restricted',
  description: {
    en: 'The restricted level of the Pod Security Standards: all of the baseline level, and what the admission of Kubernetes refuses besides at the strictest one.',
    zh: 'Pod 安全标准的受限级（restricted）：包含基线级的全部内容，以及 Kubernetes 准入控制在最严格级别上另外拒绝的内容。',
  },
  controls: [
    ...pssBaseline.controls,
    'kubernetes-pss-allow-privilege-escalation',
    'kubernetes-pss-capabilities-restricted',
    'kubernetes-pss-run-as-nonroot',
    'kubernetes-pss-run-as-user',
    'kubernetes-pss-seccomp-restricted',
    'kubernetes-pss-volume-types',
  ],
  parameters: { 'kubernetes-pss-procmount': { restricted: true } },
};
