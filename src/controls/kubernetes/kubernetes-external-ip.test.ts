import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesExternalIp as control } from './kubernetes-external-ip.ts';

test.each([
  ['externalIPs:\n    - 203.0.113.7\n    - 203.0.113.8', [5, 6]],
  ['externalIPs: []', []],
  ['type: ClusterIP', []],
])('{%s}', (spec, lines) => {
  expect(failingLines(control, object(`apiVersion: v1\nkind: Service\nspec:\n  ${spec}`))).toEqual(lines);
});
