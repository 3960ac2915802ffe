import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesRegistryAdmission as control } from './kubernetes-registry-admission.ts';

const kyverno = 'kyverno.io/v1\nkind: ClusterPolicy';
const verify = 'rules: [{verifyImages: [{imageReferences: ["*"]}]}]';
const pattern = 'rules: [{validate: {pattern: {spec: {"=(initContainers)": [{"=(image)": "registry.example/*"}]}}}}]';
const webhook = 'apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration';

const policy = (type: string, rest: string) => object(`apiVersion: ${type}\n${rest}`);

test.each([
  [kyverno, `spec:\n  ${verify}`, [3]],
  [kyverno, `spec:\n  validationFailureAction: Audit\n  ${pattern}`, [4]],
  [kyverno, 'spec:\n  validationFailureAction: Enforce\n  rules: [{verifyImages: [{failureAction: Audit}]}]', [5]],
  [kyverno, 'spec:\n  rules: [{verifyImages: [{}]}, {verifyImages: [{}]}]', [3]],
  ['policies.kyverno.io/v1\nkind: ImageValidatingPolicy', 'spec:\n  validationActions: [Audit]', [4]],
  ['constraints.gatekeeper.sh/v1beta1\nkind: K8sAllowedRepos', 'spec:\n  enforcementAction: dryrun', [4]],
  ['policy.sigstore.dev/v1beta1\nkind: ClusterImagePolicy', 'spec:\n  mode: warn', [4]],
  [webhook, 'plugins:\n- name: ImagePolicyWebhook\n  configuration: {imagePolicy: {defaultAllow: true}}', [5]],
])('%s with {%s} fails', (type, rest, lines) => {
  expect(failingLines(control, policy(type, rest))).toEqual(lines);
});

test.each([
  [kyverno, `spec:\n  validationFailureAction: enforce\n  ${verify}`],
  [kyverno, 'spec:\n  rules: [{verifyImages: [{failureAction: Enforce}]}]'],
  ['policies.kyverno.io/v1\nkind: ImageValidatingPolicy', 'spec: {}'],
  ['constraints.gatekeeper.sh/v1beta1\nkind: K8sAllowedRepos', 'spec: {}'],
  ['policy.sigstore.dev/v1beta1\nkind: ClusterImagePolicy', 'spec: {images: []}'],
  [webhook, 'plugins: [{name: ImagePolicyWebhook, configuration: {imagePolicy: {defaultAllow: false}}}]'],
])('%s with {%s} passes', (type, rest) => {
  expect(control.appliesTo?.(policy(type, rest))).toBe(true);
  expect(failingLines(control, policy(type, rest))).toEqual([]);
});

test.each([
  [kyverno, 'spec: {rules: [{validate: {pattern: {metadata: {labels: {team: "?*"}}}}}]}'],
  ['constraints.gatekeeper.sh/v1beta1\nkind: K8sRequiredLabels', 'spec: {enforcementAction: dryrun}'],
  [webhook, 'plugins: [{name: PodSecurity}]'],
])('%s with {%s} is not about images', (type, rest) => {
  expect(control.appliesTo?.(policy(type, rest))).toBe(false);
});
