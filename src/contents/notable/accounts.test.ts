import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { accounts } from './accounts.ts';

function said(path: string, ...lines: readonly string[]): string[] {
  return (accounts.read?.(catalogedFile(path, `${lines.join('\n')}\n`)) ?? []).map(
    ({ kind, detail }) => `${kind} ${detail}`,
  );
}

test('a usual passwd has nothing to tell', () => {
  expect(
    said(
      'etc/passwd',
      'root:x:0:0:root:/root:/bin/bash',
      'daemon:x:1:1::/:/usr/sbin/nologin',
      'app:*:1000:1000::/:/bin/sh',
    ),
  ).toEqual([]);
});

test('an empty password lets anybody in', () => {
  expect(said('etc/passwd', 'root::0:0:root:/root:/bin/sh')).toEqual(['empty-password root']);
  expect(said('etc/shadow', 'root:::0:::::', 'app:!:19000:0:99999:7:::')).toEqual(['empty-password root']);
});

test.each(['*', '!', '!!', 'x', 'NP', '!*', '*LK*'])('%s lets nobody in', (password) => {
  expect(said('etc/shadow', `root:${password}:19000:0:99999:7:::`)).toEqual([]);
});

test('a second root, in any spelling', () => {
  expect(
    said(
      'etc/passwd',
      'root:x:0:0::/root:/bin/sh',
      'toor:x:0:0::/root:/bin/sh',
      'x:x:00:0::/:/bin/sh',
      'y:x:+0:0::/:/bin/sh',
    ),
  ).toEqual(['second-root toor', 'second-root x', 'second-root y']);
});

test('ids that several share', () => {
  expect(said('etc/passwd', 'web:x:1000:1::/:/bin/sh', 'app:x:01000:1::/:/bin/sh')).toEqual([
    'duplicate-id uid 1000 (web, app)',
  ]);
  expect(said('etc/group', 'a:x:50:', 'b:x:50:u', 'c:x:51:')).toEqual(['duplicate-id gid 50 (a, b)']);
});

test('what is asked of a directory, comments and broken lines are no accounts', () => {
  expect(said('etc/passwd', '+::::::', '-evil::::::', '#root::0:0', 'half', '', 'n:x:none:0::/:/bin/sh')).toEqual([]);
});

test('hashes are never told', () => {
  expect(JSON.stringify(said('etc/shadow', 'root:$6$abc$defghijk:19000:0:::::'))).not.toContain('defghijk');
});

test('reads whatever it is given', () => {
  assert(
    property(string(), string(), (name, rest) => {
      for (const path of ['etc/passwd', 'etc/shadow', 'etc/group']) said(path, `${name}:${rest}`, `${name}::0`);
    }),
  );
});
