import type { KubernetesObject } from '../../model/kubernetes.ts';
import { objects } from '../../../test/written.ts';

/** The line of the name of the role, and that of the one subject, in the texts of `bindingTo`. */
export const roleLine = 4;
export const subjectLine = 6;

/** A binding to a role with one subject; `more` are other objects of the same text. */
export function bindingTo(role: string, subject: string, kind = 'ClusterRoleBinding', more = ''): KubernetesObject {
  const [binding] = objects(`apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: web, ${kind === 'RoleBinding' ? 'namespace: shop' : ''} }
roleRef: { apiGroup: rbac.authorization.k8s.io, ${role} }
subjects:
  - { ${subject} }
---
${more}`);
  if (!binding) throw new Error('a binding was written');
  return binding;
}
