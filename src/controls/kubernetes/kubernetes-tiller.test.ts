import { expect, test } from 'vitest';
import { kubernetesTiller as control } from './kubernetes-tiller.ts';
import { deployment, image, linesOf, written } from './written-set.fixture.ts';

const web = (reference: string, labels = 'app: web') =>
  deployment('web', labels, '', image.replace('registry.example/shop/web:1.4.2', reference));
const service = (name: string, selector: string) => written('v1', 'Service', name, `spec: {selector: {${selector}}}`);

test.each([
  [web('gcr.io/kubernetes-helm/tiller:v2.16.1'), [1]],
  [web('tiller'), [1]],
  [web('registry.example/helm:1', 'app: helm, name: tiller'), [1]],
  [web('gcr.io/kubernetes-helm/tiller:v2.16.1', 'name: tiller'), [1]],
  [web('registry.example/shop/distiller:1'), []],
  [web('registry.example/tiller/web:1'), []],
  [service('tiller-deploy', 'app: helm'), [1]],
  [service('helm', 'app: helm, name: tiller'), [1]],
  [service('distiller', 'name: web'), []],
  [written('v1', 'ConfigMap', 'tiller-deploy'), []],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});
