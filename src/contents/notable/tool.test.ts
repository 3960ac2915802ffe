import { expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { tool } from './tool.ts';

test.each([
  ['usr/bin/gcc-12', 'compiler gcc'],
  ['usr/bin/x86_64-linux-gnu-g++-12', 'compiler g++'],
  ['usr/bin/aarch64-alpine-linux-musl-gcc', 'compiler gcc'],
  ['usr/bin/clang-15', 'compiler clang'],
  ['usr/bin/pip3.11', 'package-manager pip'],
  ['usr/bin/pip3', 'package-manager pip3'],
  ['usr/bin/apt-get', 'package-manager apt-get'],
  ['sbin/apk', 'package-manager apk'],
  ['usr/bin/dnf-3', 'package-manager dnf'],
  ['bin/nc.openbsd', 'network nc.openbsd'],
  ['bin/sh', 'shell sh'],
  ['usr/local/go/bin/go', 'compiler go'],
])('%s is %s', (path, detail) => {
  expect(tool.entry?.(fileEntry(path, { mode: 0o755 }))).toEqual({ kind: 'tool', detail });
});

test('a link to it is one too: busybox has a hundred of them', () => {
  expect(tool.entry?.(fileEntry('usr/bin/wget', { kind: 'symbolic-link', target: '/bin/busybox' }))).toEqual({
    kind: 'tool',
    detail: 'network wget',
  });
});

test.each(['usr/share/doc/gcc', 'app/curl', 'usr/bin/python3', 'usr/bin/sha256sum', 'usr/lib/git-core/ssh'])(
  'nothing is said of %s',
  (path) => {
    expect(tool.entry?.(fileEntry(path, { mode: 0o755 }))).toBeUndefined();
  },
);

test('a miner is told wherever it stands, where it can be run', () => {
  expect(tool.entry?.(fileEntry('opt/.x/xmrig', { mode: 0o755 }))).toEqual({ kind: 'tool', detail: 'miner xmrig' });
  expect(tool.entry?.(fileEntry('usr/bin/XMRig', { mode: 0o755 }))).toMatchObject({
    detail: expect.stringMatching(/^miner/),
  });
  expect(tool.entry?.(fileEntry('srv/rules/xmrig', { mode: 0o644 }))).toBeUndefined();
});
