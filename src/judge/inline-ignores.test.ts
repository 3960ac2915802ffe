import { describe, expect, test } from 'vitest';
import { container } from '../../test/subjects.ts';
import { containerPidsLimit } from '../controls/container/container-pids-limit.ts';
import type { Control } from '../model/control.ts';
import type { InlineIgnore } from '../model/inline-ignore.ts';
import { acceptedBeside, misspelt } from './inline-ignores.ts';
import { judgeSubjects } from './judge.ts';
import { resolvePolicy } from './policy.ts';

const ignore: InlineIgnore = {
  file: 'compose.yaml',
  selectors: ['container-pids-limit'],
  reason: { en: 'batch work forks', zh: 'batch work forks' },
  from: 3,
  to: 9,
  line: 2,
  notation: 'plimsoll',
};

function judgeAt(line: number, ignores: readonly InlineIgnore[], file = 'compose.yaml') {
  const value = {
    ...container({ resources: { pids: null } }),
    locate: (path: string) => ({ source: 'file', path, file, line }) as const,
  };
  const [finding] = judgeSubjects([{ kind: 'container', id: 'container/web', value }], {
    policy: resolvePolicy({ only: ['container-pids-limit'] }),
    now: new Date('2026-07-01'),
    acceptedBeside: acceptedBeside(ignores, 'en'),
  });
  return finding;
}

describe('a failure is accepted', () => {
  test.each([3, 9])('at line %i, which the comment speaks for', (line) => {
    expect(judgeAt(line, [ignore])).toMatchObject({ status: 'waived', waiver: { reason: 'batch work forks' } });
  });

  test.each([2, 10])('but not at line %i', (line) => {
    expect(judgeAt(line, [ignore])?.status).toBe('fail');
  });

  test('nor in another file, nor of another control', () => {
    expect(judgeAt(5, [ignore], 'other.yaml')?.status).toBe('fail');
    expect(judgeAt(5, [{ ...ignore, selectors: ['container-cpu-limit'] }])?.status).toBe('fail');
  });

  test.each(['container-pids-*', '5.29'])('by the selector %s', (selector) => {
    expect((containerPidsLimit as Control).references.cisDocker).toContain('5.29');
    expect(judgeAt(5, [{ ...ignore, selectors: ['nothing', selector] }])?.status).toBe('waived');
  });
});

test('only our own notation has to name our own controls', () => {
  const unknown = { ...ignore, selectors: ['container-pid-limit', 'container-pids-limit'] };
  expect(misspelt([unknown]).map(({ selector }) => selector)).toEqual(['container-pid-limit']);
  expect(misspelt([{ ...unknown, notation: 'checkov' }])).toEqual([]);
});
