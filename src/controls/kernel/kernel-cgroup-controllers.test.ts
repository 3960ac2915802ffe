import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, info, judge, kernel, machine } from '../../../test/subjects.ts';
import type { EngineInfo } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { kernelCgroupControllers as control } from './kernel-cgroup-controllers.ts';
import { kernelWith } from './other-kernel.ts';

const needed = ['memory', 'cpu', 'cpuset', 'pids', 'io'];
const limited = (limits: EngineInfo['limits']) => ({
  machine: machine({ engine: engine({}, { info: info({ limits }) }) }),
});
const severity = (subject = host(), circumstances = {}) =>
  typeof control.severity === 'string' ? '' : control.severity.of(subject, contextOf(control, circumstances));
const summary = (subject = host(), circumstances = {}) =>
  control.remedy(subject, contextOf(control, circumstances)).summary.en;

test.each(needed)('a kernel without %s fails', (name) => {
  const subject = host(kernelWith({ controllers: needed.filter((each) => each !== name) }));
  const verdict = judge(control, subject);
  expect(verdict).toMatchObject({ status: 'fail', field: 'kernel.controllers' });
  expect(verdict.message.en).toMatch(new RegExp(`: ${name}\\.$`));
  expect(severity(subject)).toBe('high');
});

test('the five are enough, whatever the engine leaves unsaid', () => {
  const subject = host(kernelWith({ controllers: needed }));
  expect(judge(control, subject, limited({})).status).toBe('pass');
  expect(judge(control, subject, { machine: undefined }).status).toBe('pass');
  expect(judge(control, subject, { machine: machine({ engine: engine({}, { info: hidden }) }) }).status).toBe('pass');
});

test.each([
  [{ memory: false }, 'memory', 'high'],
  [{ 'cpu-quota': false, 'cpu-shares': false }, 'cpu', 'high'],
  [{ processes: false }, 'pids', 'high'],
  [{ swap: false }, 'swap', 'low'],
  [{ swap: false, memory: false }, 'memory, swap', 'high'],
])('what the engine cannot limit fails: %j', (limits, names, level) => {
  const verdict = judge(control, host(), limited(limits));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain(`: ${names}.`);
  expect(severity(host(), limited(limits))).toBe(level);
});

test('an engine elsewhere says nothing of this host', () => {
  const elsewhere = engine({}, { local: false, info: info({ limits: { memory: false } }) });
  expect(judge(control, host(), { machine: machine({ engine: elsewhere }) }).status).toBe('pass');
});

test('Podman answers false for all of version 2, and is not believed', () => {
  const podman = engine(
    {},
    { kind: 'podman', info: info({ limits: { memory: false, swap: false, 'cpu-set': false } }) },
  );
  expect(judge(control, host(), { machine: machine({ engine: podman }) }).status).toBe('pass');
});

test('controllers that cannot be read are unknown, unless the engine misses some', () => {
  const subject = kernel({ controllers: hidden });
  expect(judge(control, subject).status).toBe('unknown');
  expect(judge(control, subject, limited({ memory: false })).status).toBe('fail');
});

test('the remedy depends on what is missing', () => {
  const rootless = info({ securityOptions: ['name=rootless'], limits: { memory: false } });
  expect(summary(host(), { machine: machine({ engine: engine({}, { info: rootless }) }) })).toContain('Delegate');
  expect(summary(host(), limited({ memory: false }))).not.toContain('Delegate');
  const version1 = { cgroupVersion: known<1 | 2>(1, 'kernel', '/proc/self/mountinfo') };
  expect(summary(host(version1), limited({ swap: false }))).toContain('swapaccount=1');
  expect(summary(host(kernelWith({ controllers: ['memory'] })))).toContain('unified');
});
