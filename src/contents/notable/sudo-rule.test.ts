import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { sudoRule } from './sudo-rule.ts';

function said(text: string, path = 'etc/sudoers') {
  return (sudoRule.read?.(catalogedFile(path, text)) ?? []).map(({ detail }) => detail);
}

test("distributions' own rules have nothing to tell", () => {
  const text = [
    'Defaults env_reset',
    'Defaults secure_path="/usr/sbin:/usr/bin"',
    'Cmnd_Alias UPDATE = /usr/bin/apt-get',
    'root\tALL=(ALL:ALL) ALL',
    '%sudo ALL=(ALL:ALL) ALL',
    '%wheel\tALL=(ALL)\tALL',
    '# %wheel ALL=(ALL) NOPASSWD: ALL',
    '@includedir /etc/sudoers.d',
    '#includedir /etc/sudoers.d',
  ].join('\n');
  expect(said(text)).toEqual([]);
});

test.each([
  ['app ALL=(ALL) NOPASSWD: ALL', 'app: NOPASSWD ALL'],
  ['app ALL=(ALL) NOPASSWD:ALL # for tests', 'app: NOPASSWD ALL'],
  ['app ALL = NOPASSWD: SETENV: /usr/bin/apt-get, /bin/kill', 'app: NOPASSWD'],
  ['app ALL=(root) \\\n  NOPASSWD: ALL', 'app: NOPASSWD ALL'],
  ['app ALL=(ALL:ALL) ALL', 'app: ALL'],
  ['app web1,web2=(root) /usr/bin/id', 'app: some'],
  ['%wheel ALL=(ALL) NOPASSWD: ALL', '%wheel: NOPASSWD ALL'],
  ['#1000 ALL=(ALL) NOPASSWD: ALL', '#1000: NOPASSWD ALL'],
  ['ALL ALL=(ALL) NOPASSWD: ALL', 'ALL: NOPASSWD ALL'],
])('%j is %s', (line, detail) => {
  expect(said(line)).toEqual([detail]);
});

test('files that sudo leaves out are left out', () => {
  expect(said('app ALL=(ALL) NOPASSWD: ALL', 'etc/sudoers.d/app')).toHaveLength(1);
  expect(said('app ALL=(ALL) NOPASSWD: ALL', 'etc/sudoers.d/app.old')).toEqual([]);
  expect(said('app ALL=(ALL) NOPASSWD: ALL', 'etc/sudoers.d/app~')).toEqual([]);
});

test.each([
  ['permit nopass app', 'app: NOPASSWD ALL'],
  ['permit nopass keepenv setenv { A=b } app as root cmd apk', 'app: NOPASSWD'],
  ['permit persist :wheel', undefined],
  ['permit persist app', 'app: ALL'],
  ['deny nopass app', undefined],
])('doas: %s', (line, detail) => {
  expect(said(line, 'etc/doas.conf')).toEqual(detail === undefined ? [] : [detail]);
});

test('reads whatever it is given', () => {
  assert(
    property(string(), string(), (left, right) => {
      said(`${left} ALL=${right}`);
      said(`permit ${left} ${right}`, 'etc/doas.conf');
    }),
  );
  said('a\\ '.repeat(50_000));
  said('a '.repeat(50_000));
});
