import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { hostDedicatedToContainers as control } from './host-dedicated-to-containers.ts';

const running = (...names: string[]) =>
  host({
    processes: known(
      names.map((name, pid) => ({ pid, name, uid: 0 })),
      'kernel',
      '/proc',
    ),
  });

test('a server beside the containers fails, once however many workers it has', () => {
  const verdict = judge(control, running('systemd', 'nginx', 'nginx', 'postgres'));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ value: ['nginx', 'postgres'] }] });
});

test('docker-bench 5.7 finds the grep that looks for a server: only exact names of the kernel count', () => {
  expect(judge(control, running('postgres_export', 'nginx-debug', 'mysqld_safe', 'dockerd')).status).toBe('pass');
});

test('a site says which servers it means', () => {
  expect(judge(control, running('nginx'), { parameters: { servers: ['java'] } }).status).toBe('pass');
  expect(judge(control, running('java'), { parameters: { servers: ['java'] } }).status).toBe('fail');
});

test('in a container that sees only its own processes it is unknown; a server that is seen fails', () => {
  const blind = { machine: machine({ engine: engine({}, { process: hidden }) }) };
  expect(judge(control, running('node'), blind)).toMatchObject({ status: 'unknown', need: hidden.need });
  expect(judge(control, running('node', 'nginx'), blind).status).toBe('fail');
  expect(judge(control, running('systemd', 'dockerd'), blind).status).toBe('pass');
  expect(judge(control, running('node')).status).toBe('pass');
  const elsewhere = { machine: machine({ engine: engine({}, { process: hidden, local: false }) }) };
  expect(judge(control, running('node'), elsewhere).status).toBe('pass');
});

test('processes that cannot be listed are unknown', () => {
  expect(judge(control, host({ processes: hidden })).status).toBe('unknown');
  expect(control.remedy(host(), contextOf(control)).kind).toBe('manual');
});
