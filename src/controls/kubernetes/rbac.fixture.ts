import type { Control, ParameterDefinitions } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { Severity } from '../../model/severity.ts';
import { contextOf } from '../../../test/subjects.ts';
import { object } from '../../../test/written.ts';

/** The line at which the list of `resources` of the first rule stands in the texts of `roleWith`. */
export const resourcesLine = 6;
export const verbsLine = 7;

/** A ClusterRole with one rule, each list on a line of its own. */
export function roleWith(groups: string, resources: string, verbs: string, more = ''): KubernetesObject {
  return object(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: shop-operator }
rules:
  - apiGroups: [${groups}]
    resources: [${resources}]
    verbs: [${verbs}]
    ${more}
`);
}

/** How bad a failure of this very object is. */
export function severityOf<P extends ParameterDefinitions>(
  control: Control<'kubernetes-object', P>,
  subject: KubernetesObject,
): Severity {
  return typeof control.severity === 'string' ? control.severity : control.severity.of(subject, contextOf(control));
}
