import { expect, test } from 'vitest';
import { contextOf, image, judge } from '../../../test/subjects.ts';
import { imageTrustedSource as control } from './image-trusted-source.ts';

const digest = `sha256:${'0b'.repeat(32)}`;
const from = (...names: string[]) => image({ digests: names.map((name) => `${name}@${digest}`) });
const listOf = (...registries: string[]) => ({ parameters: { registries } });

test('without a list nothing is asked', () => {
  expect(judge(control, from('evil.example/x')).status).toBe('not-applicable');
});

test.each([
  ['registry.example/shop/web', 'registry.example', 'pass'],
  ['registry.example/shop/web', 'registry.example/shop/', 'pass'],
  ['registry.example/shop/web', '*.example/shop', 'pass'],
  ['registry.example.evil.example/shop/web', 'registry.example', 'fail'],
  ['registry.example/shopping/web', 'registry.example/shop', 'fail'],
  ['evil.test/x.example/shop/web', '*.example/shop', 'fail'],
  ['evil.test/registry.example', 'registry.example', 'fail'],
  ['registry.example/shop/x/web', 'registry.example/*/web', 'pass'],
  ['registry.example:5000/web', '*', 'pass'],
  ['nginx', 'docker.io/library', 'pass'],
  ['somebody/nginx', 'docker.io/library', 'fail'],
])('%s by the list %s: %s', (name, entry, status) => {
  expect(judge(control, from(name), listOf(entry)).status).toBe(status);
});

test('every repository counts', () => {
  const subject = from('registry.example/a', 'evil.example/a');
  expect(judge(control, subject, listOf('registry.example'))).toMatchObject({ status: 'fail', field: 'digests' });
});

test('where the engine keeps a record of where it came from, a tag cannot hide it', () => {
  const origin = { built: false, repositories: ['docker.io/evil/web'], signed: false };
  const subject = { ...from('registry.example/a'), origin };
  expect(judge(control, subject, listOf('registry.example')).status).toBe('fail');
});

test('Podman gives what it builds a digest under localhost, and a registry on this machine has a port', () => {
  expect(judge(control, from('localhost/web'), listOf('registry.example')).status).toBe('not-applicable');
  expect(judge(control, from('localhost:5000/web'), listOf('registry.example')).status).toBe('fail');
});

test('what was built here comes from nowhere, and of what nobody runs nothing is asked', () => {
  expect(judge(control, image({ digests: [] }), listOf('registry.example')).status).toBe('not-applicable');
  expect(control.appliesTo?.(image({ usedBy: [] }))).toBe(false);
  expect(control.remedy(image(), contextOf(control)).kind).toBe('manual');
});
