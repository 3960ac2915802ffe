import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { containerEnvLabelled as control } from './container-env-labelled.ts';

function labelled(labels: Record<string, string>) {
  return { ...container(), labels };
}

test.each<Record<string, string>>([
  { environment: 'production', owner: 'shop-team' },
  { 'com.example.env': 'test', 'example.com/team': 'shop' },
  { Environment: 'production', OWNER: 'shop' },
])('%j names environment and owner', (labels) => {
  expect(judge(control, labelled(labels)).status).toBe('pass');
});

test.each<[Record<string, string>, string]>([
  [{}, 'environment or its owner'],
  [{ owner: 'shop' }, 'names its environment.'],
  [{ env: 'test' }, 'names its owner.'],
  [{ env: 'test', owner: '  ' }, 'names its owner.'],
  [{ env: '', owner: 'shop' }, 'names its environment.'],
])('%j fails, and the message says what is missing', (labels, missing) => {
  const verdict = judge(control, labelled(labels));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('labels');
  expect(verdict.message.en).toContain(missing);
});

test("a label that only contains the word, and the image's maintainer, name nothing", () => {
  const labels = { 'com.docker.compose.project.environment_file': '/srv/.env', maintainer: 'somebody upstream' };
  expect(judge(control, labelled(labels)).status).toBe('fail');
});

test('a site may name its own labels', () => {
  const parameters = { environmentLabels: ['tier'], ownerLabels: ['maintainer'] };
  expect(judge(control, labelled({ tier: 'gold', maintainer: 'shop' }), { parameters }).status).toBe('pass');
  expect(judge(control, container(), { parameters }).status).toBe('fail');
  expect(control.remedy(container(), contextOf(control, { parameters })).summary.en).toContain('tier and maintainer');
});

test('values of other labels stay out of the evidence', () => {
  const verdict = judge(control, labelled({ 'database.url': 'postgres://shop:s3cret@db' }));
  expect(JSON.stringify(verdict.evidence)).not.toContain('s3cret');
});

test.each<[Record<string, string>, string]>([
  [{ app: 'shop' }, 'pass'],
  [{ 'k8s-app': 'dns' }, 'pass'],
  [{ 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop' }, 'pass'],
  [{ 'com.example/team': 'shop' }, 'pass'],
  [{ 'app.kubernetes.io/version': '1' }, 'fail'],
  [{ 'shop.example/name': 'web' }, 'fail'],
  [{ app: '' }, 'fail'],
])('a pod with %j: %s', (labels, status) => {
  expect(judge(control, { ...labelled(labels), owner: { kind: 'kubernetes' }, dialect: 'pod' }).status).toBe(status);
});

test('the containers of a pod are judged by their pod', () => {
  const bare = labelled({});
  expect(judge(control, { ...bare, owner: { kind: 'kubernetes' } }).status).toBe('not-applicable');
  expect(judge(control, { ...bare, owner: { kind: 'kubernetes' }, dialect: 'pod' }).status).toBe('fail');
});
