import { expect, test } from 'vitest';
import { indexPaths } from './path-index.ts';

const index = indexPaths([
  ['var/lib/dpkg/status', 'status'],
  ['var/lib/dpkg/status.d/*', 'distroless'],
  ['var/lib/dpkg/info/*.list', 'list'],
  ['**/*.jar', 'jar'],
  ['**/package.json', 'manifest'],
  ['**/node_modules/**/package.json', 'installed'],
  ['**/*.dist-info/METADATA', 'python'],
  ['**/requirements*.txt', 'requirements'],
  ['**/bin/python3*', 'program'],
]);

test.each([
  ['var/lib/dpkg/status', ['status']],
  ['srv/var/lib/dpkg/status', []],
  ['var/lib/dpkg/status.d/base', ['distroless']],
  ['var/lib/dpkg/status.d/base/more', []],
  ['var/lib/dpkg/info/libc6:amd64.list', ['list']],
  ['a.jar', ['jar']],
  ['srv/app/a.b.jar', ['jar']],
  ['srv/app/a.jar.bak', []],
  ['package.json', ['manifest']],
  ['app/package.json', ['manifest']],
  ['app/node_modules/a/package.json', ['manifest', 'installed']],
  ['app/node_modules/package.json', ['manifest', 'installed']],
  ['usr/lib/python3/dist-packages/six-1.16.0.dist-info/METADATA', ['python']],
  ['usr/lib/dist-info/METADATA', []],
  ['app/requirements-dev.txt', ['requirements']],
  ['usr/bin/python3.11', ['program']],
  ['usr/bin/py\nthon', []],
  ['', []],
])('%j is %j', (path, expected) => {
  expect(index.of(path)).toEqual(expected);
});
