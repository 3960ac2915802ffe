import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { ServiceStep } from '../../model/plan.ts';
import type { EngineControl } from '../engine-control.ts';
import { serviceSteps } from './service.ts';

const before: JsonObject = {
  Name: 'web',
  Labels: {},
  TaskTemplate: {
    ContainerSpec: { Image: 'web:1', Command: ['sleep', '1'], CapabilityDrop: ['NET_RAW', 'MKNOD'] },
    ForceUpdate: 0,
  },
  Mode: { Replicated: { Replicas: 2 } },
};
const after: JsonObject = {
  ...before,
  TaskTemplate: {
    ContainerSpec: { Image: 'web:1', Command: ['sleep', '1'], CapabilityDrop: ['ALL'], ReadOnly: true },
    ForceUpdate: 0,
  },
};
const step: ServiceStep = { kind: 'service', service: '6a0w5rp0', before, after };
const impatient = { interval: 0, beginning: 3, task: 2 };

/** A manager that takes updates of one service; `states` are what it says of the update, one look after the other. */
function manager(
  spec: JsonObject | null,
  { states = ['completed'], moves = 0 }: { states?: readonly (string | undefined)[]; moves?: number } = {},
) {
  let [now, version, looks, left] = [spec, 11, -1, moves];
  const posts: string[] = [];
  const control: EngineControl = {
    get: () => {
      const state = looks < 0 ? undefined : states[Math.min(looks, states.length - 1)];
      if (looks >= 0) looks += 1;
      const status = state === undefined ? {} : { UpdateStatus: { State: state, Message: 'a task ended early' } };
      return Promise.resolve(now && { ID: '6a0w5rp0', Version: { Index: version }, Spec: now, ...status });
    },
    post(path, body) {
      posts.push(path);
      if (left > 0) {
        left -= 1;
        version += 1;
        return Promise.reject(new Error('rpc error: code = Unknown desc = update out of sequence'));
      }
      now = body as JsonObject;
      version += 1;
      looks = 0;
      return Promise.resolve(null as JsonValue);
    },
    remove: () => Promise.resolve(),
    isUp: () => Promise.resolve(true),
    close: () => {},
  };
  return { steps: serviceSteps(control, impatient), posts, spec: () => now };
}

function changed(container: JsonObject): JsonObject {
  return { ...before, TaskTemplate: { ContainerSpec: container, ForceUpdate: 0 } };
}

describe('side', () => {
  it.each<[string, JsonObject, string]>([
    ['the old specification', before, 'before'],
    ['the new one', after, 'after'],
    [
      'what the engine leaves out because it is empty, and orders as it likes',
      {
        ...changed({ Image: 'web:1', Command: ['sleep', '1'], CapabilityDrop: ['MKNOD', 'NET_RAW'], ReadOnly: false }),
        Labels: undefined,
      },
      'before',
    ],
    [
      'other words of the command in another order',
      changed({ Image: 'web:1', Command: ['1', 'sleep'], CapabilityDrop: ['NET_RAW', 'MKNOD'] }),
      'other',
    ],
    ['another number of replicas', { ...after, Mode: { Replicated: { Replicas: 0 } } }, 'other'],
    ['one task on every node', { ...after, Mode: { Global: {} } }, 'other'],
  ])('%s', async (_, spec, side) => {
    expect(await manager(spec).steps.side(step)).toBe(side);
  });

  it('a service that is gone', async () => {
    await expect(manager(null).steps.side(step)).rejects.toThrow('not there any more');
  });
});

describe('bring', () => {
  it('updates from the version that is there now', async () => {
    const { steps, posts, spec } = manager(before);
    await steps.bring(step, 'after');
    expect(posts).toEqual(['/services/6a0w5rp0/update?version=11']);
    expect(spec()).toBe(after);
    await steps.bring(step, 'before');
    expect(spec()).toBe(before);
  });

  it('changes nothing where the service is so already', async () => {
    const { steps, posts } = manager(after);
    await steps.bring(step, 'after');
    expect(posts).toEqual([]);
  });

  it('tries once more when the version has moved', async () => {
    const { steps, posts } = manager(before, { moves: 1 });
    await steps.bring(step, 'after');
    expect(posts.at(-1)).toBe('/services/6a0w5rp0/update?version=12');
    await expect(manager(before, { moves: 2 }).steps.bring(step, 'after')).rejects.toThrow('out of sequence');
  });

  it("does not write over somebody else's change", async () => {
    const { steps, posts } = manager(changed({ Image: 'web:2' }));
    await expect(steps.bring(step, 'after')).rejects.toThrow('changed by somebody else');
    expect(posts).toEqual([]);
  });

  it('waits until swarm is done', async () => {
    await expect(
      manager(before, { states: [undefined, 'updating', 'completed'] }).steps.bring(step, 'after'),
    ).resolves.toBe(undefined);
  });

  it.each(['paused', 'rollback_started', 'rollback_completed'])('fails where swarm ends with %s', async (state) => {
    const { steps } = manager(before, { states: ['updating', state] });
    await expect(steps.bring(step, 'after')).rejects.toThrow(`(${state}): a task ended early`);
  });

  it('fails where swarm does not come to an end', async () => {
    await expect(manager(before, { states: ['updating'] }).steps.bring(step, 'after')).rejects.toThrow('took longer');
  });

  it('takes an update that never begins for one that changes no task', async () => {
    await expect(manager(before, { states: [undefined] }).steps.bring(step, 'after')).resolves.toBe(undefined);
  });

  it('does not wait on the way back', async () => {
    const { steps, spec } = manager(after, { states: ['paused'] });
    await steps.bring(step, 'before');
    expect(spec()).toBe(before);
  });
});
