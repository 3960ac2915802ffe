import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { noteOrigin, originOf } from './store-origin.ts';

const origin = { file: '/media/bundle.zip', made: 1_795_368_600, verifiedBy: 'ab' };

test('is told as long as the data is the same', () => {
  using folder = temporaryFolder();
  expect(originOf(folder.path, 'data')).toBeUndefined();
  noteOrigin(folder.path, 'data', origin);
  expect(originOf(folder.path, 'data')).toEqual(origin);
  expect(originOf(folder.path, 'newer data')).toBeUndefined();
  noteOrigin(folder.path, 'newer data', { ...origin, verifiedBy: null });
  expect(originOf(folder.path, 'newer data')).toEqual({ ...origin, verifiedBy: null });
  expect(originOf(folder.path, null)).toBeUndefined();
  expect(readdirSync(folder.path)).toEqual(['advisories.bundle.json']);
});

test.each(['', '{', '[]', '{"data":"data"}', '{"data":"data","file":"f","made":"soon"}'])(
  'what is none is as if it were not there: %s',
  (text) => {
    using folder = temporaryFolder({ 'advisories.bundle.json': text });
    expect(originOf(folder.path, 'data')).toBeUndefined();
  },
);
