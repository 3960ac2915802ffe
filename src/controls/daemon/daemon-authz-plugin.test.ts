import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonAuthzPlugin as control } from './daemon-authz-plugin.ts';

const version = (number: string, runc = '1.3.4') =>
  mapFact(engine().version, (before) => ({ ...before, version: number, components: { Engine: number, runc } }));

test('a plugin on a current engine passes', () => {
  expect(judge(control, engine()).status).toBe('pass');
});

test('docker-bench 2.12 passes on null; no plugin fails', () => {
  const verdict = judge(control, engine({ 'authorization-plugins': null }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'authorization-plugins' });
  expect(judge(control, engine({ 'authorization-plugins': [] })).status).toBe('fail');
});

test('the running engine outranks the file', () => {
  const notYetLoaded = engine({}, { info: info({ authorizationPlugins: [] }) });
  expect(judge(control, notYetLoaded).status).toBe('fail');
});

test.each(['23.0.14', '25.0.5', '26.1.4', '27.1.0'])('a plugin on %s can be got past (CVE-2024-41110)', (number) => {
  const verdict = judge(control, engine({}, { version: version(number) }));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('CVE-2024-41110');
});

test('so it can on 28.5.2, by the second fault of the kind (CVE-2026-34040)', () => {
  const verdict = judge(control, engine({}, { version: version('28.5.2') }));
  expect(verdict.message.en).toContain('CVE-2026-34040');
  expect(verdict.message.en).not.toContain('CVE-2024-41110');
});

test('faults that leave plugins alone do not count here', () => {
  expect(judge(control, engine({}, { version: version('29.3.1') })).status).toBe('pass');
});

test('what a distribution built is unknown, never a false alarm', () => {
  const verdict = judge(control, engine({}, { version: version('20.10.24+dfsg1') }));
  expect(verdict.status).toBe('unknown');
  expect(verdict.need?.en).toContain('CVE-2024-41110');
  expect(judge(control, engine({}, { version: version('27.0.3', '1.1.12-0ubuntu3.1') })).status).toBe('unknown');
});

test('so is 25.0 as others go on mending it', () => {
  expect(judge(control, engine({}, { version: version('25.0.18') })).status).toBe('unknown');
  expect(judge(control, engine({}, { version: version('25.0.6') })).status).toBe('fail');
});

test('a distribution build that is new enough passes', () => {
  expect(judge(control, engine({}, { version: version('29.4.0+dfsg1') })).status).toBe('pass');
});

test('no number, or no answer, is unknown', () => {
  expect(judge(control, engine({}, { version: version('dev') })).status).toBe('unknown');
  expect(judge(control, engine({}, { version: hidden })).status).toBe('unknown');
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});

test('only a plugin that the site names is switched on: with one that it cannot find, dockerd does not start', () => {
  const bare = engine({ 'authorization-plugins': null });
  expect(control.remedy(bare, contextOf(control)).kind).toBe('manual');
  const named = contextOf(control, { parameters: { plugin: 'site-guard' } });
  expect(control.remedy(bare, named)).toMatchObject({
    set: { 'authorization-plugins': ['site-guard'] },
    disruption: 'reload',
  });
});

test('against a fault of the engine only an upgrade helps', () => {
  const named = contextOf(control, { parameters: { plugin: 'site-guard' } });
  expect(control.remedy(engine({}, { version: version('27.1.0') }), named).kind).toBe('manual');
});
