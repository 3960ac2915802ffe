import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { portage } from './portage.ts';

function read(folder: string, text = '') {
  return portage.read(catalogedFile(`var/db/pkg/dev-libs/${folder}/CONTENTS`, text));
}

test('a package with its files', () => {
  const digest = '0a'.repeat(16);
  const contents = [
    'dir /usr/lib64',
    `obj /usr/lib64/libssl.so.3 ${digest} 1700000000`,
    `obj /etc/ssl/openssl.cnf ${digest} 1700000000`,
    `obj /usr/share/a file with spaces ${digest} 1700000000`,
    'sym /usr/lib64/libssl.so -> libssl.so.3 1700000000',
    'rubbish',
  ].join('\n');
  expect(read('openssl-3.0.13-r2', contents)).toEqual({
    packages: [
      {
        type: 'ebuild',
        namespace: 'dev-libs',
        name: 'openssl',
        version: '3.0.13-r2',
        id: 'dev-libs/openssl-3.0.13-r2',
      },
    ],
    owned: [
      {
        owner: 'dev-libs/openssl-3.0.13-r2',
        paths: [
          'usr/lib64',
          'usr/lib64/libssl.so.3',
          'etc/ssl/openssl.cnf',
          'usr/share/a file with spaces',
          'usr/lib64/libssl.so',
        ],
        digests: ['', digest, '', digest, ''],
        algorithm: 'md5',
      },
    ],
  });
});

test.each([
  ['gtk+-3.24.41', 'gtk+', '3.24.41'],
  ['xf86-video-intel-2.99.917_p20230201', 'xf86-video-intel', '2.99.917_p20230201'],
  ['a-1b_rc1-r3', 'a', '1b_rc1-r3'],
  ['font-2-1.0', 'font-2', '1.0'],
])('%s is %s in version %s', (folder, name, version) => {
  expect(read(folder).packages).toMatchObject([{ name, version }]);
});

test('a folder without a version is a gap', () => {
  expect(read('openssl')).toMatchObject({ gaps: [{ reason: { en: expect.stringContaining('dev-libs/openssl') } }] });
});

test('reads whatever bytes it is given', () => {
  assert(
    property(string({ unit: 'binary' }), string({ unit: 'binary' }), (folder, text) => {
      read(folder, text);
      expect(read('a-1', `obj /${text}`).packages).toHaveLength(1);
    }),
  );
});
