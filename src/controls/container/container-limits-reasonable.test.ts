import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerLimitsReasonable as control } from './container-limits-reasonable.ts';

const gibibyte = 1024 ** 3;
const onTenGibibytes = {
  machine: machine({ engine: engine({}, { info: info({ memory: 10 * gibibyte, processors: 10 }) }) }),
};

test('a limit of exactly the share passes, one above it fails at its field', () => {
  const exact = container({ resources: { memory: 8 * gibibyte, cpus: 8 } });
  expect(judge(control, exact, onTenGibibytes).status).toBe('pass');
  const memory = judge(control, container({ resources: { memory: 8 * gibibyte + 1 } }), onTenGibibytes);
  expect(memory.status).toBe('fail');
  expect(memory.field).toBe('resources.memory');
  const cpus = judge(control, container({ resources: { cpus: 8.01 } }), onTenGibibytes);
  expect(cpus.status).toBe('fail');
  expect(cpus.field).toBe('resources.cpus');
});

test('the message names every limit that is too large, and no other', () => {
  const both = judge(control, container({ resources: { memory: 9 * gibibyte, cpus: 10 } }), onTenGibibytes);
  expect(both.message.en).toContain('9 GiB / 10 GiB, 10 CPU / 10 CPU');
  const one = judge(control, container({ resources: { cpus: 10 } }), onTenGibibytes);
  expect(one.message.en).not.toContain('GiB');
});

test('the share is a parameter', () => {
  const half = container({ resources: { memory: 4 * gibibyte, cpus: 2 } });
  expect(judge(control, half).status).toBe('pass');
  expect(judge(control, half, { parameters: { share: 0.4 } }).status).toBe('fail');
});

test('one limit is judged without the other; none is not the question here', () => {
  expect(judge(control, container({ resources: { memory: null, cpus: 4 } })).status).toBe('fail');
  expect(judge(control, container({ resources: { memory: 0, cpus: null } })).status).toBe('not-applicable');
});

test('the cgroup outranks the configuration, both ways', () => {
  const limits = known({ memory: 8 * gibibyte }, 'kernel', '/sys/fs/cgroup/docker-f0');
  const verdict = judge(control, running({ limits }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.source).toBe('kernel');
  expect(judge(control, running({}, { resources: { memory: 8 * gibibyte, cpus: 4 } })).status).toBe('pass');
});

test('an unreadable cgroup falls back to the configuration', () => {
  const verdict = judge(control, running({ limits: hidden }, { resources: { cpus: 4 } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.source).toBe('engine-api');
});

test('on paper there is no machine to compare with', () => {
  expect(judge(control, container(), { machine: undefined }).status).toBe('not-applicable');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, container(), { machine: machine({ engine: engine({}, { info: hidden }) }) }).status).toBe(
    'unknown',
  );
});

test.each([undefined, 0])(
  'an engine that gives its memory as %s is unknown, unless the other limit already fails',
  (memory) => {
    const sizeless = { machine: machine({ engine: engine({}, { info: info({ memory }) }) }) };
    expect(judge(control, container(), sizeless).status).toBe('unknown');
    const tooMany = container({ resources: { cpus: 4 } });
    expect(judge(control, tooMany, sizeless).status).toBe('fail');
    expect(control.remedy(tooMany, contextOf(control, sizeless))).toMatchObject({
      change: { resources: { cpus: 3.2 } },
    });
  },
);

test('the remedy lowers only what is too large', () => {
  const before = container({ resources: { cpus: 4 } });
  const remedy = control.remedy(before, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('not a change of the container');
  expect(remedy.change).toEqual({ resources: { cpus: 3.2 } });
  expect(judge(control, applySpecChange(before, remedy.change)).status).toBe('pass');
});
