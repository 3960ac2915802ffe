import { expect, test } from 'vitest';
import { container, engine, machine } from '../../../test/subjects.ts';
import { exemplarEngine } from '../../model/exemplar.ts';
import { mapFact } from '../../model/fact.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { context, failure, plan, text, path } from './compose-plan.fixture.ts';
import { ulimitObstacle } from './ulimit-obstacle.ts';

const process = mapFact(exemplarEngine.process, (each) => ({
  ...each,
  openFiles: { soft: 1024, hard: 20_000 },
  capabilityBoundingSet: 0n,
}));
const poor = machine({ engine: engine({}, { process }) });
const files = (hard: number): SpecChange => ({ ulimits: [{ name: 'nofile', soft: 1024, hard }] });

test.each<[string, SpecChange, boolean]>([
  ['above what the daemon has', files(20_001), true],
  ['without end', files(-1), true],
  ['as high as the daemon has', files(20_000), false],
  ['of another kind', { ulimits: [{ name: 'nproc', soft: 1, hard: 65_536 }] }, false],
  ['not spoken of', { user: '65532' }, false],
])('a limit of open files %s', (_, change, isRefused) => {
  const obstacle = ulimitObstacle(container({ ulimits: [] }), change, context({}, { machine: poor }));
  expect(obstacle !== undefined).toBe(isRefused);
});

test('one that the container has already is no news', () => {
  const change = files(65_536);
  const live = container({ ulimits: change.ulimits ?? [] });
  expect(ulimitObstacle(live, change, context({}, { machine: poor }))).toBeUndefined();
});

test('a Compose file is not given it either, and the reason is told in both languages', () => {
  const { actions, refused } = plan([failure(files(65_536))], { [path]: text }, { machine: poor });
  expect(actions).toEqual([]);
  expect(refused[0]?.reason.en).toContain('may open 20000 files');
  expect(refused[0]?.reason.zh).toContain('20000 个文件');
});
