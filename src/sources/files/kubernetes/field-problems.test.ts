import { expect, test } from 'vitest';
import { writtenFile } from '../written-file.ts';
import { fieldsOf } from './fields.ts';
import { readManifests } from './objects.ts';

function problemsIn(text: string) {
  return readManifests([writtenFile('web.yaml', text)]).problems;
}

/** A Deployment whose only container has these lines besides its name and image. */
function withContainer(lines: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: web:1
${lines.replaceAll(/^/gm, '          ')}
`;
}

/** A Pod with these lines in its spec. */
function withPod(lines: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n${lines.replaceAll(/^/gm, '  ')}\n`;
}

test.each([
  ['securitycontext: {}', 'write "securityContext"'],
  ['securityContext: {capabilites: {drop: [ALL]}}', 'write "capabilities"'],
  ['securityContext: {runAsNonroot: true}', 'write "runAsNonRoot"'],
  ['securityContext: {readOnlyRootFileSystem: true}', 'write "readOnlyRootFilesystem"'],
  ['volumeMount: []', 'write "volumeMounts"'],
  ['resources: {limit: {memory: 1Gi}}', 'write "limits"'],
  ['runAsNonRoot: true', 'move it to securityContext of a container'],
  ['hostNetwork: true', 'move it to spec of the pod'],
  ['drop: [ALL]', 'move it to securityContext.capabilities of a container'],
  ['limits: {memory: 1Gi}', 'move it to resources of the container'],
  ['securityContext: {fsGroup: 5}', 'move it to securityContext of the pod'],
  ['whatever: 1', 'check how it is spelt'],
])('a field that a container does not have is noticed: %s', (lines, need) => {
  const [problem, ...others] = problemsIn(withContainer(lines));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ kind: 'notice', file: 'web.yaml', line: 10 });
  expect(problem?.need.en).toContain(need);
});

test.each([
  ['securityContext: {privileged: true}', 'move it to securityContext of a container'],
  ['securityContext: {readOnlyRootFilesystem: true}', 'move it to securityContext of a container'],
  ['runAsUser: 5', 'move it to securityContext of the pod'],
  ['livenessProbe: {}', 'move it to the container'],
  ['hostNetWork: true', 'write "hostNetwork"'],
])('a field that a pod does not have is noticed: %s', (lines, need) => {
  const problems = problemsIn(withPod(lines));
  expect(problems).toMatchObject([{ kind: 'notice', line: 5 }]);
  expect(problems[0]?.need.en).toContain(need);
});

test.each([
  ['securityContext: {privileged: "true"}', 'true or false'],
  ['securityContext: {runAsUser: "1000"}', 'a whole number'],
  ['securityContext: {runAsUser: 1.5}', 'a whole number'],
  ['securityContext: {capabilities: {drop: ALL}}', 'a list'],
  ['securityContext: true', 'an object'],
  ['resources: {limits: {memory: 512MB}}', 'an amount'],
  ['env: [{name: PORT, value: 8080}]', 'a text'],
  ['env: [{name: DEBUG, value: on}]', 'a text'],
  ['env: {PORT: "8080"}', 'a list'],
  ['ports: [{containerPort: "80"}]', 'a whole number'],
  ['livenessProbe: {httpGet: {port: [80]}}', 'a whole number or a text'],
])('a value of another type is an error: %s', (lines, expected) => {
  const [problem, ...others] = problemsIn(withContainer(lines));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ kind: 'error', line: 10 });
  expect(problem?.reason.en).toContain(`must be ${expected}`);
});

test('the place is that of the field, whose value is never shown', () => {
  const problems = problemsIn(withContainer('env:\n  - name: PASSWORD\n    value: 12345678'));
  expect(problems).toMatchObject([{ line: 12, column: 15 }]);
  expect(JSON.stringify(problems)).not.toContain('12345678');
});

