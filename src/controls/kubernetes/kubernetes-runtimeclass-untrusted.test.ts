import { expect, test } from 'vitest';
import { kubernetesRuntimeclassUntrusted as control } from './kubernetes-runtimeclass-untrusted.ts';
import { deployment, image, linesOf, written } from './written-set.fixture.ts';

const web = (labels: string, spec = '') => deployment('web', labels, '', `${spec}${image}`);
const sandbox = (spec: string, kind = 'Sandbox', group = 'agents.x-k8s.io') =>
  written(`${group}/v1alpha1`, kind, 'agent', `spec: {podTemplate: {spec: {${spec}${image}}}}`);
const gvisor = 'runtimeClassName: gvisor, ';

test.each([
  [web('app: web'), []],
  [web('untrusted: "true"'), [1]],
  [web('shop.example/trust: untrusted'), [1]],
  [web('untrusted: "false"'), []],
  [web('untrusted: "true"', gvisor), []],
  [web('untrusted: "true"', 'runtimeClassName: "", '), [1]],
  [sandbox(''), [1]],
  [sandbox(gvisor), []],
  [sandbox('', 'SandboxTemplate', 'extensions.agents.x-k8s.io'), [1]],
  [sandbox('', 'Sandbox', 'sandboxes.example'), []],
  [sandbox('', 'SandboxClaim'), []],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('a site names its own labels', () => {
  expect(linesOf(control, [web('tenant: guest')], { parameters: { labels: ['tenant=guest'] } })).toEqual([1]);
});
