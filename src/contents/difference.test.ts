import { describe, expect, test } from 'vitest';
import { foundPackage as pack } from '../../test/found-package.ts';
import { compareFiles, comparePackages } from './difference.ts';

describe('packages', () => {
  test('come, go, and change their version', () => {
    const before = [pack('deb', 'bash', '1'), pack('deb', 'gone', '1'), pack('npm', 'a', '1')];
    const after = [pack('deb', 'bash', '2'), pack('npm', 'a', '1'), pack('npm', 'new', '1')];
    expect(comparePackages(before, after)).toEqual({
      added: ['pkg:npm/new@1'],
      removed: ['pkg:deb/gone@1'],
      changed: [{ type: 'deb', name: 'bash', before: '1', after: '2' }],
    });
  });

  test('are the same in another place, layer or distribution', () => {
    const before = [pack('deb', 'bash', '1', { namespace: 'debian' }), pack('npm', 'a', '1', { path: '/a' })];
    const after = [pack('deb', 'bash', '1', { namespace: 'ubuntu' }), pack('npm', 'a', '1', { path: '/b', layer: 3 })];
    expect(comparePackages(before, after)).toEqual({ added: [], removed: [], changed: [] });
  });

  test('in several versions beside each other are told one by one', () => {
    const before = [pack('npm', 'a', '1'), pack('npm', 'a', '2')];
    const after = [pack('npm', 'a', '2'), pack('npm', 'a', '3'), pack('npm', 'a', '4')];
    expect(comparePackages(before, after)).toEqual({
      added: ['pkg:npm/a@3', 'pkg:npm/a@4'],
      removed: ['pkg:npm/a@1'],
      changed: [],
    });
  });
});

test('files come, go, and change in size, kind or mode', () => {
  const before = new Map([
    ['/same', { size: 1, nature: 'f644' }],
    ['/gone', { size: 2, nature: 'f644' }],
    ['/mode', { size: 3, nature: 'f644' }],
    ['/size', { size: 4, nature: 'f644' }],
  ]);
  const after = new Map([
    ['/new', { size: 9, nature: 'f644' }],
    ['/same', { size: 1, nature: 'f644' }],
    ['/mode', { size: 3, nature: 'f4755' }],
    ['/size', { size: 5, nature: 'f644' }],
  ]);
  expect(compareFiles(before, after)).toEqual({
    added: [{ path: '/new', size: 9 }],
    removed: [{ path: '/gone', size: 2 }],
    changed: [
      { path: '/mode', size: 3 },
      { path: '/size', size: 5 },
    ],
  });
});
