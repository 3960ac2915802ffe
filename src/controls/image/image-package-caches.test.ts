import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened } from '../../../test/subjects.ts';
import type { NotableFile } from '../../model/notable-file.ts';
import { imagePackageCaches as control } from './image-package-caches.ts';

const lists: NotableFile = {
  kind: 'package-cache',
  path: '/var/lib/apt/lists',
  layer: 0,
  detail: 'apt lists',
  size: 2e7,
};

test('a folder of downloads fails with its size', () => {
  const verdict = judge(control, opened({ files: [lists] }));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: '/var/lib/apt/lists' }] });
  expect(verdict.message.en).toContain('/var/lib/apt/lists (19.1 MiB)');
});

test('one that a later layer deleted takes up room all the same', () => {
  const verdict = judge(control, opened({ files: [{ ...lists, deleted: true }] }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.value).toContain('deleted later');
});

test('small remains and accepted folders pass', () => {
  expect(judge(control, opened({ files: [{ ...lists, size: 2000 }] })).status).toBe('pass');
  expect(
    judge(control, opened({ files: [{ ...lists, size: 2000 }] }), { parameters: { leastKilobytes: 1 } }).status,
  ).toBe('fail');
  expect(judge(control, opened({ files: [lists] }), { parameters: { accepted: ['/var/lib/apt/*'] } }).status).toBe(
    'pass',
  );
});

test('nothing passes only where all was looked at', () => {
  expect(judge(control, opened()).status).toBe('pass');
  expect(judge(control, opened(halfRead)).status).toBe('unknown');
  expect(control.remedy(opened(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
