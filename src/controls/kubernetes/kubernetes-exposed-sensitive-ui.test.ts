import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesExposedSensitiveUi as control } from './kubernetes-exposed-sensitive-ui.ts';

const written = (type: string, spec: string, metadata = 'name: web') =>
  object(`apiVersion: ${type}\nmetadata: {${metadata}}\nspec:\n  ${spec}`);
const ingress = 'networking.k8s.io/v1\nkind: Ingress';
const backend = 'defaultBackend: {service: {name: argocd-server}}';

test.each([
  ['v1\nkind: Service', 'type: NodePort', 'name: kubernetes-dashboard'],
  ['v1\nkind: Service', 'type: LoadBalancer', 'name: monitoring-grafana'],
  ['v1\nkind: Service', 'externalIPs: [203.0.113.7]', 'name: kibana'],
  [ingress, backend, 'name: web'],
  [ingress, 'rules: [{http: {paths: [{backend: {service: {name: kube-prometheus-stack-grafana}}}]}}]', 'name: web'],
  ['extensions/v1beta1\nkind: Ingress', 'backend: {serviceName: phpmyadmin}', 'name: web'],
  [
    'gateway.networking.k8s.io/v1\nkind: HTTPRoute',
    'rules: [{backendRefs: [{name: web}, {name: kiali}]}]',
    'name: web',
  ],
  [
    'networking.istio.io/v1\nkind: VirtualService',
    '{gateways: [out], http: [{route: [{destination: {host: jenkins.ci.svc.cluster.local}}]}]}',
    'name: web',
  ],
  ['traefik.io/v1alpha1\nkind: IngressRoute', 'routes: [{services: [{name: traefik-dashboard}]}]', 'name: web'],
  ['route.openshift.io/v1\nkind: Route', 'to: {kind: Service, name: prometheus-k8s}', 'name: web'],
])('%s with {%s} fails', (type, spec, metadata) => {
  expect(failingLines(control, written(type, spec, metadata))).toEqual([5]);
});

test.each([
  ['v1\nkind: Service', 'type: ClusterIP', 'name: grafana'],
  ['v1\nkind: Service', 'type: NodePort', 'name: grafana-agent'],
  ['v1\nkind: Service', 'type: NodePort', 'name: shop'],
  ['v1\nkind: Service', '{type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]}', 'name: grafana'],
  [
    'v1\nkind: Service',
    'type: LoadBalancer',
    'name: grafana, annotations: {networking.gke.io/load-balancer-type: Internal}',
  ],
  [ingress, 'defaultBackend: {service: {name: web}}', 'name: grafana'],
  [ingress, backend, 'annotations: {nginx.ingress.kubernetes.io/auth-url: "https://login.example"}'],
  [ingress, backend, 'annotations: {alb.ingress.kubernetes.io/scheme: internal}'],
  [ingress, `{ingressClassName: nginx-internal, ${backend}}`, 'name: web'],
  ['networking.istio.io/v1\nkind: VirtualService', 'http: [{route: [{destination: {host: jenkins}}]}]', 'name: web'],
])('%s with {%s} and {%s} passes', (type, spec, metadata) => {
  expect(failingLines(control, written(type, spec, metadata))).toEqual([]);
});

test('a Service that is allowed passes', () => {
  const parameters = { allowed: ['argocd-*'] };
  expect(failingLines(control, written(ingress, backend), { parameters })).toEqual([]);
});
