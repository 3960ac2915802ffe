import { expect, test } from 'vitest';
import { container } from '../../../test/subjects.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { remadeEffects } from './remade-effects.ts';

test('what several changes do to one list is told, and not only what the last one does', () => {
  const live = container({ capabilities: { add: ['NET_ADMIN', 'SYS_TIME'], drop: [] } });
  const changes: SpecChange[] = [{ capabilities: { add: ['SYS_TIME'] } }, { capabilities: { add: ['NET_ADMIN'] } }];
  const whys = remadeEffects(live, changes).map(({ why }) => why.en);
  expect(whys).toEqual([expect.stringContaining('NET_ADMIN, SYS_TIME')]);
});
