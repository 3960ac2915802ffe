import { expect, test } from 'vitest';
import { kubernetesDashboard as control } from './kubernetes-dashboard.ts';
import { deployment, linesOf, written } from './written-set.fixture.ts';

const board = (container: string, spec = '', reference = 'kubernetesui/dashboard:v2.7.0') =>
  deployment('board', 'app: board', '', `${spec}containers: [{name: board, image: "${reference}"${container}}]`);
const service = (name: string, spec: string) => written('v1', 'Service', name, `spec: {${spec}}`);
const ingress = (name: string) =>
  written(
    'networking.k8s.io/v1',
    'Ingress',
    'board',
    `spec: {rules: [{http: {paths: [{backend: {service: {name: ${name}}}}]}}]}`,
  );

test.each([
  [board(''), []],
  [board(', args: [--enable-skip-login]'), [1]],
  [board(', args: [--enable-skip-login=true]'), [1]],
  [board(', args: [--enable-skip-login=false]'), []],
  [board(', ports: [{containerPort: 8443, hostPort: 443}]'), [1]],
  [board(', ports: [{containerPort: 8443}]'), []],
  [board('', 'hostNetwork: true, '), [1]],
  [board('', 'hostNetwork: true, ', 'k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1'), [1]],
  [board('', 'hostNetwork: true, ', 'kubernetesui/metrics-scraper:v1.0.8'), []],
  [board('', 'hostNetwork: true, ', 'registry.example/shop/dashboard:1'), []],
  [service('kubernetes-dashboard', 'type: NodePort'), [1]],
  [service('kubernetes-dashboard-kong-proxy', 'type: LoadBalancer'), [1]],
  [service('board', 'type: LoadBalancer, selector: {k8s-app: kubernetes-dashboard}'), [1]],
  [service('kubernetes-dashboard', 'ports: []'), []],
  [service('dashboard', 'type: LoadBalancer, selector: {app: dashboard}'), []],
  [ingress('kubernetes-dashboard'), [1]],
  [ingress('dashboard'), []],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});
