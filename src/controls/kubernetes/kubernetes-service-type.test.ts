import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesServiceType as control } from './kubernetes-service-type.ts';

const service = (spec: string, annotations = '{}') =>
  object(`apiVersion: v1\nkind: Service\nmetadata: {annotations: ${annotations}}\nspec:\n  ${spec}`);
const types = ['NodePort', 'LoadBalancer'];

test.each([
  ['type: NodePort', '{}', ['NodePort'], [5]],
  ['type: LoadBalancer', '{}', ['NodePort'], []],
  ['type: ClusterIP', '{}', types, []],
  ['selector: {}', '{}', types, []],
  ['type: LoadBalancer', '{}', types, [5]],
  ['type: LoadBalancer\n  loadBalancerSourceRanges: [10.0.0.0/8]', '{}', types, []],
  ['type: LoadBalancer\n  loadBalancerSourceRanges: [0.0.0.0/0]', '{}', types, [5]],
  ['type: LoadBalancer', '{networking.gke.io/load-balancer-type: Internal}', types, []],
  ['type: LoadBalancer', '{service.beta.kubernetes.io/aws-load-balancer-internal: "true"}', types, []],
  ['type: LoadBalancer', '{service.beta.kubernetes.io/aws-load-balancer-internal: "false"}', types, [5]],
  ['type: LoadBalancer', '{service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing}', types, [5]],
])('{%s} with %s, %j unwanted', (spec, annotations, unwanted, lines) => {
  expect(failingLines(control, service(spec, annotations), { parameters: { types: unwanted } })).toEqual(lines);
});

test('a Service of Knative is none', () => {
  expect(control.appliesTo?.(service('type: NodePort'))).toBe(true);
  expect(control.appliesTo?.(object('{apiVersion: serving.knative.dev/v1, kind: Service, spec: {}}'))).toBe(false);
});