test.each([
  ['a patch', '$patch: delete'],
  ['nothing', 'securityContext:'],
  ['a variable', 'securityContext: {privileged: "${PRIVILEGED}"}'],
  ['numbers where amounts are', 'resources: {limits: {cpu: 1, memory: 1e9, nvidia.com/gpu: 1}}'],
  ['a port by name and by number', 'livenessProbe: {httpGet: {port: http}}\nreadinessProbe: {tcpSocket: {port: 80}}'],
  ['a sidecar with rules', 'restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]'],
  [
    'what came after 1.30',
    'lifecycle: {stopSignal: SIGUSR1}\nenv: [{name: A, valueFrom: {fileKeyRef: {key: a, path: b, volumeName: c}}}]',
  ],
])('%s is no problem', (_, lines) => {
  expect(problemsIn(withContainer(lines))).toEqual([]);
});

test('newer fields of pods are known', () => {
  const lines = [
    'hostnameOverride: web',
    'resources: {limits: {memory: 1Gi}}',
    'securityContext: {supplementalGroupsPolicy: Strict, seLinuxChangePolicy: Recursive}',
    'resourceClaims: [{name: gpu, resourceClaimTemplateName: gpu}]',
    'schedulingGroup: {podGroupName: a}',
    'volumes: [{name: tools, image: {reference: "tools:1", pullPolicy: Always}}]',
  ];
  expect(problemsIn(withPod(lines.join('\n')))).toEqual([]);
});

test('what a cluster adds to an object is no problem', () => {
  const text = `apiVersion: v1
kind: Pod
metadata:
  name: web
  creationTimestamp: null
  generation: 2
  managedFields: [{manager: kubectl, fieldsV1: {"f:spec": {}}}]
spec: {containers: [{name: web, image: "web:1"}]}
status: {phase: Running, containerStatuses: [{any: thing}]}
`;
  expect(problemsIn(text)).toEqual([]);
});

test.each([
  ['NetworkPolicy', 'networking.k8s.io/v1', 'podselector', 'podSelector'],
  ['Role', 'rbac.authorization.k8s.io/v1', 'rule', 'rules'],
  ['ServiceAccount', 'v1', 'automountServiceAccountTokens', 'automountServiceAccountToken'],
])('other kinds have known fields too: %s', (kind, apiVersion, field, meant) => {
  const inner = kind === 'NetworkPolicy' ? `spec: {${field}: {}}` : `${field}: []`;
  const [problem] = problemsIn(`apiVersion: ${apiVersion}\nkind: ${kind}\n${inner}\n`);
  expect(problem).toMatchObject({ kind: 'notice', line: 3, need: { en: `write "${meant}"` } });
});

test('of an older version only the pod is looked at', () => {
  const text = `apiVersion: extensions/v1beta1
kind: Deployment
spec:
  rollbackTo: {}
  template: {spec: {hostnetwork: true, unheardof: 1}}
`;
  expect(problemsIn(text).map(({ line }) => line)).toEqual([5, 5]);
  expect(problemsIn(text.replace('extensions/v1beta1', 'apps/v1')).map(({ line }) => line)).toEqual([4, 5, 5]);
});

test('of kinds that others define only what is nearly known is noticed', () => {
  const problems = problemsIn(`apiVersion: serving.knative.dev/v1
kind: Service
spec:
  template:
    spec:
      containerConcurrency: 5
      timeoutSeconds: 10
      containers:
        - image: web:1
          securitycontext: {}
`);
  expect(problems).toMatchObject([{ kind: 'notice', line: 10 }]);
  expect(problemsIn('apiVersion: shop.example/v1\nkind: Widget\nspec: {securitycontext: {}}\n')).toEqual([]);
});

test('every type that the table names is in it', () => {
  const seen = new Set<string>();
  const visit = (type: string) => {
    const plain = type.replaceAll(/^(?:\[\]|\{\})+/g, '');
    if (seen.has(plain) || /^(?:=.*|any|string|integer|boolean|quantity|integer-or-string)$/.test(plain)) return;
    seen.add(plain);
    const fields = fieldsOf(plain);
    if (!fields) throw new Error(`no type ${plain}`);
    for (const inner of fields.values()) visit(inner);
  };
  for (const kind of ['Pod', 'Deployment', 'CronJob', 'NetworkPolicy', 'ClusterRole', 'Service']) visit(kind);
  expect(seen.size).toBeGreaterThan(100);
});
