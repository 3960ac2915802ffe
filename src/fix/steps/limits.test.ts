import { expect, test } from 'vitest';
import type { JsonValue } from '../../model/json.ts';
import type { LimitsStep } from '../../model/plan.ts';
import { limitSteps, unlimitedMemory } from './limits.ts';

const step: LimitsStep = {
  kind: 'limits',
  container: 'web',
  before: { Memory: unlimitedMemory, PidsLimit: -1 },
  after: { Memory: 536_870_912, PidsLimit: 200 },
};

function steps(answer: JsonValue, posted: JsonValue = {}) {
  return limitSteps({
    get: async () => answer,
    post: async () => posted,
    remove: async () => {},
    isUp: async () => true,
    close() {},
  });
}

test.each([
  ['before', { Memory: 0, PidsLimit: null }],
  ['after', { Memory: 536_870_912, PidsLimit: 200 }],
  ['other', { Memory: 268_435_456, PidsLimit: 200 }],
  ['other', { Memory: 0, PidsLimit: 200 }],
] as const)('on the side %s', async (side, limits) => {
  expect(await steps({ HostConfig: limits }).side(step)).toBe(side);
});

test('of a container that is gone there is nothing to take back, and nothing to limit', async () => {
  expect(await steps(null).side(step)).toBe('gone');
  await expect(steps(null, null).bring(step, 'after')).rejects.toThrow('there is no container web');
});
