import { expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { chosenEcosystems, systemEcosystems } from './feeds-choice.ts';

test.each([
  [['debian'], ['Debian']],
  [['Debian:12', 'Debian'], ['Debian']],
  [
    ['rockylinux', 'NPM', 'crates.IO'],
    ['crates.io', 'npm', 'Rocky Linux'],
  ],
  [['Ubuntu:22.04:LTS'], ['Ubuntu']],
])('%j names %j', (named, expected) => {
  expect(chosenEcosystems(named, '/nonexistent')).toEqual(expected);
});

test('what is no ecosystem is an error that names the nearest', async () => {
  const near = await failureOf(() => chosenEcosystems(['npm', 'Debain'], '/nonexistent'));
  expect([near.message, near.advice?.en]).toEqual([
    '"Debain" is no ecosystem of osv.dev that is matched here',
    'Did you mean Debian?',
  ]);
  const none = await failureOf(() => chosenEcosystems(['../../etc/passwd'], '/nonexistent'));
  expect(none.advice?.en).toContain('Rocky Linux');
});

test.each([
  ['ID=debian\nVERSION_ID="12"\n', ['Debian']],
  ['ID=wolfi\n', ['Wolfi', 'Chainguard']],
  ['ID=opensuse-leap\nVERSION_ID="15.6"\n', ['openSUSE']],
  ['ID=arch\n', []],
  ['', []],
])('the system %j has advisories of %j', (text, expected) => {
  using root = temporaryFolder({ 'usr/lib/os-release': text });
  expect([...new Set(systemEcosystems(root.path))]).toEqual(expected);
});
