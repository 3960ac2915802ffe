import { expect, test } from 'vitest';
import { diverted } from './diversions.ts';

const diversions = new Map(
  [
    { from: 'bin/sh', to: 'bin/sh.distrib', by: 'dash' },
    { from: 'sbin/initctl', to: 'sbin/initctl.real' },
  ].map((each) => [each.from, each]),
);

test("another package's file stands where it was diverted to", () => {
  expect(diverted('bin/sh', 'bash', diversions)).toBe('bin/sh.distrib');
  expect(diverted('bin/bash', 'bash', diversions)).toBe('bin/bash');
});

test('the file of the package that diverted stands where it says', () => {
  expect(diverted('bin/sh', 'dash', diversions)).toBe('bin/sh');
  expect(diverted('bin/sh', 'dash:amd64', diversions)).toBe('bin/sh');
});

test('what the administrator diverted is elsewhere for every package', () => {
  expect(diverted('sbin/initctl', 'upstart', diversions)).toBe('sbin/initctl.real');
});

test('without diversions nothing changes', () => {
  expect(diverted('bin/sh', 'a', new Map())).toBe('bin/sh');
});
