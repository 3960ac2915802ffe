import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { applyDaemonChange } from '../../model/daemon-change.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonNoInsecureRegistries as control } from './daemon-no-insecure-registries.ts';

test('what the engine always allows on loopback is no fault', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine({}, { info: info({ insecureRegistries: [] }) })).status).toBe('pass');
});

test.each(['10.0.0.0/8', '0.0.0.0/0', '126.0.0.0/7', '::/0'])('the range %s fails', (range) => {
  const verdict = judge(control, engine({}, { info: info({ insecureRegistries: ['127.0.0.0/8', range] }) }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'insecure-registries' });
  expect(verdict.evidence[0]?.value).toEqual([range]);
});

test('a registry by name that is marked insecure fails', () => {
  const registries = { 'docker.io': true, 'registry.example:5000': false };
  const verdict = judge(control, engine({}, { info: info({ registries }) }));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('registry.example:5000');
  expect(verdict.message.en).not.toContain('docker.io');
});

test.each(['localhost', 'localhost:5000', '127.0.0.1:5000', '[::1]:5000'])('%s is on loopback', (name) => {
  expect(judge(control, engine({}, { info: info({ registries: { [name]: false } }) })).status).toBe('pass');
});

test('a name that begins like loopback is not on loopback', () => {
  const registries = { 'localhost.example:5000': false };
  expect(judge(control, engine({}, { info: info({ registries }) })).status).toBe('fail');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});

test('the remedy removes the key rather than leave an empty list, which takes loopback away from 29.10 on', () => {
  const subject = engine({ 'insecure-registries': ['registry.example:5000'] });
  const remedy = control.remedy(subject, contextOf(control));
  expect(remedy).toMatchObject({ set: { 'insecure-registries': null }, disruption: 'reload' });
});

test('the remedy keeps what is on loopback', () => {
  const subject = engine({ 'insecure-registries': ['localhost:5000', '10.0.0.0/8'] });
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'daemon') throw new Error('not a setting');
  expect(remedy.set).toEqual({ 'insecure-registries': ['localhost:5000'] });
  expect(judge(control, applyDaemonChange(subject, remedy.set)).status).toBe('pass');
});

test('what comes from the command line, or is not written down any more, is left to a person', () => {
  const process = mapFact(engine().process, (before) => ({
    ...before,
    arguments: ['dockerd', '--insecure-registry', '10.0.0.0/8'],
  }));
  const flagged = control.remedy(engine({}, { process }), contextOf(control));
  expect(flagged.kind).toBe('manual');
  expect(flagged.summary.en).toContain('--insecure-registry');
  expect(control.remedy(engine(), contextOf(control))).toMatchObject({ kind: 'manual', disruption: 'reload' });
});
