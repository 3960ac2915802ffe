import { expect, test } from 'vitest';
import { byFolder } from './by-folder.ts';

test('answers for each path by its folder, and asks once for neighbours', () => {
  const asked: string[] = [];
  const lengthOfFolder = byFolder((folder) => {
    asked.push(folder);
    return folder.length;
  });
  expect(['a/b', 'a/c', 'a/b/c', 'a/d', 'e', 'f'].map(lengthOfFolder)).toEqual([2, 2, 4, 2, 0, 0]);
  expect(asked).toEqual(['a/', 'a/b/', 'a/', '']);
});
