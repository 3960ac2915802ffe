import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeOfFile } from './place.ts';

describe('says how values are written in a file', () => {
  test.each([
    ['app/.env', 'configuration'],
    ['app/.env.production', 'configuration'],
    ['etc/app/main.conf', 'configuration'],
    ['etc/default/app', 'configuration'],
    ['root/.aws/credentials', 'configuration'],
    ['app/config/database.yml', 'configuration'],
    ['app/appsettings.json', 'configuration'],
    ['app/settings.py', 'code'],
    ['app/index.mjs', 'code'],
    ['entrypoint.sh', 'script'],
    ['usr/local/bin/start', 'script'],
    ['app/Dockerfile.dev', 'script'],
    ['app/notes.txt', 'prose'],
    ['app/index.html', 'prose'],
    ['app/unknown.ending', 'prose'],
  ])('%s', (path, language) => {
    expect(placeOfFile(path).language).toBe(language);
  });
});

describe('tells what others published from what is one’s own', () => {
  test.each([
    ['app/node_modules/a/index.js', true],
    ['usr/lib/python3/dist-packages/a.py', true],
    ['usr/share/app/main.conf', true],
    ['usr/share/nginx/html/index.js', false],
    ['usr/src/app/index.js', false],
    ['usr/local/bin/start', false],
    ['app/lib/main.py', false],
    ['opt/app/main.py', false],
    ['var/www/html/config.php', false],
    ['srv/vendor/autoload.php', true],
  ])('%s', (path, isVendored) => {
    expect(placeOfFile(path).isVendored).toBe(isVendored);
  });
});

describe('knows what is made to be tried or shown', () => {
  test.each([
    ['app/test/login.js', 'test'],
    ['app/src/login.spec.ts', 'test'],
    ['app/login_test.go', 'test'],
    ['app/examples/login.js', 'test'],
    ['app/README.md', 'documentation'],
    ['app/docs/login.yaml', 'documentation'],
    ['app/.env.example', 'documentation'],
    ['app/config.yaml.dist', 'documentation'],
    ['app/latest/login.js', undefined],
    ['app/contest.js', undefined],
    ['app/.env', undefined],
  ])('%s', (path, purpose) => {
    expect(placeOfFile(path).purpose).toBe(purpose);
  });
});

test('takes any path, however long', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 300 }), (path) => {
      expect(placeOfFile(path).language).toBeTruthy();
    }),
  );
  for (const part of ['a', '/', '.', 'test/', 'a.', '-', '_test', 'node_modules']) {
    expect(placeOfFile(part.repeat(200_000)).path.length).toBeLessThan(5000);
  }
});
