import { describe, expect, test } from 'vitest';
import { edited } from '../../../test/edited.ts';

describe('the user of an image', () => {
  test.each<[string, string, string]>([
    ['stands in front of the program', 'FROM a\nRUN b\nCMD ["c"]\n', 'FROM a\nRUN b\nUSER 1:1\nCMD ["c"]\n'],
    [
      'stands in front of the first of both',
      'FROM a\nENTRYPOINT b\nCMD c\n',
      'FROM a\nUSER 1:1\nENTRYPOINT b\nCMD c\n',
    ],
    ['stands at the end where there is none', 'FROM a\nRUN b', 'FROM a\nRUN b\nUSER 1:1'],
    [
      'stands behind a here-document',
      'FROM a\nRUN <<E\nb\nE\n\n# the end\n',
      'FROM a\nRUN <<E\nb\nE\nUSER 1:1\n\n# the end\n',
    ],
    ['takes the place of root', 'FROM a\nRUN b\nUSER root\nCMD c\n', 'FROM a\nRUN b\nUSER 1:1\nCMD c\n'],
    [
      'leaves root to what is installed',
      'FROM a\nUSER root\nRUN b\nCMD c\n',
      'FROM a\nUSER root\nRUN b\nUSER 1:1\nCMD c\n',
    ],
    ['comes after what is installed behind the program', 'FROM a\nCMD c\nRUN b\n', 'FROM a\nCMD c\nRUN b\nUSER 1:1\n'],
    [
      'stands above the comment of the program',
      'FROM a\nRUN b\n\n# the\n# program\nCMD c\n',
      'FROM a\nRUN b\n\nUSER 1:1\n# the\n# program\nCMD c\n',
    ],
    ['leaves a comment that stands apart', 'FROM a\n# about a\n\nCMD c\n', 'FROM a\n# about a\n\nUSER 1:1\nCMD c\n'],
    [
      'is of the stage that is built',
      'FROM a AS x\nRUN b\nFROM d\nCOPY --from=x /b /b\nCMD c\n',
      'FROM a AS x\nRUN b\nFROM d\nCOPY --from=x /b /b\nUSER 1:1\nCMD c\n',
    ],
    ['keeps line ends', 'FROM a\r\nCMD c', 'FROM a\r\nUSER 1:1\r\nCMD c'],
    [
      'does not mind what another build runs',
      'FROM a\nUSER 0\nONBUILD RUN b\nCMD c\n',
      'FROM a\nUSER 1:1\nONBUILD RUN b\nCMD c\n',
    ],
  ])('%s', (_, text, expected) => {
    expect(edited('dockerfile', text, { user: '1:1' })).toBe(expected);
  });

  test('nothing else can be changed there', () => {
    expect(edited('dockerfile', 'FROM a\n', { readOnlyRoot: true })).toBeUndefined();
  });
});
