import { expect, test } from 'vitest';
import { kubernetesKubeSystemUse as control } from './kubernetes-kube-system-use.ts';
import { deployment, image, linesOf, written } from './written-set.fixture.ts';

const system = (document: string) => document.replace('namespace: shop', 'namespace: kube-system');
const pod = (spec = image, metadata = '') => written('v1', 'Pod', 'web', `spec: {${spec}}`, metadata);

test.each([
  ['a program', system(pod()), [1]],
  ['a program in kube-public', pod().replace('namespace: shop', 'namespace: kube-public'), [1]],
  ['a priority of its own', system(pod(`priorityClassName: high, ${image}`)), [1]],
  ['another tier', system(pod(image, 'labels: {tier: web}')), [1]],
  ['another namespace', pod(), []],
  ['no namespace', pod().replace(', namespace: shop', ''), []],
  ['a system priority', system(pod(`priorityClassName: system-node-critical, ${image}`)), []],
  ['a static pod of the control plane', system(pod(image, 'labels: {tier: control-plane}')), []],
  ['an add-on by the label of its pods', system(deployment('dns', 'k8s-app: kube-dns')), []],
  ['an image of the project', system(pod(image.replace('registry.example', 'registry.k8s.io'))), []],
  ['what runs nothing', system(written('v1', 'ConfigMap', 'web')), []],
])('%s', (_words, document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});
