import { expect, test } from 'vitest';
import { object } from '../../../test/written.ts';
import { holdsStandardPod } from './pod-security-pod.ts';

const pod = '{spec: {containers: [{name: web, image: registry.example/web:1}]}}';

test.each([
  ['v1', 'Pod', 'spec: {containers: []}', true],
  ['v1', 'PodTemplate', `template: ${pod}`, true],
  ['v1', 'ReplicationController', `spec: {template: ${pod}}`, true],
  ['apps/v1', 'ReplicaSet', `spec: {template: ${pod}}`, true],
  ['apps/v1', 'Deployment', `spec: {template: ${pod}}`, true],
  ['apps/v1beta2', 'Deployment', `spec: {template: ${pod}}`, true],
  ['extensions/v1beta1', 'Deployment', `spec: {template: ${pod}}`, true],
  ['apps/v1', 'StatefulSet', `spec: {template: ${pod}}`, true],
  ['apps/v1', 'DaemonSet', `spec: {template: ${pod}}`, true],
  ['batch/v1', 'Job', `spec: {template: ${pod}}`, true],
  ['batch/v1beta1', 'CronJob', `spec: {jobTemplate: {spec: {template: ${pod}}}}`, true],
  ['argoproj.io/v1alpha1', 'Rollout', `spec: {template: ${pod}}`, false],
  ['serving.knative.dev/v1', 'Service', `spec: {template: ${pod}}`, false],
  ['batch.example/v1', 'Job', `spec: {template: ${pod}}`, false],
  ['apps/v1', 'Pod', 'spec: {containers: []}', false],
  ['v1', 'Service', 'spec: {ports: []}', false],
  ['apps/v1', 'Deployment', 'spec: {}', false],
])('a %s %s of {%s}: %j', (apiVersion, kind, rest, expected) => {
  expect(holdsStandardPod(object(`{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: a}, ${rest}}`))).toBe(
    expected,
  );
});
