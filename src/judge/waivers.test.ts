import { describe, expect, test } from 'vitest';
import { findWaiver, isExpired, type Waiver } from './waivers.ts';

const now = new Date('2026-07-01T12:00:00Z');

function waiver(change: Partial<Waiver> = {}): Waiver {
  return {
    control: 'container-pids-limit',
    subject: 'container/web',
    reason: 'batch work',
    owner: 'shop',
    until: '2026-12-31',
    ...change,
  };
}

const find = (waivers: readonly Waiver[], control = 'container-pids-limit', subject = 'container/web') =>
  findWaiver(waivers, control, subject, now);

describe('a waiver', () => {
  test.each([
    ['2026-07-01T00:00:00Z', false],
    ['2026-07-01T23:59:59.999Z', false],
    ['2026-07-02T00:00:00Z', true],
    ['2026-06-30T23:59:59Z', false],
    ['2026-07-02T01:30:00+02:00', false],
    ['2026-07-01T22:30:00-02:00', true],
  ])('until 2026-07-01 is expired at %s: %s', (time, expired) => {
    expect(isExpired(waiver({ until: '2026-07-01' }), new Date(time))).toBe(expired);
  });

  test.each(['container-pids-limit', 'container-pids-*', '*', '5.29', 'cis-docker:5.29'])(
    'may name its control as %s',
    (control) => {
      expect(find([waiver({ control })])).toBeDefined();
    },
  );

  test.each([
    ['container/web', true],
    ['container/*', true],
    ['container/we?', true],
    ['*', true],
    ['container/web-*', false],
    ['web', false],
    ['CONTAINER/WEB', false],
    ['container/w.b', false],
  ])('for the subject %s covers container/web: %s', (subject, covers) => {
    expect(find([waiver({ subject })]) !== undefined).toBe(covers);
  });

  test('of another control covers nothing', () => {
    expect(find([waiver({ control: 'container-memory-limit' })])).toBeUndefined();
  });

  test('that still holds is preferred to one that has expired', () => {
    const expired = waiver({ until: '2026-01-31' });
    const valid = waiver({ subject: 'container/*' });
    expect(find([expired, valid])).toBe(valid);
    expect(find([expired])).toBe(expired);
  });
});
