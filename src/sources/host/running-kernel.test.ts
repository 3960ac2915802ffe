import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { hidden } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { packageVersionIn, readRunningKernel } from './running-kernel.ts';

test.each([
  [
    'Linux version 6.1.0-21-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.90-1 (2024-05-03)\n',
    '',
    '6.1.90-1',
  ],
  ['Linux version 6.6.13+bpo-amd64 (x) (gcc-13) #1 SMP Debian 6.6.13-1~bpo12+1 (2024-02-15)', '', '6.6.13-1~bpo12+1'],
  ['#31-Ubuntu SMP', 'Ubuntu 6.8.0-31.31-generic 6.8.1\n', '6.8.0-31.31'],
  ['', 'Ubuntu 6.5.0-14.14~22.04.1-generic 6.5.3\n', '6.5.0-14.14~22.04.1'],
  ['', 'Ubuntu 6.5.0-1020.20~22.04.1-aws 6.5.13', '6.5.0-1020.20~22.04.1'],
  // What it was compiled with, or by whom, is not what it is.
  ['Linux version 6.9.1 (me@Debian) (gcc (Debian 13.2.0-25) 13.2.0) #2 SMP 2024', '', undefined],
  ['Linux version 5.14.0-427.13.1.el9_4.x86_64 (gcc (GCC) 11.4.1)', '', undefined],
])('%s%s was built as %s', (version, signature, expected) => {
  expect(packageVersionIn(version, signature)).toBe(expected);
});

test('whatever stands there, it is a version without spaces or nothing', () => {
  assert(
    property(string({ maxLength: 400 }), (text) => {
      for (const said of [packageVersionIn(text, ''), packageVersionIn('', `Ubuntu ${text}`)]) {
        expect(said ?? '1').toMatch(/^\d\S*$/);
      }
    }),
  );
});

const release = known('6.1.0-21-amd64', 'kernel', '/proc/sys/kernel/osrelease');

test('only files of this very release count, links followed within the folder', () => {
  using folder = temporaryFolder({
    'boot/vmlinuz-6.1.0-21-amd64': '',
    'boot/vmlinuz-6.1.0-22-amd64': '',
    'usr/lib/modules/6.1.0-21-amd64/modules.builtin': '',
  });
  const kernel = readRunningKernel(release, folder.path);
  expect(kernel).toMatchObject({
    value: {
      release: '6.1.0-21-amd64',
      files: ['/boot/vmlinuz-6.1.0-21-amd64', '/usr/lib/modules/6.1.0-21-amd64/modules.builtin'],
    },
  });
});

test('a release that cannot be read, or is none, leaves nothing to look for', () => {
  using folder = temporaryFolder();
  expect(readRunningKernel(hidden, folder.path)).toBe(hidden);
  for (const text of ['', '../6.1', '6.1/../../etc', `6.${'1'.repeat(80)}`, 'x6.1']) {
    expect(readRunningKernel(known(text, 'kernel', 'x'), folder.path).known).toBe(false);
  }
});
