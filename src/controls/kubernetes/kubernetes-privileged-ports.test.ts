import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesPrivilegedPorts as control } from './kubernetes-privileged-ports.ts';

test('each port below 1024 fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      image: web
      ports:
        - containerPort: 80
        - containerPort: 1023
          protocol: UDP
        - containerPort: 1024
        - { name: none, containerPort: 0 }
        - { containerPort: 8080, hostPort: 80 }
    - { name: log, image: log, ports: null }
`);
  expect(failingLines(control, pod)).toEqual([8, 9]);
});
