import { expect, test } from 'vitest';
import { configured } from '../../../model/container-spec.ts';
import { podContainers } from '../../../model/kubernetes.ts';
import { writtenFile } from '../written-file.ts';
import { containerFromPod } from './container.ts';
import { readManifests } from './objects.ts';

const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata:
      labels:
        owner: shop
      annotations:
        container.apparmor.security.beta.kubernetes.io/web: unconfined
    spec:
      hostPID: true
      hostUsers: true
      shareProcessNamespace: false
      runtimeClassName: gvisor
      restartPolicy: Always
      securityContext:
        runAsUser: 0
        runAsNonRoot: false
        supplementalGroups: [1, 2]
        seccompProfile:
          type: Unconfined
        sysctls:
          - name: a.b
            value: "1"
          - name: kernel.msgmax
            value: "1"
        seLinuxOptions:
          role: r
          type: web_t
      resources:
        requests:
          cpu: 1
      volumes:
        - name: etc
          hostPath: {path: /etc}
      containers:
        - name: bare
          image: bare:1
        - name: web
          image: web:1
          command: [sh, -c]
          args:
            - exec web
          ports:
            - containerPort: 80
            - containerPort: 53
              hostPort: 53
          env:
            - nonsense
            - name: A
              value: a
          resources:
            limits:
              memory: 1Gi
              vendor.example/card: 1
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            - name: etc
              mountPath: /host
          volumeDevices:
            - name: disk
              devicePath: /dev/a
          securityContext:
            runAsUser: 5
            privileged: true
            procMount: Unmasked
            readOnlyRootFilesystem: false
            allowPrivilegeEscalation: true
            capabilities:
              add:
                - NET_ADMIN
                - SYS_ADMIN
              drop: [ALL]
          livenessProbe:
            exec:
              command:
                - check
                - --token=x
`;

const { set } = readManifests([writtenFile('web.yaml', text)]);
const [object] = set.objects;
const [bare, web] = object?.pod ? podContainers(object.pod).map((entry) => containerFromPod(object, entry)) : [];

/** The line that contains this, counted from 1. */
function lineOf(part: string): number {
  return text.split('\n').findIndex((line) => line.includes(part)) + 1;
}

test.each([
  ['image.reference', 'image: web:1'],
  ['name', '- name: web'],
  ['user', 'runAsUser: 5'],
  ['nonRootDemanded', 'runAsNonRoot: false'],
  ['groups', 'supplementalGroups'],
  ['groups[1]', 'supplementalGroups'],
  ['privileged', 'privileged: true'],
  ['capabilities', 'capabilities:'],
  ['capabilities.add', 'add:'],
  ['capabilities.add[1]', '- SYS_ADMIN'],
  ['capabilities.drop', 'drop: [ALL]'],
  ['security.noNewPrivileges', 'allowPrivilegeEscalation'],
  ['security.seccomp', 'seccompProfile:'],
  ['security.appArmor', 'container.apparmor'],
  ['security.selinux', 'seLinuxOptions:'],
  ['security.selinux[1]', 'type: web_t'],
  ['readOnlyRoot', 'readOnlyRootFilesystem'],
  ['maskedPaths', 'procMount'],
  ['readOnlyPaths', 'procMount'],
  ['mounts', 'volumeMounts:'],
  ['mounts[0]', '- name: tmp'],
  ['mounts[1]', '- name: etc\n              mountPath'],
  ['devices[0]', '- name: disk'],
  ['deviceRequests[0]', 'vendor.example/card'],
  ['namespaces.pid', 'hostPID'],
  ['namespaces.user', 'hostUsers'],
  ['sysctls', 'sysctls:'],
  ['sysctls["kernel.msgmax"]', '- name: kernel.msgmax'],
  ['resources.memory', 'memory: 1Gi'],
  ['resources.cpuShares', 'cpu: 1'],
  ['ports', 'ports:'],
  ['ports[0]', '- containerPort: 53'],
  ['exposedPorts[0]', '- containerPort: 80'],
  ['environment', 'env:'],
  ['environment[0]', '- name: A'],
  ['labels', 'labels:'],
  ['labels["owner"]', 'owner: shop'],
  ['entrypoint', 'command: [sh, -c]'],
  ['entrypoint[1]', 'command: [sh, -c]'],
  ['command', 'args:'],
  ['command[0]', '- exec web'],
  ['restart.name', 'restartPolicy'],
  ['runtime', 'runtimeClassName'],
  ['healthCheck', 'livenessProbe'],
  ['healthCheck.test', 'livenessProbe'],
  ['healthCheck.test[2]', '--token=x'],
])('%s is at "%s"', (field, part) => {
  const [line = '', next] = part.split('\n');
  const lines = text.split('\n');
  const expected = next
    ? lines.findIndex((each, index) => each.includes(line) && lines[index + 1]?.startsWith(next)) + 1
    : lineOf(part);
  expect(expected).toBeGreaterThan(0);
  expect(web?.locate(field)).toMatchObject({ source: 'file', file: 'web.yaml', line: expected });
});

test.each([
  ['user', 'runAsUser: 0', 'spec.template.spec.securityContext.runAsUser'],
  ['privileged', '- name: bare', 'spec.template.spec.containers[0].securityContext.privileged'],
  ['capabilities.drop', '- name: bare', 'spec.template.spec.containers[0].securityContext.capabilities.drop'],
  ['namespaces.network', '- name: bare', 'spec.template.spec.hostNetwork'],
  ['mounts', '- name: bare', 'spec.template.spec.containers[0].volumeMounts'],
  ['resources.memory', '- name: bare', 'spec.template.spec.containers[0].resources.limits.memory'],
  ['resources.pids', '- name: bare', 'spec.template.spec.containers[0].resources'],
  ['healthCheck', '- name: bare', 'spec.template.spec.containers[0].livenessProbe'],
  ['ulimits', '- name: bare', 'spec.template.spec.containers[0]'],
  ['security.processLabel', '- name: bare', 'spec.template.spec.containers[0].securityContext'],
])('what a container does not say itself: %s', (field, part, path) => {
  expect(bare?.locate(field)).toMatchObject({ line: lineOf(part), path });
  expect(bare?.locate(field)).toEqual(bare?.locate(field));
});

test('the path is evidence in the words of the manifest', () => {
  expect(web && configured(web, 'capabilities.add[1]', 'SYS_ADMIN')).toEqual({
    source: 'file',
    path: 'spec.template.spec.containers[1].securityContext.capabilities.add[1]',
    value: 'SYS_ADMIN',
  });
});
