import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import { daemonExistingContainersLogging as control } from './daemon-existing-containers-logging.ts';

const logging = (name: string, driver: string | null) => container({ name, logging: { driver, options: {} } });
const among = (...containers: ReturnType<typeof logging>[]) => ({ machine: machine({ containers }) });

test('containers with the default driver pass, named or not', () => {
  expect(judge(control, engine(), among(logging('a', 'syslog'), logging('b', null))).status).toBe('pass');
});

test('a container that was created before the default changed fails by its name', () => {
  const verdict = judge(control, engine(), among(logging('new', 'syslog'), logging('old', 'json-file')));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('old (json-file)');
  expect(verdict.message.en).not.toContain('new');
  expect(verdict.evidence.map(({ value }) => value)).toEqual(['syslog', 'json-file']);
});

test('a driver may be chosen on purpose', () => {
  const circumstances = { ...among(logging('audit', 'gelf')), parameters: { allowedDrivers: ['gelf'] } };
  expect(judge(control, engine(), circumstances).status).toBe('pass');
});

test('the default is what the running engine says, not what its file says', () => {
  const edited = engine({ 'log-driver': 'journald' }, { info: info({ loggingDriver: 'syslog' }) });
  expect(judge(control, edited, among(logging('a', 'syslog'))).status).toBe('pass');
  expect(judge(control, edited, among(logging('a', 'journald'))).status).toBe('fail');
});

test('without containers the question does not arise', () => {
  expect(judge(control, engine(), among()).status).toBe('not-applicable');
});

test('without an answer, a default or a machine it is unknown', () => {
  expect(judge(control, engine({}, { info: hidden }), among(logging('a', 'syslog'))).status).toBe('unknown');
  const silent = engine({}, { info: info({ loggingDriver: undefined }) });
  expect(judge(control, silent, among(logging('a', 'syslog'))).status).toBe('unknown');
  expect(judge(control, engine(), { machine: undefined }).status).toBe('unknown');
});

test('the remedy re-creates the containers at fault, and only those', () => {
  const context = contextOf(control, among(logging('new', 'syslog'), logging('old', 'json-file')));
  const remedy = control.remedy(engine(), context);
  expect(remedy).toMatchObject({ kind: 'manual', disruption: 'recreate' });
  expect(remedy.summary.en).toContain('old');
  expect(remedy.summary.en).not.toMatch(/\bnew\b/);
});
