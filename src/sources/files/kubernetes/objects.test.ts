import { expect, test } from 'vitest';
import { writtenFile } from '../written-file.ts';
import { isKustomization, readManifests } from './objects.ts';

function read(text: string, name = 'web.yaml') {
  const { set, problems } = readManifests([writtenFile(name, text)]);
  return { objects: set.objects, problems };
}

function places(text: string, name?: string) {
  return read(text, name).problems.map(({ kind, line, column }) => [kind, line, column]);
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n';

test('objects of several documents and of lists, each with its own place', () => {
  const { objects, problems } = read(`# first
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: List
    items:
      - apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
  - apiVersion: v1
    kind: ServiceAccount
    metadata: {name: web}
`);
  expect(problems).toEqual([]);
  expect(objects.map(({ kind, name, group, namespace }) => [kind, name, group, namespace])).toEqual([
    ['Namespace', 'shop', '', undefined],
    ['Deployment', 'web', 'apps', 'shop'],
    ['ServiceAccount', 'web', '', undefined],
  ]);
  expect(objects.map(({ origin }) => origin)).toEqual([
    { file: 'web.yaml', document: 0, path: [] },
    { file: 'web.yaml', document: 2, path: ['items', 0, 'items', 0] },
    { file: 'web.yaml', document: 2, path: ['items', 1] },
  ]);
  expect(objects.map(({ locate }) => locate(['metadata', 'name']).line)).toEqual([4, 15, 18]);
  expect(objects[1]?.locate(['spec', 'replicas'])).toMatchObject({ line: 13, path: 'spec.replicas' });
  expect(new Set(objects.map(({ set }) => set.objects)).size).toBe(1);
});

test('entries of a typed list take kind and version from it', () => {
  const { objects, problems } = read(
    '{"apiVersion":"apps/v1","kind":"DeploymentList","items":[{"metadata":{"name":"a"}}]}',
  );
  expect(problems).toEqual([]);
  expect(objects).toMatchObject([{ kind: 'Deployment', apiVersion: 'apps/v1', name: 'a' }]);
});

test('JSON may be a list of objects, and a Template of OpenShift holds them', () => {
  expect(read('[{"apiVersion":"v1","kind":"Secret"},{"apiVersion":"v1","kind":"Service"}]').objects).toHaveLength(2);
  const template = read(
    'apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n- {apiVersion: v1, kind: Pod}\n',
  );
  expect(template.objects).toMatchObject([{ kind: 'Pod' }]);
});

test.each([
  [''],
  ['---\n'],
  ['# nothing\n'],
  ['---\n# a\n---\n'],
  ['null\n'],
  ['apiVersion: v1\nkind: List\nitems: []\n'],
])('nothing to read is no problem: %j', (text) => {
  expect(read(text)).toEqual({ objects: [], problems: [] });
});

test.each([
  ['kind: Deployment\n', [['error', 1, 1]]],
  ['\napiVersion: v1\n', [['error', 2, 1]]],
  ['kind: 5\napiVersion: v1\n', [['error', 1, 1]]],
  ['replicas: 3\n', [['notice', 1, 1]]],
  ['a text', [['notice', 1, 1]]],
  [
    'apiVersion: v1\nkind: List\nitems:\n- {a: 1}\n- 5\n- null\n',
    [
      ['notice', 4, 3],
      ['notice', 5, 3],
    ],
  ],
  ['apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n', [['error', 4, 3]]],
])('what is no object is said: %j', (text, expected) => {
  expect(read(text).objects).toEqual([]);
  expect(places(text)).toEqual(expected);
});

test('the version that is missing is named where it is known', () => {
  expect(read('kind: Ingress\n').problems[0]?.need.en).toContain('networking.k8s.io/v1');
  expect(read('kind: Widget\n').problems[0]?.need.en).not.toContain('/v1');
});

test('a document that cannot be read costs no other', () => {
  const { objects } = read(`apiVersion: v1\nkind: Pod\n\tspec: {}\n---\n${pod}`);
  expect(objects).toMatchObject([{ name: 'a' }]);
  expect(places(`apiVersion: v1\nkind: Pod\n\tspec: {}\n---\n${pod}`)).toEqual([['error', 3, 1]]);
});

test('a kustomization is marked, and may do without kind and version', () => {
  const { objects } = read('apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n');
  expect(objects.map(isKustomization)).toEqual([true]);
  expect(read(pod).objects.map(isKustomization)).toEqual([false]);
  expect(
    read('apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n').objects.map(isKustomization),
  ).toEqual([false]);
  expect(places('resources: [web.yaml]\n', 'overlays/kustomization.yaml')).toEqual([]);
  expect(places('resources: [web.yaml]\n', 'my-kustomization.yaml')).toEqual([['notice', 1, 1]]);
});

test.each([
  ['a name that is filled in', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n', 4, 9],
  ['a name that another template makes', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ include "web" . }}\n', 4, 9],
  ['a condition around it', '{{- if .Values.web }}\napiVersion: v1\nkind: Pod\n{{- end }}\n', 1, 1],
  ['a block of fields', 'apiVersion: v1\nkind: Pod\nspec:\n  {{- toYaml .Values.spec | nindent 2 }}\n', 4, 3],
  ['an entry of a list', 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {{ .Values.main }}\n', 5, 5],
  ['another language', '{% if web %}\napiVersion: v1\nkind: Pod\n{% endif %}\n', 1, 1],
])('a template is not read, and said once: %s', (_, text, line, column) => {
  const { objects, problems } = read(`${text}---\n${pod}---\n${text}`);
  expect(objects).toMatchObject([{ name: 'a' }]);
  expect(problems).toMatchObject([{ kind: 'notice', line, column }]);
  expect(problems[0]?.need.en).toContain('helm template … | plimsoll check -');
});

test('placeholders in quotes are said, and the object is read', () => {
  const { objects, problems } = read(
    `${pod}spec:\n  nodeName: "{{ .Values.node }}"\n  hostNetwork: "{{ .Values.host }}"\n`,
  );
  expect(objects).toHaveLength(1);
  expect(problems).toMatchObject([{ kind: 'notice', line: 5, column: 13 }]);
});

test.each([
  ['rules of Prometheus', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: "{{ $labels.pod }} is down"\n'],
  ['a template as data', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    {{ include "x" . }} {{ .Values.y }}\n'],
  [
    'parameters of a workflow',
    'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {a: "{{inputs.parameters.x}}"}\n',
  ],
  ['a comment', 'apiVersion: v1\nkind: Pod # {{ .Values.x }}\n'],
])('braces that are meant to stay are no template: %s', (_, text) => {
  const { objects, problems } = read(text);
  expect(objects).toHaveLength(1);
  expect(problems).toEqual([]);
});

test('a fault beside braces that are data is still a fault', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\ndata:\n  a: "{{ $labels.pod }}"\n';
  expect(places(text)).toEqual([['error', 3, 1]]);
});

test('places are found in any order, in however many files', () => {
  const files = Array.from({ length: 30 }, (_, index) =>
    writtenFile(`${index}.yaml`, `${'\n'.repeat(index)}apiVersion: v1\nkind: Pod\nmetadata: {name: a${index}}\n`),
  );
  const { objects } = readManifests(files).set;
  const found = objects
    .toReversed()
    .map((object) => [object.name, object.locate(['metadata']).line, object.locate([]).line]);
  expect(found).toEqual(files.map((_, index) => [`a${index}`, index + 3, index + 1]).toReversed());
});
