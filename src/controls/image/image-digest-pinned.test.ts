import { expect, test } from 'vitest';
import { container, contextOf, image, judge, machine } from '../../../test/subjects.ts';
import { imageDigestPinned as control } from './image-digest-pinned.ts';

const digest = `sha256:${'0b'.repeat(32)}`;
const id = `sha256:${'0a'.repeat(32)}`;
const all = { repositories: ['*'] };
const used = (reference: string) => ({
  parameters: all,
  machine: machine({ containers: [container({ image: { reference, id } })] }),
});

test.each([
  [`registry.example/shop/web@${digest}`, 'pass'],
  [`registry.example/shop/web:1.4.2@${digest}`, 'pass'],
  [id, 'pass'],
  ['registry.example/shop/web:1.4.2', 'fail'],
  ['registry.example/shop/web', 'fail'],
])('%s: %s', (reference, status) => {
  expect(judge(control, image(), used(reference)).status).toBe(status);
});

test('a digest in the lock list may run under a tag', () => {
  expect(judge(control, image(), { parameters: { ...all, locked: [digest] } }).status).toBe('pass');
  expect(judge(control, image(), { parameters: all })).toMatchObject({ status: 'fail', field: 'digests' });
});

test('nothing is asked without a list, of another name, or without a digest', () => {
  expect(judge(control, image()).status).toBe('not-applicable');
  expect(judge(control, image(), { parameters: { repositories: ['other.example'] } }).status).toBe('not-applicable');
  expect(judge(control, image({ digests: [] }), { parameters: all }).status).toBe('not-applicable');
  const builtByPodman = image({ tags: ['localhost/web:1'], digests: [`localhost/web@${digest}`] });
  expect(judge(control, builtByPodman, used('localhost/web:1')).status).toBe('not-applicable');
  expect(control.appliesTo?.(image({ usedBy: [] }))).toBe(false);
  expect(control.remedy(image(), contextOf(control)).kind).toBe('manual');
});
