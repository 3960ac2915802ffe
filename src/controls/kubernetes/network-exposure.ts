import { type JsonValue, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';

export function isService({ kind, group }: KubernetesObject): boolean {
  return kind === 'Service' && group === '';
}

export function isIngress({ kind, group }: KubernetesObject): boolean {
  return kind === 'Ingress' && (group === 'networking.k8s.io' || group === 'extensions');
}

/** The annotations of an object as texts. */
export function annotationsOf({ value }: KubernetesObject): Readonly<Record<string, string>> {
  const annotations = Object.entries(objectIn(objectIn(value, 'metadata'), 'annotations'));
  return Object.fromEntries(annotations.map(([name, text]) => [name, scalarText(text)]));
}

/** A scalar as the API would hold it; empty for what is none. */
export function scalarText(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** Annotations by which a load balancer stays inside of the private network, and the values that say so. */
const internal: ReadonlyMap<string, RegExp> = new Map([
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(?!false$).+/i],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/i],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/i],
  ['networking.gke.io/load-balancer-type', /^internal$/i],
  ['cloud.google.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', /^true$/i],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/i],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', /^intranet$/i],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', /^private$/i],
  ['service.beta.kubernetes.io/do-loadbalancer-network', /^internal$/i],
  ['alb.ingress.kubernetes.io/scheme', /^internal$/i],
]);

/** Whether annotations keep a load balancer inside of the private network. */
export function staysInside(object: KubernetesObject): boolean {
  return Object.entries(annotationsOf(object)).some(([name, value]) => internal.get(name)?.test(value) ?? false);
}

/** Whether a load balancer only takes traffic from certain addresses. */
export function takesFromFew({ value }: KubernetesObject): boolean {
  const ranges = listIn(objectIn(value, 'spec'), 'loadBalancerSourceRanges').map(scalarText);
  return ranges.length > 0 && !ranges.some((range) => range.endsWith('/0'));
}
