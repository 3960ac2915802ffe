import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssHostports as control } from './kubernetes-pss-hostports.ts';
import { always, inEachList, podOf, statusesOf } from './pod-security.fixture.ts';

test('each port fails at its own line, and loses it', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      ports:
        - containerPort: 8080
          hostPort: 80
        - containerPort: 8443
        - { containerPort: 9000, hostPort: 9000 }
`);
  const ports = ['spec', 'containers', 0, 'ports'];
  expect(failingLines(control, pod)).toEqual([8, 10]);
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [{ path: [...ports, 0, 'hostPort'] }, { path: [...ports, 2, 'hostPort'] }],
  });
});

test.each(inEachList('{name: a, ports: [{containerPort: 80, hostPort: 8080}]}'))(
  '%s fails in every version',
  (spec) => {
    expect(statusesOf(control, podOf(spec))).toEqual(always('fail'));
  },
);

test.each([
  '[{containerPort: 80, hostPort: 0}]',
  '[{containerPort: 80, hostPort: null}]',
  '[{containerPort: 80}]',
  '[]',
  'null',
])('ports %s are none of the node', (ports) => {
  expect(statusesOf(control, podOf(`{containers: [{name: a, ports: ${ports}}]}`))).toEqual(always('pass'));
});

test('the network of the node is another question', () => {
  expect(
    statusesOf(control, podOf('{hostNetwork: true, containers: [{name: a, ports: [{containerPort: 80}]}]}')),
  ).toEqual(always('pass'));
});
