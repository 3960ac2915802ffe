import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge, machine, running } from '../../../test/subjects.ts';
import { applyDaemonChange } from '../../model/daemon-change.ts';
import { known, mapFact } from '../../model/fact.ts';
import { daemonUsernsRemap as control } from './daemon-userns-remap.ts';

const plain = info({ securityOptions: ['name=seccomp,profile=builtin'] });
const user = (hostUid: number) => known({ uid: hostUid, hostUid, hostGid: hostUid }, 'kernel', '/proc/412/status Uid');
const processes = (...hostUids: number[]) =>
  known(
    hostUids.map((hostUid, index) => ({ pid: 412 + index, parent: 1, name: 'web', hostUid })),
    'kernel',
    '/proc/*/cgroup',
  );
const severity = (subject = engine({}, { info: plain }), where = machine()) => {
  if (typeof control.severity === 'string') throw new TypeError('not contextual');
  return control.severity.of(subject, contextOf(control, { machine: where }));
};

test('remapped or rootless passes', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine({}, { info: info({ securityOptions: ['name=rootless'] }) })).status).toBe('pass');
  const process = mapFact(engine().process, (before) => ({ ...before, uid: 1000 }));
  expect(judge(control, engine({}, { process, info: hidden })).status).toBe('pass');
});

test('neither fails, whatever the file promises', () => {
  const verdict = judge(control, engine({ 'userns-remap': 'default' }, { info: plain }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'userns-remap' });
});

test('an option that only looks like it does not count', () => {
  const subject = engine({}, { info: info({ securityOptions: ['name=usernsx', 'name=cgroupns'] }) });
  expect(judge(control, subject).status).toBe('fail');
});

test('it fails more mildly, and says why, while no process of a container is root on the host', () => {
  const nobody = machine({ containers: [running({ user: user(10_001), processes: processes(10_001, 10_002) })] });
  const verdict = judge(control, engine({}, { info: plain }), { machine: nobody });
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('no running container has a root process');
  expect(severity(undefined, nobody)).toBe('low');
  expect(severity(engine(), nobody)).toBe('high');
});

test.each([
  ['there is no running container', machine()],
  ['one is root', machine({ containers: [running(), running({ user: user(0) })] })],
  ['one has another process that is root', machine({ containers: [running({ processes: processes(10_001, 0) })] })],
  ['the user of one cannot be read', machine({ containers: [running(), running({ user: hidden })] })],
])('it stays high when %s', (_name, where) => {
  expect(severity(undefined, where)).toBe('high');
  const verdict = judge(control, engine({}, { info: plain }), { machine: where });
  expect(verdict.message.en).toBe('Root in a container is root on the host.');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});

test('seed 004 sets true, with which dockerd does not start; the remedy sets a string', () => {
  const wrong = engine({ 'userns-remap': true });
  expect(judge(control, wrong).status).toBe('fail');
  const remedy = control.remedy(wrong, contextOf(control));
  if (remedy.kind !== 'daemon') throw new Error('not a setting');
  expect(remedy.set).toEqual({ 'userns-remap': 'default' });
  expect(judge(control, applyDaemonChange(wrong, remedy.set)).status).toBe('pass');
});
