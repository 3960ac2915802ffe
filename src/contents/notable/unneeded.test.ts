import { expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { unneeded } from './unneeded.ts';

function said(path: string, change = {}) {
  return unneeded.entry?.(fileEntry(path, { size: 10, ...change }));
}

test.each([
  ['app/Dockerfile', 'build'],
  ['Dockerfile.prod', 'build'],
  ['app/web.Dockerfile', 'build'],
  ['app/docker-compose.override.yml', 'build'],
  ['app/compose.yaml', 'build'],
  ['app/.dockerignore', 'build'],
  ['app/.gitlab-ci.yml', 'build'],
  ['root/.bash_history', 'history'],
  ['app/.server.js.swp', 'editor'],
  ['app/server.js~', 'editor'],
  ['app/.DS_Store', 'desktop'],
])('%s', (path, detail) => {
  expect(said(path)).toEqual({ kind: 'unneeded', detail });
});

test.each([
  ['app/.git/objects/ab/cd', 'repository', 'app/.git'],
  ['.git/HEAD', 'repository', '.git'],
  ['app/.github/workflows/a.yml', 'pipeline', 'app/.github'],
  ['app/node_modules/.cache/babel/a.json', 'build', 'app/node_modules/.cache'],
  ['app/.idea/workspace.xml', 'editor', 'app/.idea'],
])('%s is told with its folder', (path, detail, folder) => {
  expect(said(path)).toEqual({ kind: 'unneeded', detail, folder });
});

test.each([
  'app/node_modules/left-pad/Dockerfile',
  'app/node_modules/left-pad/.github/a.yml',
  'usr/share/doc/a/Dockerfile',
  'usr/lib/python3/dist-packages/a/compose.yml',
  'etc/skel/.bash_history',
  'app/.gitignore',
  'app/dockerfile-parser.js',
  'app/profile.json',
  'app/composer.json',
  'etc/passwd',
])('nothing is said of %s', (path) => {
  expect(said(path)).toBeUndefined();
});

test('an empty file and a folder tell nothing', () => {
  expect(said('root/.bash_history', { size: 0 })).toBeUndefined();
  expect(said('app/Dockerfile', { kind: 'folder', size: 0 })).toBeUndefined();
});
