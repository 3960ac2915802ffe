/** Controls of the Pod Security Standards whose question a control of the level `container` asks of every dialect. */
export const askedOfContainers: readonly string[] = [
  'kubernetes-pss-allow-privilege-escalation',
  'kubernetes-pss-apparmor',
  'kubernetes-pss-capabilities-*',
  'kubernetes-pss-host-namespaces',
  'kubernetes-pss-hostpath',
  'kubernetes-pss-privileged',
  'kubernetes-pss-procmount',
  'kubernetes-pss-run-as-*',
  'kubernetes-pss-seccomp-*',
  'kubernetes-pss-selinux',
  'kubernetes-pss-volume-types',
];
