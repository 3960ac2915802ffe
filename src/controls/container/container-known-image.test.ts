import { expect, test } from 'vitest';
import { container, engine, hidden, judge, machine } from '../../../test/subjects.ts';
import type { ImageSummary } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { containerKnownImage as control } from './container-known-image.ts';

const mine = `sha256:${'0a'.repeat(32)}`;
const newer = `sha256:${'0c'.repeat(32)}`;
const digest = `sha256:${'0b'.repeat(32)}`;

function image(id: string, tags: string[], digests: string[] = []): ImageSummary {
  return { id, tags, digests, created: 1_780_000_000 };
}

function withImages(...images: ImageSummary[]) {
  return { machine: machine({ engine: engine({}, { images: known(images, 'engine-api', 'GET /images/json') }) }) };
}

function named(reference: string) {
  return container({ image: { reference, id: mine } });
}

test('an image that still has its tag passes', () => {
  expect(judge(control, named('nginx:1.27'), withImages(image(mine, ['nginx:1.27']))).status).toBe('pass');
});

test('an image that is gone fails', () => {
  const verdict = judge(control, named('nginx:1.27'), withImages(image(newer, ['nginx:1.27'])));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('image.id');
  expect(verdict.message.en).toContain('0a0a0a0a0a0a');
});

test.each([
  ['nginx:1.27', 'nginx:1.27'],
  ['nginx', 'nginx:latest'],
  ['docker.io/library/nginx', 'nginx:latest'],
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
])('a container made from %s is outdated when %s belongs to another image', (reference, tag) => {
  const images = withImages(image(newer, [tag]), image(mine, [], [`nginx@${digest}`]));
  const verdict = judge(control, named(reference), images);
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('image.reference');
  expect(verdict.message.en).toContain('0c0c0c0c0c0c');
});

test('another tag of another image does not outdate it', () => {
  const images = withImages(image(newer, ['nginx:1.28', 'registry.example/nginx:1.27']), image(mine, ['nginx:1.27']));
  expect(judge(control, named('nginx:1.27'), images).status).toBe('pass');
});

test('an image without tag and digest fails, even if it was named by id', () => {
  for (const reference of ['web:1', mine, '0a0a0a0a0a0a']) {
    const verdict = judge(control, named(reference), withImages(image(mine, [])));
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain('neither a tag nor a digest');
  }
});

test('an image that keeps another name is known by that one', () => {
  const verdict = judge(control, named('web:1'), withImages(image(mine, ['web:2'])));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toContain('known as web:2');
});

test('of several names the message gives the one that the container was created from', () => {
  const verdict = judge(control, named('web:1'), withImages(image(mine, ['other:9', 'web:1'])));
  expect(verdict.message.en).toBe('web:1 still names its image.');
});

test('a reference by digest does not move with its tag', () => {
  const images = withImages(image(newer, ['nginx:1.27']), image(mine, [], [`nginx@${digest}`]));
  expect(judge(control, named(`nginx@${digest}`), images).status).toBe('pass');
  expect(judge(control, named(`nginx:1.27@${digest}`), images).status).toBe('pass');
});

test('an id without its algorithm, as Podman writes it, is the same id', () => {
  const images = withImages(image('0a'.repeat(32), ['localhost/web:1']));
  expect(judge(control, named('localhost/web:1'), images).status).toBe('pass');
});

test('on paper, and before creation, there is no image to compare', () => {
  expect(judge(control, container(), { machine: undefined }).status).toBe('not-applicable');
  expect(judge(control, container({ image: { id: null } })).status).toBe('not-applicable');
});

test('an engine that does not list its images is unknown', () => {
  const blind = { machine: machine({ engine: engine({}, { images: hidden }) }) };
  expect(judge(control, container(), blind).status).toBe('unknown');
});
