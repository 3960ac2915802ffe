import { expect, test } from 'vitest';
import { kubernetesTargetPort as control } from './kubernetes-target-port.ts';
import { deployment, linesOf, remediesFor, written } from './written-set.fixture.ts';

const service = (ports: string, spec = '') =>
  written('v1', 'Service', 'web', `spec: {${spec}selector: {app: web}, ports: [${ports}]}`);
const web = (ports: string, name = 'web') =>
  deployment(
    name,
    'app: web',
    '',
    `containers: [{name: web, image: "registry.example/shop/web:1", ports: [${ports}]}]`,
  );
const http = web('{name: http, containerPort: 8080}');

test.each([
  ['a number that is declared', [service('{port: 80, targetPort: 8080}'), http], []],
  ['a name that is declared', [service('{port: 80, targetPort: http}'), http], []],
  ['the same port on both sides', [service('{port: 8080}'), http], []],
  ['a number that is not declared', [service('{port: 80, targetPort: 80}'), http], [1]],
  ['no target, and another port', [service('{port: 80}'), http], [1]],
  ['a name that is not declared', [service('{port: 80, targetPort: web}'), http], [1]],
  ['a second number that is not declared', [service('{port: 8080}, {port: 9090}'), http], []],
  ['a second name that is not declared', [service('{port: 8080}, {port: 9090, targetPort: metrics}'), http], [1]],
  ['declared by one of two', [service('{port: 8080}'), http, web('{containerPort: 80}', 'b')], []],
  ['one of two declares nothing', [service('{port: 80}'), http, web('', 'b')], []],
  ['nothing declared', [service('{port: 80}'), web('')], []],
  ['no pod read', [service('{port: 80, targetPort: http}')], []],
  ['a headless Service', [service('{port: 80}', 'clusterIP: None, '), http], []],
  ['a quoted number', [service('{port: 80, targetPort: "8080"}')], [1]],
  ['a quoted template', [service('{port: 80, targetPort: "http_port"}')], [1]],
  ['a name of sixteen letters', [service('{port: 80, targetPort: abcdefghijklmnop}')], [1]],
  ['a name of fifteen letters', [service('{port: 80, targetPort: abcdefghijklmno}')], []],
  ['a number too large', [service('{port: 80, targetPort: 70000}')], [1]],
  ['an empty name', [service('{port: 8080, targetPort: ""}'), http], []],
  ['a name of the outside', [service('{port: 80, targetPort: "8080"}', 'type: ExternalName, ')], []],
])('%s', (_words, documents, expected) => {
  expect(linesOf(control, documents)).toEqual(expected);
});

test('a number loses its quotes; which port is meant is for a person to say', () => {
  expect(remediesFor(control, [service('{port: 80, targetPort: "8080"}')])).toMatchObject([
    { fields: [{ path: ['spec', 'ports', 0, 'targetPort'], value: 8080 }] },
  ]);
  expect(remediesFor(control, [service('{port: 80}'), http])).toMatchObject([{ kind: 'manual' }]);
});
