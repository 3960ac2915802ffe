import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge, machine, running } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { daemonNoNewPrivileges as control } from './daemon-no-new-privileges.ts';

const silent = info({ securityOptions: ['name=seccomp,profile=default'] });
const version = (number: string) => mapFact(engine().version, (before) => ({ ...before, version: number }));
const old = { info: silent, version: version('20.10.24+dfsg1') };
const flag = (value: boolean) => ({ noNewPrivileges: known(value, 'kernel', '/proc/412/status NoNewPrivs') });

test('an engine that reports it passes, one that does not fails', () => {
  expect(judge(control, engine()).status).toBe('pass');
  const verdict = judge(control, engine({ 'no-new-privileges': false }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'no-new-privileges' });
  expect(judge(control, engine({ 'no-new-privileges': null })).status).toBe('fail');
});

test('an engine older than 24.0 never reports it: its setting decides', () => {
  const verdict = judge(control, engine({}, old));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence[0]?.source).toBe('file');
  expect(judge(control, engine({ 'no-new-privileges': null }, old)).status).toBe('fail');
  expect(judge(control, engine({}, { ...old, configuration: hidden })).status).toBe('unknown');
});

test('a newer engine that does not report it has not taken the setting over', () => {
  const pending = engine({ 'no-new-privileges': true }, { info: silent });
  const verdict = judge(control, pending);
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('has not been restarted');
  expect(control.remedy(pending, contextOf(control))).toMatchObject({ kind: 'manual', disruption: 'daemon-restart' });
});

test('the flag on every running container passes, on most of them it does not', () => {
  const off = engine({ 'no-new-privileges': false });
  const all = machine({ containers: [running(flag(true)), running(flag(true))] });
  const verdict = judge(control, off, { machine: all });
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence).toHaveLength(2);
  expect(verdict.evidence[0]?.source).toBe('kernel');
  const most = machine({ containers: [running(flag(true)), running(flag(false))] });
  expect(judge(control, off, { machine: most }).status).toBe('fail');
  const unseen = machine({ containers: [running(flag(true)), running({ noNewPrivileges: hidden })] });
  expect(judge(control, off, { machine: unseen }).status).toBe('fail');
});

test('without a running container there is nothing to see', () => {
  expect(judge(control, engine({ 'no-new-privileges': false }), { machine: undefined }).status).toBe('fail');
  expect(judge(control, engine({ 'no-new-privileges': false }), { machine: machine() }).status).toBe('fail');
});

test('an engine that does not answer is unknown, unless its containers show it', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
  const all = machine({ containers: [running(flag(true))] });
  expect(judge(control, engine({}, { info: hidden }), { machine: all }).status).toBe('pass');
});

test('silence means nothing while the version is not known', () => {
  expect(judge(control, engine({}, { info: silent, version: hidden })).status).toBe('unknown');
});
