import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import type { EngineInfo } from '../../model/engine.ts';
import { hostContainerDensity as control } from './host-container-density.ts';

const carrying = (change: Partial<EngineInfo>) => engine({}, { info: info(change) });
const GiB = 1024 ** 3;

test.each([
  [100, {}, 'pass'],
  [101, {}, 'fail'],
  [11, { perProcessor: 2 }, 'fail'],
  [8, { perProcessor: 2 }, 'pass'],
  [150, { maximum: 200 }, 'pass'],
  [51, { maximum: 50 }, 'fail'],
] as const)('%i containers on four processors with %j', (runningContainers, parameters, status) => {
  expect(judge(control, carrying({ runningContainers }), { parameters }).status).toBe(status);
});

test('memory that is promised must be there, to those that run', () => {
  const greedy = container({ resources: { memory: 5 * GiB } });
  const two = (state: 'running' | 'stopped') => ({
    machine: machine({
      containers: [
        { ...greedy, state: 'running' },
        { ...greedy, state },
      ],
    }),
  });
  expect(judge(control, engine(), two('running')).status).toBe('fail');
  expect(judge(control, engine(), two('stopped')).status).toBe('pass');
  const unlimited = { ...container({ resources: { memory: -1 } }), state: 'running' as const };
  expect(judge(control, engine(), { machine: machine({ containers: [unlimited] }) }).status).toBe('pass');
});

test('an engine that does not tell is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
  const { runningContainers: _running, ...rest } = info({}).known
    ? (info({}) as { value: EngineInfo }).value
    : ({} as EngineInfo);
  const silent = engine({}, { info: { ...info({}), value: rest } as ReturnType<typeof info> });
  expect(judge(control, silent).status).toBe('unknown');
  expect(control.remedy(engine(), contextOf(control)).kind).toBe('manual');
});
