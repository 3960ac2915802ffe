import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { composerInstalled } from '../../src/contents/catalogers/composer-installed.ts';
import { readingsIn } from '../cataloged-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function composer(folder: string, ...options: readonly string[]) {
  const env = { ...process.env, COMPOSER_ALLOW_SUPERUSER: '1', COMPOSER_HOME: `${folder}/.composer` };
  return spawnSync('composer', ['--no-interaction', ...options], { cwd: folder, env, encoding: 'utf8' });
}

const hasComposer = composer('/', '--version').status === 0;

const project = {
  name: 'acme/shop',
  repositories: [{ type: 'path', url: './parts/*', options: { symlink: false } }, { 'packagist.org': false }],
  require: { 'acme/lib': '^1' },
  'require-dev': { 'acme/tool': '*' },
};

test.skipIf(!hasComposer)('what is installed is what Composer says (needs composer)', () => {
  using folder = temporaryFolder({
    'composer.json': JSON.stringify(project),
    'parts/lib/composer.json': JSON.stringify({ name: 'acme/lib', version: 'v1.2.3', license: 'MIT' }),
    'parts/tool/composer.json': JSON.stringify({ name: 'acme/tool', version: '2.0.0' }),
  });
  expect(composer(folder.path, 'install', '--no-plugins').status).toBe(0);
  const { stdout } = composer(folder.path, 'show', '--format=json');
  const told = (JSON.parse(stdout) as { readonly installed: readonly { name: string; version: string }[] }).installed;
  const packages = [...readingsIn(composerInstalled, folder.path).values()].flatMap(
    (reading) => reading.packages ?? [],
  );
  expect(packages.map(({ namespace, name, version }) => `${namespace}/${name} ${version}`)).toEqual(
    told.map(({ name, version }) => `${name} ${version}`),
  );
  expect(packages.filter(({ development }) => development).map(({ name }) => name)).toEqual(['tool']);
});
