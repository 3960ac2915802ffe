import { expect, test } from 'vitest';
import { engine, hidden, image, info, judge } from '../../../test/subjects.ts';
import { pulling } from './registry.fixture.ts';
import { registryPrivate as control } from './registry-private.ts';

function verdict(repositories: string[], facts = {}, parameters = {}) {
  const machine = pulling(repositories, facts);
  return judge(control, machine.engine, { machine, parameters });
}

test('images of a private registry pass, built ones do not count', () => {
  expect(verdict(['registry.example/shop/web', ''])).toMatchObject({
    status: 'pass',
    evidence: [{ value: ['registry.example'] }],
  });
});

test.each(['nginx', 'docker.io/library/nginx', 'ghcr.io/somebody/tool', 'quay.io/team/tool'])('%s fails', (name) => {
  const { status, message } = verdict(['registry.example/shop/web', name]);
  expect(status).toBe('fail');
  expect(message.en).not.toContain('registry.example');
});

test('containerd gives what was built here a digest too: how it came decides', () => {
  const there = pulling(['shop/web', 'nginx']);
  const listed = there.engine.images.known ? there.engine.images.value : [];
  const repositories = [[], ['registry.example/cache/nginx']];
  const images = listed.map((each, index) => {
    const origin = { built: index === 0, repositories: repositories[index] ?? [], signed: false };
    return image({ ...each, created: null, origin });
  });
  expect(judge(control, there.engine, { machine: there }).status).toBe('fail');
  expect(judge(control, there.engine, { machine: { ...there, images } })).toMatchObject({
    status: 'pass',
    evidence: [{ value: ['registry.example'] }],
  });
});

test('repositories of your own in a public registry pass, and no name that only begins so', () => {
  expect(verdict(['ghcr.io/shop/web'], {}, { own: ['ghcr.io/shop'] }).status).toBe('pass');
  expect(verdict(['ghcr.io/shopping/web'], {}, { own: ['ghcr.io/shop'] }).status).toBe('fail');
});

test('Docker Hub through a mirror passes, another registry does not go through it', () => {
  const facts = { info: info({ mirrors: ['https://mirror.example/'] }) };
  expect(verdict(['nginx'], facts).status).toBe('pass');
  expect(verdict(['quay.io/team/tool'], facts).status).toBe('fail');
});

test('nothing pulled, nothing to ask', () => {
  expect(verdict(['', 'localhost:5000/web']).status).toBe('not-applicable');
  expect(judge(control, engine(), { machine: undefined }).status).toBe('not-applicable');
});

test('images that cannot be listed are unknown', () => {
  expect(verdict([], { images: hidden }).status).toBe('unknown');
  expect(verdict([], { info: info({ containers: 3 }) }).status).toBe('unknown');
});
