import { describe, expect, test } from 'vitest';
import { kubernetesDangling as control } from './kubernetes-dangling.ts';
import { deployment, linesOf, remediesFor, written } from './written-set.fixture.ts';

const web = deployment('web', 'app: web');
const service = (selector: string, spec = '') =>
  written('v1', 'Service', 'web', `spec: {${spec}selector: {${selector}}}`);
const elsewhere = (document: string) => document.replace('namespace: shop', 'namespace: test');
const nowhere = (document: string) => document.replace(', namespace: shop', '');
const patch = (document: string) => document.replace('image:', 'imagePullPolicy:');
const database = (spec = '{}') => written('postgres.example/v1', 'Cluster', 'db', `spec: ${spec}`);

describe('a Service', () => {
  test.each([
    ['selects nothing', [service('app: api'), web], [1]],
    ['selects by a label that nothing has', [service('name: web'), web], [1]],
    ['selects what is elsewhere', [service('app: web'), elsewhere(web), deployment('api', 'app: api')], [1]],
    [
      'selects nothing, beside a certificate',
      [service('name: a'), web, written('cert-manager.io/v1', 'Issuer', 'a')],
      [1],
    ],
    ['selects by a known label, beside an operator', [service('app: api'), web, database()], [1]],
    ['neither says a namespace', [nowhere(service('app: api')), nowhere(web)], [1]],
    ['selects pods', [service('app: web'), web], []],
    ['selects pods that may be there', [service('app: web'), nowhere(web), deployment('api', 'app: api')], []],
    ['has no selector', [service(''), web], []],
    ['is a name of the outside', [service('app: api', 'type: ExternalName, '), web], []],
    ['no workload was read', [service('app: api')], []],
    ['only workloads of elsewhere were read', [service('app: api'), elsewhere(web)], []],
    ['only a patch was read', [service('app: api'), patch(web)], []],
    ['selects one pod of a set', [service('app: web, statefulset.kubernetes.io/pod-name: web-0'), web], []],
    ['selects the leader', [service('app: web, role: leader'), web], []],
    ['selects pods of an operator', [service('postgres.example/cluster: db'), web, database()], []],
    ['selects what another object mentions', [service('app: db'), web, database('{labels: {app: db}}')], []],
  ])('%s', (_words, documents, expected) => {
    expect(linesOf(control, documents)).toEqual(expected);
  });
});

const policy = (spec: string) => written('networking.k8s.io/v1', 'NetworkPolicy', 'web', `spec: {${spec}}`);
const autoscaler = (kind: string, name: string) =>
  written('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', `spec: {scaleTargetRef: {kind: ${kind}, name: ${name}}}`);
const ingress = (backend: string) =>
  written('networking.k8s.io/v1', 'Ingress', 'web', `spec: {rules: [{http: {paths: [{backend: {${backend}}}]}}]}`);
const port = 'ports: [{name: http, port: 80}], ';
const monitor = (spec: string) => written('monitoring.coreos.com/v1', 'ServiceMonitor', 'web', `spec: {${spec}}`);
const labelled = written('v1', 'Service', 'web', 'spec: {}', 'labels: {app: web}');
const kustomization = '{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}';

test.each([
  ['a policy of nothing', [policy('podSelector: {matchLabels: {app: api}}'), web], [1]],
  ['a policy of some', [policy('podSelector: {matchLabels: {app: web}}'), web], []],
  ['a policy of all', [policy('podSelector: {}'), web], []],
  [
    'a policy by expression',
    [policy('podSelector: {matchExpressions: [{key: app, operator: In, values: [api]}]}'), web],
    [1],
  ],
  [
    'a budget of nothing',
    [written('policy/v1', 'PodDisruptionBudget', 'a', 'spec: {selector: {matchLabels: {app: api}}}'), web],
    [1],
  ],
  ['an autoscaler of nothing', [autoscaler('Deployment', 'api'), web], [1]],
  ['an autoscaler of something', [autoscaler('Deployment', 'web'), web], []],
  ['an autoscaler of another kind', [autoscaler('StatefulSet', 'api'), web], []],
  ['an autoscaler of a patch', [autoscaler('Deployment', 'api'), patch(web)], []],
  ['a path to nothing', [ingress('service: {name: api, port: {number: 80}}'), service('', port)], [1]],
  ['a path to a Service', [ingress('service: {name: web, port: {number: 80}}'), service('', port)], []],
  ['a path to a port by name', [ingress('service: {name: web, port: {name: http}}'), service('', port)], []],
  ['a path to no port', [ingress('service: {name: web, port: {number: 8080}}'), service('', port)], [1]],
  ['a path to a Service that says no port', [ingress('service: {name: web, port: {number: 8080}}'), service('')], []],
  [
    'an action of an annotation',
    [ingress('service: {name: redirect, port: {name: use-annotation}}'), service('', port)],
    [],
  ],
  ['a path in old words', [ingress('serviceName: api, servicePort: 80'), service('', port)], [1]],
  ['a path without any Service read', [ingress('service: {name: api, port: {number: 80}}'), web], []],
  ['a monitor of nothing', [monitor('selector: {matchLabels: {app: api}}'), labelled], [1]],
  ['a monitor of a Service', [monitor('selector: {matchLabels: {app: web}}'), labelled], []],
  [
    'a monitor of elsewhere',
    [monitor('selector: {matchLabels: {app: api}}, namespaceSelector: {any: true}'), labelled],
    [],
  ],
  [
    'a monitor of labels that may be added',
    [monitor('selector: {matchLabels: {app: api}}'), labelled, kustomization],
    [],
  ],
])('%s', (_words, documents, expected) => {
  expect(linesOf(control, documents)).toEqual(expected);
});

const peer = (selectors: string) => policy(`podSelector: {}, ingress: [{from: [{${selectors}}]}]`);

test('peers are looked for where everything is read', () => {
  const unknown = peer('podSelector: {matchLabels: {app: api}}');
  const parameters = { wholeNamespaces: true };
  expect(linesOf(control, [unknown, web])).toEqual([]);
  expect(linesOf(control, [unknown, web], { parameters })).toEqual([1]);
  expect(linesOf(control, [peer('podSelector: {matchLabels: {app: web}}'), web], { parameters })).toEqual([]);
  const other = peer('namespaceSelector: {}, podSelector: {matchLabels: {app: api}}');
  expect(linesOf(control, [other, web], { parameters })).toEqual([]);
});

test('the line is that of the selector, and a person decides', () => {
  const bad = control.counterexample?.bad ?? '';
  expect(linesOf(control, [bad])).toEqual([6]);
  expect(remediesFor(control, [bad])).toMatchObject([{ kind: 'manual' }]);
});
