import type { KubernetesObject } from '../../model/kubernetes.ts';

/** Namespaces of the cluster itself, which its distribution looks after. */
function isSystemNamespace(name: string): boolean {
  return ['kube-system', 'kube-public', 'kube-node-lease', 'openshift'].includes(name) || name.startsWith('openshift-');
}

/** A Namespace that people work in. */
export function isOwnNamespace({ kind, group, name }: KubernetesObject): boolean {
  return kind === 'Namespace' && group === '' && name !== '' && !isSystemNamespace(name);
}
