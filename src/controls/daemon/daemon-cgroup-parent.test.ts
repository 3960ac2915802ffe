import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonCgroupParent as control } from './daemon-cgroup-parent.ts';

const started = (...options: string[]) => ({
  process: mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', ...options] })),
});

test('the trap of docker-bench 2.10: a parent in daemon.json counts', () => {
  expect(judge(control, engine({ 'cgroup-parent': '/foobar' }))).toMatchObject({
    status: 'fail',
    field: 'cgroup-parent',
    evidence: [{ source: 'file', value: '/foobar' }],
  });
});

test('a parent on the command line counts too, and is left to a person', () => {
  const subject = engine({}, started('--cgroup-parent=/foobar'));
  expect(judge(control, subject)).toMatchObject({ status: 'fail', evidence: [{ source: 'command-line' }] });
  expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
});

test('none, or an empty one, is the default', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine({ 'cgroup-parent': '' })).status).toBe('pass');
  expect(judge(control, engine({}, started('--cgroup-parent='))).status).toBe('pass');
});

const under = (cgroupDriver: string, parent: string, securityOptions: string[] = []) =>
  judge(control, engine({ 'cgroup-parent': parent }, { info: info({ cgroupDriver, securityOptions }) })).status;

test('the default of the driver in use may be spelled out', () => {
  expect(under('cgroupfs', '/docker')).toBe('pass');
  expect(under('systemd', 'system.slice')).toBe('pass');
  expect(under('systemd', 'user.slice', ['name=rootless'])).toBe('pass');
  expect(under('systemd', '/docker')).toBe('fail');
  expect(under('cgroupfs', 'system.slice')).toBe('fail');
  expect(judge(control, engine({ 'cgroup-parent': '/docker' }, { info: hidden })).status).toBe('fail');
});

test('a reviewed slice can be allowed', () => {
  const subject = engine({ 'cgroup-parent': 'containers.slice' });
  expect(judge(control, subject).status).toBe('fail');
  expect(judge(control, subject, { parameters: { allowed: ['containers.slice'] } }).status).toBe('pass');
});

test('a configuration that cannot be read is unknown', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
});
