import { expect, test } from 'vitest';
import { divertedFiles } from './diversions.ts';

const diversions = new Map(
  [
    { from: 'bin/sh', to: 'bin/sh.distrib', by: 'dash' },
    { from: 'sbin/initctl', to: 'sbin/initctl.real' },
  ].map((each) => [each.from, each]),
);

test("another package's file stands where it was diverted to, with its checksum", () => {
  const owned = { owner: 'bash', paths: ['bin/bash', 'bin/sh'], digests: ['a', 'b'], algorithm: 'md5' } as const;
  expect(divertedFiles(owned, diversions)).toEqual({ ...owned, paths: ['bin/bash', 'bin/sh.distrib'] });
});

test('the file of the package that diverted stands where it says', () => {
  expect(divertedFiles({ owner: 'dash', paths: ['bin/sh'] }, diversions).paths).toEqual(['bin/sh']);
  expect(divertedFiles({ owner: 'dash:amd64', paths: ['bin/sh'] }, diversions).paths).toEqual(['bin/sh']);
});

test('what the administrator diverted is elsewhere for every package', () => {
  expect(divertedFiles({ owner: 'upstart', paths: ['sbin/initctl'] }, diversions).paths).toEqual(['sbin/initctl.real']);
});

test('without diversions nothing changes', () => {
  const owned = { owner: 'a', paths: ['bin/sh'] };
  expect(divertedFiles(owned, new Map())).toBe(owned);
  expect(divertedFiles({ owner: 'a', paths: ['bin/a'] }, diversions).paths).toEqual(['bin/a']);
});
