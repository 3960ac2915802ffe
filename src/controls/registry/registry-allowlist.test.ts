import { expect, test } from 'vitest';
import { contextOf, hidden } from '../../../test/subjects.ts';
import { answered } from '../answered.fixture.ts';
import { judgePulling, pulling } from './registry.fixture.ts';
import { registryAllowlist as control } from './registry-allowlist.ts';

test.each([
  [true, 'pass'],
  [false, 'fail'],
])('a person answers %s', (holds, status) => {
  expect(judgePulling(control, ['nginx'], answered(holds)).status).toBe(status);
});

test('nobody answered', () => {
  expect(judgePulling(control, []).status).toBe('unknown');
});

test('an image from elsewhere outranks what a person says', () => {
  const registries = ['registry.example', 'docker.io/library'];
  const listed = (repositories: string[], facts = {}) => {
    const there = pulling(repositories, facts);
    const context = contextOf(control, { machine: there, parameters: { registries } });
    return control.judge(there.engine, { ...context, answer: answered(true) });
  };
  expect(listed(['registry.example/shop/web', 'nginx', '']).status).toBe('pass');
  expect(listed(['nginx', 'docker.io/somebody/web'])).toMatchObject({
    status: 'fail',
    evidence: [{ value: ['docker.io'] }],
  });
  expect(listed(['registry.example.com/web']).status).toBe('fail');
  expect(listed([], { images: hidden }).status).toBe('unknown');
});
