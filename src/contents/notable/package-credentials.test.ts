import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { credentialFiles } from './credential-files.ts';
import { packageCredentials } from './package-credentials.ts';

function said(path: string, text: string): string[] {
  return (packageCredentials.read?.(catalogedFile(path, text)) ?? []).map(({ detail }) => detail);
}

/** Put together, so that nobody takes it for a real one. */
const value = ['k7Qz', 'Wp2v', 'Rt9x', 'Lm4c'].join('');
const login = Buffer.from(`ops:${value}`).toString('base64');

test.each([
  ['root/.npmrc', `//registry.corp.net/:_authToken=${value}\n`, '_authToken'],
  ['app/.npmrc', `_auth=${value}\n`, '_auth'],
  ['root/.yarnrc.yml', `npmAuthToken: "${value}"\n`, 'npmAuthToken'],
  ['root/.pypirc', `[pypi]\nusername = a\npassword = ${value}\n`, 'password'],
  ['etc/pip.conf', `[global]\nindex-url = https://ops:${value}@pypi.corp.net/simple\n`, 'URL'],
  ['root/.netrc', `machine git.corp.net login ops password ${value}\n`, 'password'],
  ['root/.docker/config.json', `{"auths":{"r.corp.net":{"auth":"${login}"}}}`, 'auth'],
  ['root/.git-credentials', `https://ops:${value}@git.corp.net\n`, 'URL'],
  ['root/.m2/settings.xml', `<server><password>${value}</password></server>`, 'password'],
  ['root/.gradle/gradle.properties', `repoPassword=${value}\n`, 'repoPassword'],
  ['root/.gem/credentials', `---\n:rubygems_api_key: ${value}\n`, ':rubygems_api_key'],
  ['root/.bundle/config', `---\nBUNDLE_GEMS__CORP__NET: "ops:${value}"\n`, 'BUNDLE_GEMS__CORP__NET'],
  ['root/.cargo/credentials.toml', `[registry]\ntoken = "${value}"\n`, 'token'],
  ['app/NuGet.Config', `<add key="ClearTextPassword" value="${value}" />`, 'ClearTextPassword'],
  ['root/.config/composer/auth.json', `{"github-oauth":{"github.com":"${value}"}}`, 'github-oauth'],
  ['app/auth.json', `{"http-basic":{"a.corp.net":{"username":"a","password":"${value}"}}}`, 'http-basic'],
  [
    'root/.aws/credentials',
    `[default]\naws_access_key_id = AKIA\naws_secret_access_key = ${value}\n`,
    'aws_secret_access_key',
  ],
  ['root/.config/gcloud/application_default_credentials.json', `{"refresh_token": "${value}"}`, 'refresh_token'],
  ['root/.kube/config', `users:\n- name: a\n  user:\n    client-key-data: ${value}\n`, 'client-key-data'],
  ['root/.config/gh/hosts.yml', `github.com:\n    oauth_token: ${value}\n`, 'oauth_token'],
  ['etc/apt/auth.conf.d/a.conf', `machine a.corp.net login b password ${value}\n`, 'password'],
])('%s tells its field and never the value', (path, text, name) => {
  expect(said(path, text)).toEqual([name]);
});

test.each([
  ['root/.npmrc', '//registry.corp.net/:_authToken=${NPM_TOKEN}\nregistry=https://registry.corp.net/\n'],
  ['root/.npmrc', `; //registry.corp.net/:_authToken=${value}\n`],
  ['root/.pypirc', '[pypi]\nusername = __token__\n'],
  ['etc/pip.conf', '[global]\nindex-url = https://pypi.corp.net/simple\n'],
  ['etc/pip.conf', '[global]\nindex-url = https://${USER}:${TOKEN}@pypi.corp.net/simple\n'],
  ['root/.docker/config.json', '{"auths":{"r.corp.net":{}},"credsStore":"pass"}'],
  ['root/.docker/config.json', `{"auths":{"r.corp.net":{"auth":"${Buffer.from('ops:').toString('base64')}"}}}`],
  ['etc/maven/settings.xml', `<settings><!-- <server><password>${value}</password></server> --></settings>`],
  ['root/.m2/settings.xml', '<password>{COQLCE6DU6GtcS5P=}</password>'],
  ['root/.m2/settings.xml', '<password>${env.REPO_PASSWORD}</password>'],
  ['root/.kube/config', 'users:\n- name: a\n  user:\n    exec:\n      command: aws\n'],
  ['app/node_modules/a/.npmrc', `//registry.corp.net/:_authToken=${value}\n`],
])('nothing is said of %s with %j', (path, text) => {
  expect(said(path, text)).toEqual([]);
});

test('reads whatever it is given', () => {
  const paths = credentialFiles.flatMap(({ globs }) => globs.map((glob) => glob.replaceAll(/\*+\/?/g, 'a')));
  assert(
    property(string(), (text) => paths.forEach((path) => said(path, text))),
    { numRuns: 30 },
  );
  for (const path of ['root/.npmrc', 'root/.netrc', 'etc/pip.conf', 'root/.m2/settings.xml']) {
    for (const part of ['a', ' ', 'password', '://', '<password>', '<!--'])
      said(path, part.repeat((256 * 1024) / part.length));
  }
});
