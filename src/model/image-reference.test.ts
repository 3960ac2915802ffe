import { expect, test } from 'vitest';
import { canonicalName, canonicalTag, isImageId, parseImageReference } from './image-reference.ts';

const hexadecimal = 'f0'.repeat(32);
const digest = `sha256:${hexadecimal}`;

test.each([
  ['nginx', 'docker.io', 'library/nginx', undefined],
  ['nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['docker.io/nginx', 'docker.io', 'library/nginx', undefined],
  ['index.docker.io/library/nginx', 'docker.io', 'library/nginx', undefined],
  ['team/app:v1', 'docker.io', 'team/app', 'v1'],
  ['docker.io/team/app', 'docker.io', 'team/app', undefined],
  ['localhost/app', 'localhost', 'app', undefined],
  ['localhost:5000/app:2', 'localhost:5000', 'app', '2'],
  ['registry.example/shop/web', 'registry.example', 'shop/web', undefined],
  ['Registry/app', 'Registry', 'app', undefined],
  ['[::1]:5000/app:2', '[::1]:5000', 'app', '2'],
  ['a__b/c-d.e', 'docker.io', 'a__b/c-d.e', undefined],
  ['lower:Upper', 'docker.io', 'library/lower', 'Upper'],
])('%s is split as an engine splits it', (reference, registry, repository, tag) => {
  expect(parseImageReference(reference)).toEqual({ registry, repository, ...(tag ? { tag } : {}) });
});

test('a number after the only colon is a tag, not the port of a registry without a repository', () => {
  expect(parseImageReference('registry.example:5000')).toEqual({
    registry: 'docker.io',
    repository: 'library/registry.example',
    tag: '5000',
  });
});

test('a tag and a digest may stand together', () => {
  const named = { registry: 'docker.io', repository: 'library/nginx' };
  expect(parseImageReference(`nginx@${digest}`)).toEqual({ ...named, digest });
  expect(parseImageReference(`nginx:1.27@${digest}`)).toEqual({ ...named, tag: '1.27', digest });
  expect(parseImageReference(`nginx@sha512:${'0a'.repeat(64)}`)?.digest).toMatch(/^sha512:/);
});

test.each([
  '',
  ':tag',
  `@${digest}`,
  'nginx:',
  'nginx@',
  'nginx@sha256:f0f0',
  `nginx@md5:${hexadecimal}`,
  `nginx@${digest}@${digest}`,
  'Nginx:1.27',
  'registry.example/Shop/web',
  'team//app',
  'app-/x',
  '${IMAGE}:1',
  'nginx:${TAG}',
  'nginx:a b',
  'docker://nginx',
  '[::1]',
  `${'a/'.repeat(128)}a`,
  hexadecimal,
  digest,
])('%s is not a reference by name', (reference) => {
  expect(parseImageReference(reference)).toBeUndefined();
});

test('every spelling of a name has one canonical form', () => {
  const spellings = ['nginx', 'library/nginx', 'docker.io/nginx:latest', 'index.docker.io/library/nginx'];
  const parsed = spellings.flatMap((each) => parseImageReference(each) ?? []);
  expect(parsed.map(canonicalTag)).toEqual(spellings.map(() => 'docker.io/library/nginx:latest'));
  expect(new Set(parsed.map(canonicalName))).toEqual(new Set(['docker.io/library/nginx']));
});

test('an id is all 64 digits, with or without the algorithm', () => {
  expect(isImageId(hexadecimal)).toBe(true);
  expect(isImageId(digest)).toBe(true);
  expect(isImageId('nginx', digest)).toBe(false);
});

test('fewer digits are an id only if the image begins with them', () => {
  expect(isImageId('f0f0f0f0f0f0', digest)).toBe(true);
  expect(isImageId('sha256:f0f0f0f0', digest)).toBe(true);
  expect(isImageId('f0f0f0f0', hexadecimal)).toBe(true);
  expect(isImageId('cafe', digest)).toBe(false);
  expect(isImageId('f0f0f0f0f0f0')).toBe(false);
  expect(isImageId('f', digest)).toBe(false);
});
