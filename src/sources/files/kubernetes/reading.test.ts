import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writtenFile } from '../written-file.ts';
import { kubernetesReading } from './reading.ts';

function read(...texts: string[]) {
  return kubernetesReading(texts.map((text, index) => writtenFile(`${index}.yaml`, text)));
}

function idsIn(...texts: string[]): string[] {
  return read(...texts).subjects.map(({ id }) => id);
}

test('every object and every container is a subject, under its file and name', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      initContainers: [{name: first, image: a}]
      containers: [{name: web, image: b}, {name: web, image: c}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
`;
  expect(idsIn(text, text.slice(text.indexOf('---')))).toEqual([
    'kubernetes-object/0.yaml:Deployment/shop/web',
    'container/0.yaml:Deployment/web/first',
    'container/0.yaml:Deployment/web/web',
    'container/0.yaml:Deployment/web/web#2',
    'kubernetes-object/0.yaml:Service/web',
    'kubernetes-object/1.yaml:Service/web',
  ]);
  expect(read(text).subjects.map(({ file }) => file)).toEqual(Array.from({ length: 5 }, () => '0.yaml'));
});

test('ids do not repeat', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: web-}\nspec: {containers: [{image: a}]}\n';
  expect(idsIn(`${pod}---\n${pod}---\nkind: Pod\napiVersion: v1\n`)).toEqual([
    'kubernetes-object/0.yaml:Pod/web-',
    'container/0.yaml:Pod/web-/unnamed',
    'kubernetes-object/0.yaml:Pod/web-#2',
    'container/0.yaml:Pod/web-/unnamed#2',
    'kubernetes-object/0.yaml:Pod/unnamed',
  ]);
});

test('a kustomization is nothing to judge', () => {
  expect(read('apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n')).toEqual({
    subjects: [],
    problems: [],
  });
});

test.each([['os: {name: windows}'], ['nodeSelector: {kubernetes.io/os: windows}']])(
  'containers of Windows are left out, with a notice: %s',
  (spec) => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {${spec}, containers: [{name: a, image: b}]}\n`;
    expect(idsIn(text)).toEqual(['kubernetes-object/0.yaml:Pod/a']);
    expect(read(text).problems).toMatchObject([{ kind: 'notice', file: '0.yaml', line: 1 }]);
    expect(idsIn(text.replace('windows', 'linux'))).toHaveLength(2);
  },
);

test('containers of a patch are left out, with one notice', () => {
  const text = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: a}, {name: b}, {name: c, image: d}]}}}
`;
  expect(idsIn(text)).toEqual(['kubernetes-object/0.yaml:Deployment/web', 'container/0.yaml:Deployment/web/c']);
  expect(read(text).problems).toMatchObject([{ kind: 'notice', line: 2 }]);
});

/** Fields that controls and readers look for, so that odd values come where they hurt. */
const words = [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'template',
  'items',
  'containers',
  'securityContext',
  'volumes',
  'volumeMounts',
  'resources',
  'limits',
  'env',
  'ports',
  'livenessProbe',
  'httpGet',
  'constructor',
  '__proto__',
  'name',
];

const { value: oddValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      'Pod',
      'v1',
      'List',
      'constructor',
      'toString',
      'hasOwnProperty',
      '{{ x }}',
      '',
      null,
      true,
      5,
      1e99,
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...words), tie('value'), { maxKeys: 6 }),
  ),
}));

const oddPod = fc.record({
  apiVersion: fc.constantFrom('v1', 'apps/v1', 'constructor'),
  kind: fc.constantFrom('Pod', 'Deployment', 'List', 'Template', 'constructor', '__proto__'),
  metadata: oddValue,
  spec: fc.oneof(
    oddValue,
    fc.record({
      containers: fc.array(fc.dictionary(fc.constantFrom(...words, 'image'), oddValue), { maxLength: 3 }),
      volumes: fc.oneof(oddValue, fc.array(fc.dictionary(fc.constantFrom('name', 'hostPath', 'emptyDir'), oddValue))),
      securityContext: oddValue,
    }),
  ),
});

const fields = ['user', 'mounts[0]', 'security.selinux[0]', 'labels["a"]', 'healthCheck.test[1]', 'deviceRequests[0]'];

test('any JSON is read, or is a problem with a place', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), oddValue, oddPod), (value) => {
      const { subjects, problems } = read(JSON.stringify(value));
      const containers = subjects.flatMap((subject) => (subject.kind === 'container' ? [subject.value] : []));
      const lines = containers.flatMap((each) => fields.map((field) => each.locate(field).line));
      expect(lines.filter((line) => line !== 1)).toEqual([]);
      expect(problems.filter(({ line = 0 }) => line < 1)).toEqual([]);
      expect(new Set(subjects.map(({ id }) => id)).size).toBe(subjects.length);
    }),
    { numRuns: 300 },
  );
});

const oddCharacters = Array.from('{}[]:-&*#|> \n\t"\'%!,ab1');

test('any text is read, or is a problem', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...oddCharacters) }), (text) => {
      expect(Array.isArray(read(`apiVersion: v1\nkind: Pod\n${text}`).subjects)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
