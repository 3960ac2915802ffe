import { expect, test } from 'vitest';
import { failingLines, objects } from '../../../test/written.ts';
import { kubernetesImageSignature as control } from './kubernetes-image-signature.ts';
import { statusIn } from './pod-security.fixture.ts';

function podBeside(policy: string, image = 'registry.example/shop/web:1') {
  const [pod] = objects(`{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec:
  {containers: [
    {name: web, image: "${image}"}]}}
---
${policy}
`);
  if (!pod) throw new Error('no pod');
  return pod;
}

const kyverno = (verify: string, kind = 'ClusterPolicy', namespace = 'shop') =>
  `{apiVersion: kyverno.io/v1, kind: ${kind}, metadata: {name: a, namespace: ${namespace}}, spec: {rules: [{verifyImages: [${verify}]}]}}`;
const sigstore = (glob: string) =>
  `{apiVersion: policy.sigstore.dev/v1beta1, kind: ClusterImagePolicy, spec: {images: [{glob: "${glob}"}]}}`;
const validating = (entry: string) =>
  `{apiVersion: policies.kyverno.io/v1, kind: ImageValidatingPolicy, spec: {matchImageReferences: [${entry}]}}`;

test('an image that no rule names fails at its own line', () => {
  expect(failingLines(control, podBeside(sigstore('other.example/**')))).toEqual([3]);
});

test.each([
  [kyverno('{imageReferences: ["registry.example/shop/*"]}'), 'pass'],
  [kyverno('{image: "registry.example/*"}'), 'pass'],
  [kyverno('{imageReferences: ["registry.example/*:1"], skipImageReferences: ["registry.example/shop/*"]}'), 'fail'],
  [kyverno('{imageReferences: ["other.example/*"]}'), 'fail'],
  [kyverno('{imageReferences: ["*"]}', 'Policy'), 'pass'],
  [sigstore('registry.example/shop/*'), 'pass'],
  [sigstore('registry.example/*'), 'fail'],
  [sigstore('registry.example/**'), 'pass'],
  [validating('{glob: "registry.example/*"}'), 'pass'],
  [validating('{glob: "other.example/*"}'), 'fail'],
  [validating('{glob: "other.example/*"}, {expression: "true"}'), 'unknown'],
])('%s: %s', (policy, status) => {
  expect(statusIn(control, podBeside(policy))).toBe(status);
});

test.each([
  ['nginx', 'docker.io/library/*'],
  ['nginx', 'index.docker.io/*/*'],
  ['nginx:1', 'docker.io/nginx:*'],
  ['shop/web:1', 'docker.io/shop/web:1'],
])('%s is named by %s', (image, glob) => {
  expect(statusIn(control, podBeside(sigstore(glob), image))).toBe('pass');
});

test('an image that cannot be read is unknown', () => {
  expect(statusIn(control, podBeside(sigstore('**'), '${IMAGE}'))).toBe('unknown');
});

const asks = (policy: string) => control.appliesTo?.(podBeside(policy));

test('without a rule in force nothing is asked', () => {
  expect(asks(sigstore('**'))).toBe(true);
  expect(asks('{apiVersion: v1, kind: ConfigMap}')).toBe(false);
  expect(asks('{apiVersion: kyverno.io/v1, kind: ClusterPolicy, spec: {rules: [{validate: {}}]}}')).toBe(false);
  expect(asks(kyverno('{imageReferences: ["*"]}', 'Policy', 'other'))).toBe(false);
});
