import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine, running } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { containerSeccompOn as control } from './container-seccomp-on.ts';

const mode = (value: number) => known(value, 'kernel', '/proc/412/status Seccomp');
const options = (...securityOptions: string[]) => ({
  machine: machine({ engine: engine({}, { info: info({ securityOptions }) }) }),
});
const off = { security: { seccomp: 'unconfined' } };

test('a profile that is switched off fails, running or not', () => {
  expect(judge(control, container(off))).toMatchObject({ status: 'fail', field: 'security.seccomp' });
  expect(judge(control, running({ seccompMode: mode(0) }, off)).status).toBe('fail');
});

test('a filter of the program itself, or from around the engine, does not replace the profile', () => {
  const verdict = judge(control, running({ seccompMode: mode(2) }, off));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence.map(({ source }) => source)).toEqual(['kernel', 'engine-api']);
});

test('the kernel outranks a configuration that promises a profile', () => {
  expect(judge(control, running({ seccompMode: mode(0) })).status).toBe('fail');
  expect(judge(control, running({ seccompMode: mode(0) }, { security: { seccomp: '{}' } })).status).toBe('fail');
});

test('a filter on the running process is believed over what the engine does by default now', () => {
  expect(judge(control, running({ seccompMode: mode(2) }), options()).status).toBe('pass');
});

test('a privileged container has no profile unless it names one', () => {
  const verdict = judge(control, container({ privileged: true }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'privileged' });
  const named = container({ privileged: true, security: { seccomp: '{"defaultAction":"SCMP_ACT_ERRNO"}' } });
  expect(judge(control, named).status).toBe('pass');
});

// docker-bench looks for the word `default`, which engines from 22 on no longer print.
test.each([
  'name=seccomp,profile=default',
  'name=seccomp,profile=builtin',
  'name=seccomp,profile=/etc/docker/own.json',
])('the default of an engine that says %s is a profile', (option) => {
  expect(judge(control, container(), options(option)).status).toBe('pass');
});

test('the default of an engine may be none', () => {
  expect(judge(control, container(), options('name=seccomp,profile=unconfined')).status).toBe('fail');
  expect(judge(control, container(), options('name=apparmor')).status).toBe('fail');
});

test('a profile of its own does not depend on the default of the engine', () => {
  const own = container({ security: { seccomp: '{"defaultAction":"SCMP_ACT_ERRNO"}' } });
  expect(judge(control, own, options('name=seccomp,profile=unconfined')).status).toBe('pass');
});

test('an engine that does not answer leaves its default unknown', () => {
  const silent = { machine: machine({ engine: engine({}, { info: hidden }) }) };
  expect(judge(control, container(), silent).status).toBe('unknown');
  expect(judge(control, running({ seccompMode: hidden }), silent).status).toBe('unknown');
});

test('without a machine the default is taken to be on', () => {
  expect(judge(control, container(), { machine: undefined }).status).toBe('pass');
});

test('the remedy goes to where the profile was switched off', () => {
  expect(control.remedy(container(off), contextOf(control))).toMatchObject({ change: { security: { seccomp: null } } });
  const unconfined = options('name=seccomp,profile=unconfined');
  expect(control.remedy(container(), contextOf(control, unconfined))).toMatchObject({
    kind: 'daemon',
    set: { 'seccomp-profile': null },
  });
  expect(control.remedy(container(), contextOf(control, options())).kind).toBe('manual');
  expect(control.remedy(container({ privileged: true }), contextOf(control, unconfined))).toMatchObject({
    change: { privileged: false },
  });
});

test('a default that comes from the command line is changed there: dockerd does not start with both', () => {
  const { process, info: answer } = options('name=seccomp,profile=unconfined').machine.engine;
  const flagged = mapFact(process, (before) => ({ ...before, arguments: ['dockerd', '--seccomp-profile=unconfined'] }));
  const circumstances = { machine: machine({ engine: engine({}, { process: flagged, info: answer }) }) };
  const remedy = control.remedy(container(), contextOf(control, circumstances));
  expect(remedy.kind).toBe('manual');
  expect(remedy.summary.en).toContain('--seccomp-profile');
});
