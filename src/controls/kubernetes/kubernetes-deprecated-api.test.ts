import { expect, test } from 'vitest';
import { kubernetesDeprecatedApi as control } from './kubernetes-deprecated-api.ts';
import { deployment, linesOf, remediesFor, written } from './written-set.fixture.ts';

const inVersion = (minor: number) => ({ kubernetesVersion: { major: 1, minor } });

test.each([
  ['extensions/v1beta1', 'Deployment', 16],
  ['apps/v1beta2', 'StatefulSet', 16],
  ['extensions/v1beta1', 'Ingress', 22],
  ['networking.k8s.io/v1beta1', 'IngressClass', 22],
  ['rbac.authorization.k8s.io/v1beta1', 'ClusterRoleBinding', 22],
  ['batch/v1beta1', 'CronJob', 25],
  ['policy/v1beta1', 'PodDisruptionBudget', 25],
  ['policy/v1beta1', 'PodSecurityPolicy', 25],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 32],
])('%s %s is gone in 1.%i, and today', (apiVersion, kind, minor) => {
  const document = written(apiVersion, kind, 'web');
  expect(linesOf(control, [document])).toEqual([1]);
  expect(linesOf(control, [document], inVersion(minor))).toEqual([1]);
  expect(linesOf(control, [document], inVersion(minor - 1))).toEqual([]);
});

test.each([
  ['apps/v1', 'Deployment'],
  ['v1', 'Service'],
  ['apps/v1beta1', 'Workload'],
  ['argoproj.io/v1alpha1', 'Rollout'],
  ['gateway.networking.k8s.io/v1beta1', 'HTTPRoute'],
])('%s %s is served', (apiVersion, kind) => {
  expect(linesOf(control, [written(apiVersion, kind, 'web')])).toEqual([]);
});

test.each([
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 23],
  ['networking.k8s.io/v1', 'Ingress', 19],
])('%s %s is not there before 1.%i', (apiVersion, kind, minor) => {
  const document = written(apiVersion, kind, 'web');
  expect(linesOf(control, [document], inVersion(minor - 1))).toEqual([1]);
  expect(linesOf(control, [document], inVersion(minor))).toEqual([]);
  expect(remediesFor(control, [document], inVersion(minor - 1))).toMatchObject([{ kind: 'manual' }]);
});

const ingress = (spec: string) => written('networking.k8s.io/v1beta1', 'Ingress', 'web', `spec: {${spec}}`);
const path = ['spec', 'rules', 0, 'http', 'paths', 0];
const service = (port: object) => ({ service: { name: 'web', port } });
const old = (labels: string, spec = '') => deployment('web', labels, spec).replace('apps/v1', 'extensions/v1beta1');
const apps = { path: ['apiVersion'], value: 'apps/v1' };

test.each([
  [written('batch/v1beta1', 'CronJob', 'web'), [{ path: ['apiVersion'], value: 'batch/v1' }]],
  [written('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'web'), [{ value: 'autoscaling/v2' }]],
  [old('app: web', 'selector: {matchLabels: {app: web}}'), [apps]],
  [old('app: web'), [apps, { path: ['spec', 'selector', 'matchLabels'], value: { app: 'web' } }]],
  [
    old('app: web', 'rollbackTo: {revision: 1}, selector: {matchLabels: {app: web}}'),
    [apps, { path: ['spec', 'rollbackTo'] }],
  ],
  [
    ingress('backend: {serviceName: web, servicePort: http}'),
    [
      { value: 'networking.k8s.io/v1' },
      { path: ['spec', 'backend'] },
      { path: ['spec', 'defaultBackend'], value: service({ name: 'http' }) },
    ],
  ],
  [
    ingress('rules: [{http: {paths: [{pathType: Prefix, backend: {serviceName: web, servicePort: "80"}}]}}]'),
    [{ value: 'networking.k8s.io/v1' }, { path: [...path, 'backend'], value: service({ number: 80 }) }],
  ],
])('%s is rewritten', (document, fields) => {
  expect(remediesFor(control, [document])).toMatchObject([{ kind: 'object', fields }]);
});

test.each([
  old(''),
  ingress('rules: [{http: {paths: [{path: /}]}}]'),
  written('policy/v1beta1', 'PodDisruptionBudget', 'web', 'spec: {selector: {}}'),
  written('policy/v1beta1', 'PodSecurityPolicy', 'web'),
  written('autoscaling/v2beta1', 'HorizontalPodAutoscaler', 'web'),
  written('apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 'web'),
])('%s is left to a person', (document) => {
  expect(remediesFor(control, [document])).toMatchObject([{ kind: 'manual' }]);
});
