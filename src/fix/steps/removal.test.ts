import { expect, test } from 'vitest';
import type { JsonValue } from '../../model/json.ts';
import type { RemovalStep } from '../../model/plan.ts';
import { removalSteps } from './removal.ts';

const container: RemovalStep = { kind: 'removal', what: 'container', id: 'c1' };
const image: RemovalStep = { kind: 'removal', what: 'image', id: 'sha256:0a' };

/** An engine with these answers, and what it was asked to remove. */
function engine(answers: Readonly<Record<string, JsonValue>>) {
  const removed: string[] = [];
  const steps = removalSteps({
    get: async (path) => answers[path] ?? null,
    remove: async (path) => {
      removed.push(path);
    },
  });
  return { steps, removed };
}

const stopped = { '/containers/c1/json': { State: { Running: false, Status: 'exited' } } };
const unused = {
  '/images/sha256%3A0a/json': { Id: 'sha256:0a' },
  '/containers/json?all=1': [{ ImageID: 'sha256:0b' }],
};

test('what is there is on the old side, what is gone on the new one', async () => {
  expect(await engine(stopped).steps.side(container)).toBe('before');
  expect(await engine({}).steps.side(container)).toBe('after');
  expect(await engine(unused).steps.side(image)).toBe('before');
  expect(await engine({}).steps.side(image)).toBe('after');
});

test.each(['Running', 'Paused', 'Restarting'])('a container that is %s is not touched', async (state) => {
  const { steps, removed } = engine({ '/containers/c1/json': { State: { [state]: true } } });
  expect(await steps.side(container)).toBe('other');
  await expect(steps.bring(container, 'after')).rejects.toThrow('in use again');
  expect(removed).toEqual([]);
});

test('an image that a container was made from is not touched, however its id is written', async () => {
  const { steps, removed } = engine({ ...unused, '/containers/json?all=1': [{ ImageID: '0a' }] });
  expect(await steps.side(image)).toBe('other');
  await expect(steps.bring(image, 'after')).rejects.toThrow('in use again');
  expect(removed).toEqual([]);
});

test('nothing is forced, and no volume and no other image goes along', async () => {
  const first = engine(stopped);
  await first.steps.bring(container, 'after');
  await first.steps.bring(container, 'before');
  expect(first.removed).toEqual(['/containers/c1']);
  const second = engine(unused);
  await second.steps.bring(image, 'after');
  expect(second.removed).toEqual(['/images/sha256%3A0a?noprune=1']);
});

test('what is gone is not removed again, and does not come back', async () => {
  const { steps, removed } = engine({});
  await steps.bring(container, 'after');
  expect(removed).toEqual([]);
  await expect(steps.bring(container, 'before')).rejects.toThrow('cannot come back');
});
