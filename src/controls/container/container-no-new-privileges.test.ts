import { expect, test } from 'vitest';
import { container, engine, hidden, info, judge, machine, running } from '../../../test/subjects.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { containerNoNewPrivileges as control } from './container-no-new-privileges.ts';

const live = (value: boolean) => known(value, 'kernel', '/proc/412/status NoNewPrivs');
const unset = container({ security: { noNewPrivileges: null } });
const withEngine = (subject: EngineFacts) => ({ machine: machine({ engine: subject }) });
const version = (number: string): EngineFacts['version'] =>
  known(
    { version: number, apiVersion: '1.41', minimumApiVersion: '1.12', experimental: false, components: {} },
    'engine-api',
    'GET /version',
  );

test('the option of the container decides on paper, and false is an answer', () => {
  expect(judge(control, container({ security: { noNewPrivileges: true } })).status).toBe('pass');
  const verdict = judge(control, container({ security: { noNewPrivileges: false } }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'security.noNewPrivileges' });
});

test('a container that says nothing has the default of its engine', () => {
  expect(judge(control, unset).status).toBe('pass');
  expect(judge(control, unset, withEngine(engine({ 'no-new-privileges': null }))).status).toBe('fail');
});

// docker-bench reads the option alone: with the engine's default it stays empty and the container fails there.
test('an engine that is too old to list its default is believed by its settings', () => {
  const silent = info({ securityOptions: ['name=seccomp,profile=default'] });
  const told = engine({ 'no-new-privileges': true }, { info: silent, version: version('20.10.24+dfsg1') });
  const verdict = judge(control, unset, withEngine(told));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence[0]?.source).toBe('file');
  const untold = engine({ 'no-new-privileges': null }, { info: silent, version: version('20.10.24+dfsg1') });
  expect(judge(control, unset, withEngine(untold)).status).toBe('fail');
  const unread = { ...untold, configuration: hidden };
  expect(judge(control, unset, withEngine(unread)).status).toBe('unknown');
});

test('a newer engine that does not list it has it off, even if its settings cannot be read', () => {
  const remote = engine({ 'no-new-privileges': null }, { configuration: hidden, process: hidden });
  expect(judge(control, unset, withEngine(remote)).status).toBe('fail');
});

test('without a machine an option that is not set is not there', () => {
  expect(judge(control, unset, { machine: undefined }).status).toBe('fail');
});

test('the process outranks the option, both ways', () => {
  const off = { security: { noNewPrivileges: false } };
  expect(judge(control, running({ noNewPrivileges: live(true) }, off)).status).toBe('pass');
  const verdict = judge(control, running({ noNewPrivileges: live(false) }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.source).toBe('kernel');
  expect(judge(control, running({ noNewPrivileges: hidden }, off)).status).toBe('fail');
});
