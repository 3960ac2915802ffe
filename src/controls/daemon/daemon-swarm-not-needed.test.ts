import { expect, test } from 'vitest';
import { container, engine, hidden, judge, machine, network } from '../../../test/subjects.ts';
import { daemonSwarmNotNeeded as control } from './daemon-swarm-not-needed.ts';
import { swarmManager, swarmWorker, told } from './swarm-node.fixture.ts';

const idle = swarmManager({ services: told([], '/services') });

test('no swarm passes, and so does one with services', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, swarmManager()).message.en).toContain('web');
});

test('a swarm without services fails, unless it is wanted', () => {
  expect(judge(control, idle)).toMatchObject({ status: 'fail', evidence: [{ value: 'active' }, { value: [] }] });
  expect(judge(control, idle, { parameters: { needed: true } }).status).toBe('pass');
});

test("a container of a service is proof on a worker, a container of one's own is none", () => {
  const owned = { ...container(), owner: { kind: 'swarm' as const, service: 'shop_web' } };
  const verdict = judge(control, swarmWorker(), { machine: machine({ containers: [owned, container()] }) });
  expect(verdict).toMatchObject({ status: 'pass', message: { en: expect.stringContaining('shop_web') } });
  expect(judge(control, swarmWorker()).status).toBe('unknown');
});

test('containers without a service may need an overlay network: leaving would take it from them', () => {
  const backend = network({ name: 'backend', driver: 'overlay', scope: 'swarm', members: [{ id: 'ab', name: 'db' }] });
  const on = (...networks: (typeof backend)[]) => ({ networks: told(networks, '/networks') });
  const verdict = judge(control, { ...idle, ...on(backend) });
  expect(verdict).toMatchObject({ status: 'pass', evidence: [{ value: 'active' }, { value: ['backend'] }] });
  expect(judge(control, { ...idle, ...on({ ...backend, members: [] }, network()) }).status).toBe('fail');
  expect(judge(control, { ...idle, networks: hidden }).status).toBe('fail');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { swarm: hidden })).status).toBe('unknown');
  expect(judge(control, swarmManager({ services: hidden })).status).toBe('unknown');
});
