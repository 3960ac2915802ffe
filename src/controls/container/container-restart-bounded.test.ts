import { expect, test } from 'vitest';
import { container, judge, running } from '../../../test/subjects.ts';
import type { RestartPolicy } from '../../model/container-spec.ts';
import { containerRestartBounded as control } from './container-restart-bounded.ts';

function restarting(restart: RestartPolicy) {
  return { ...container(), restart };
}

test('no policy is no restart', () => {
  expect(judge(control, restarting({})).status).toBe('pass');
  expect(judge(control, restarting({ name: 'no' })).status).toBe('pass');
});

test.each([1, 5])('%s retries are bounded', (maximumRetries) => {
  expect(judge(control, restarting({ name: 'on-failure', maximumRetries })).status).toBe('pass');
});

test.each([undefined, 0, -1, 6])('on-failure with %s retries fails', (retries) => {
  const verdict = judge(
    control,
    restarting({ name: 'on-failure', ...(retries === undefined ? {} : { maximumRetries: retries }) }),
  );
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('restart.maximumRetries');
});

test.each(['always', 'unless-stopped'] as const)(
  '%s fails, whatever its number says: docker-bench passes it',
  (name) => {
    for (const restart of [{ name }, { name, maximumRetries: 0 }, { name, maximumRetries: 5 }]) {
      const verdict = judge(control, restarting(restart));
      expect(verdict.status).toBe('fail');
      expect(verdict.field).toBe('restart.name');
    }
  },
);

test('how many are too many is a parameter', () => {
  const ten = restarting({ name: 'on-failure', maximumRetries: 10 });
  expect(judge(control, ten, { parameters: { maximumRetries: 10 } }).status).toBe('pass');
  expect(
    judge(control, restarting({ name: 'on-failure', maximumRetries: 3 }), { parameters: { maximumRetries: 2 } }).status,
  ).toBe('fail');
});

test('an orchestrator decides for its own containers, Compose does not', () => {
  const always = { ...running(), restart: { name: 'always' } } as const;
  expect(judge(control, { ...always, owner: { kind: 'kubernetes' } }).status).toBe('not-applicable');
  expect(judge(control, { ...always, owner: { kind: 'swarm' } }).status).toBe('not-applicable');
  expect(judge(control, { ...always, dialect: 'pod' }).status).toBe('not-applicable');
  expect(judge(control, { ...always, owner: { kind: 'compose' } }).status).toBe('fail');
});
