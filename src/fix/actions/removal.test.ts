import { expect, test } from 'vitest';
import { container, running } from '../../../test/subjects.ts';
import type { RemovalChange } from '../../model/host-change.ts';
import type { JsonValue } from '../../model/json.ts';
import { hostFailure, planContext, type Scene } from './host-plan.fixture.ts';
import { planRemovals } from './removal.ts';

const one: RemovalChange = { kind: 'removal', what: 'container', id: 'c1', name: 'old' };
const two: RemovalChange = { kind: 'removal', what: 'container', id: 'c2', name: 'older' };
const image: RemovalChange = { kind: 'removal', what: 'image', id: 'sha256:0a', name: 'web:1' };
const stopped = { State: { Running: false }, SizeRw: 2_500_000 };
const control = 'operations-stopped-containers-removed';

const plan = (changes: readonly RemovalChange[], answers: Readonly<Record<string, JsonValue>>, scene: Scene = {}) =>
  planRemovals([hostFailure(control, changes)], planContext({ answers, allowRemoval: true, ...scene }));

test('without --allow-removal nothing is planned, and what it would be is named', async () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ ...one, name: `c${index}` }));
  const { actions, refused } = await plan(many, {}, { allowRemoval: false });
  expect(actions).toEqual([]);
  expect(refused).toMatchObject([{ control, why: 'excluded', commands: [expect.stringContaining('--allow-removal')] }]);
  expect(refused[0]?.reason.en).toMatch(/c0, c1.* and 2 more$/);
});

test('each container is an action for good that says what is lost; the last one answers', async () => {
  const volume = { Type: 'volume', Name: '0a'.repeat(32) };
  const { actions, refused } = await plan([one, two], {
    '/containers/c1/json?size=1': { ...stopped, Mounts: [volume, { Type: 'volume', Name: 'data' }] },
    '/containers/c1/changes': [{ Path: '/x' }, { Path: '/y' }],
    '/containers/c2/json?size=1': stopped,
  });
  expect(refused).toEqual([]);
  expect(actions).toMatchObject([
    {
      id: 'removal/container/old',
      answers: [],
      final: true,
      steps: [{ kind: 'removal', what: 'container', id: 'c1' }],
      affects: [{ container: 'old', effect: 'is-removed' }],
    },
    { id: 'removal/container/older', answers: [{ control, subject: 'host' }], final: true },
  ]);
  expect(actions[0]?.summary.en).toContain('(paths: 2, 2.5 MB)');
  expect(actions[0]?.summary.en).toContain('belong to nobody: 1');
  expect(actions[1]?.summary.en).not.toContain('volumes');
});

test('one that runs again is refused, and the finding is then not answered', async () => {
  const { actions, refused } = await plan([one, two], {
    '/containers/c1/json?size=1': { State: { Running: true } },
    '/containers/c2/json?size=1': stopped,
  });
  expect(actions).toMatchObject([{ id: 'removal/container/older', answers: [] }]);
  expect(refused).toMatchObject([{ why: 'refused', reason: { en: 'old runs again' } }]);
});

test('one that is gone already is no obstacle to others, and where all are gone the finding is said to be stale', async () => {
  const { actions, refused } = await plan([one, two], { '/containers/c2/json?size=1': stopped });
  expect(refused).toEqual([]);
  expect(actions).toMatchObject([{ id: 'removal/container/older', answers: [{ control }] }]);
  const stale = await plan([one], {});
  expect(stale).toMatchObject({
    actions: [],
    refused: [{ control, reason: { en: expect.stringContaining('audit') } }],
  });
});

test('containers that live in the namespaces or the volumes of another notice', async () => {
  const joined = { ...running({}, { name: 'web', namespaces: { network: 'container:old' } }) };
  const heir = { ...container({ name: 'heir' }), volumesFrom: ['old:ro'] };
  const other = { ...container({ name: 'other' }), volumesFrom: ['older'] };
  const change = { containers: [joined, heir, other] };
  const { actions } = await plan([one], { '/containers/c1/json?size=1': stopped }, { change });
  expect(actions[0]?.affects.map((each) => each.container)).toEqual(['old', 'web', 'heir']);
});

const found = { Id: 'sha256:0a', Size: 5e6, RepoTags: ['web:1'], RepoDigests: ['web@sha256:1'] };
const imagePath = '/images/sha256%3A0a/json';

test('an unused image goes by its id, and it is said whether it can be pulled again', async () => {
  const { actions } = await plan([image], { [imagePath]: found });
  expect(actions).toMatchObject([
    { id: 'removal/image/web:1', steps: [{ what: 'image', id: 'sha256:0a' }], affects: [] },
  ]);
  expect(actions[0]?.summary.en).toContain('can be pulled again');
  const built = await plan([image], { [imagePath]: { ...found, RepoDigests: [] } });
  expect(built.actions[0]?.summary.en).toContain('cannot be pulled again');
});

test.each([
  ['a container was made from', { '/containers/json?all=1': [{ ImageID: 'sha256:0a' }] }],
  ['another image by now', { [imagePath]: { ...found, Id: 'sha256:0b' } }],
  ['sha256:0c was built on', { '/images/json?all=1': [{ Id: 'sha256:0c', ParentId: 'sha256:0a' }] }],
  ['several names', { [imagePath]: { ...found, RepoTags: ['web:1', 'web:2'] } }],
  ['several names', { [imagePath]: { ...found, RepoTags: [], RepoDigests: ['a@sha256:1', 'b@sha256:1'] } }],
] as const)('an image is kept where %s it', async (words, answers) => {
  const { actions, refused } = await plan([image], { [imagePath]: found, ...(answers as Record<string, JsonValue>) });
  expect(actions).toEqual([]);
  expect(refused).toMatchObject([{ reason: { en: expect.stringContaining(words) } }]);
});

test('an image goes after those that were built on it', async () => {
  const child: RemovalChange = { ...image, id: 'sha256:0c', name: 'child:1' };
  const { actions } = await plan([image, child], {
    [imagePath]: found,
    '/images/sha256%3A0c/json': { ...found, Id: 'sha256:0c' },
    '/images/json?all=1': [
      { Id: 'sha256:0a', ParentId: '' },
      { Id: 'sha256:0c', ParentId: 'sha256:0a' },
    ],
  });
  expect(actions.map(({ id }) => id)).toEqual(['removal/image/child:1', 'removal/image/web:1']);
});
