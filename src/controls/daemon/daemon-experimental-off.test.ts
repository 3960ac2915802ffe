import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonExperimentalOff as control } from './daemon-experimental-off.ts';

const version = (experimental: boolean) => mapFact(engine().version, (before) => ({ ...before, experimental }));

test('the running engine must not be experimental, wherever its API says so', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine({}, { info: info({ experimental: true }) }))).toMatchObject({
    status: 'fail',
    field: 'experimental',
  });
  expect(judge(control, engine({}, { version: version(true) })).status).toBe('fail');
});

test('the running engine outranks its file, both ways', () => {
  const edited = engine({ experimental: true }, { info: info({ experimental: false }) });
  expect(judge(control, edited).status).toBe('pass');
  const notRestarted = engine({ experimental: false }, { info: info({ experimental: true }) });
  expect(judge(control, notRestarted).status).toBe('fail');
  expect(control.remedy(notRestarted, contextOf(control))).toMatchObject({
    kind: 'manual',
    disruption: 'daemon-restart',
  });
});

test('the file decides where the API is silent', () => {
  const silent = { version: hidden, info: info({ experimental: undefined }) };
  expect(judge(control, engine({ experimental: true }, silent)).status).toBe('fail');
  expect(judge(control, engine({}, silent)).status).toBe('pass');
  expect(judge(control, engine({}, { ...silent, configuration: hidden })).status).toBe('unknown');
});

test('features that are on must be reviewed', () => {
  expect(judge(control, engine({ features: { 'containerd-snapshotter': true } })).status).toBe('pass');
  expect(judge(control, engine({ features: { 'time-namespaces': true } }))).toMatchObject({
    status: 'fail',
    field: 'features',
  });
  const parameters = { reviewedFeatures: ['time-namespaces'] };
  expect(judge(control, engine({ features: { 'time-namespaces': true } }), { parameters }).status).toBe('pass');
});

test('a feature that is off is not on, and null is none', () => {
  expect(judge(control, engine({ features: { 'time-namespaces': false } })).status).toBe('pass');
  const configuration = mapFact(engine().configuration, (before) =>
    before === null ? null : { ...before, values: { features: null } },
  );
  expect(judge(control, engine({}, { configuration })).status).toBe('pass');
});

test('features that cannot be read are unknown, unless it fails already', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
  const experimental = { configuration: hidden, version: version(true) };
  expect(judge(control, engine({}, experimental)).status).toBe('fail');
});

test('the remedy takes out what is at fault and keeps the rest', () => {
  const both = engine({ experimental: true, features: { buildkit: true, 'time-namespaces': true } });
  expect(control.remedy(both, contextOf(control))).toMatchObject({
    kind: 'daemon',
    set: { experimental: null, features: { buildkit: true } },
  });
  const one = engine({ features: { 'time-namespaces': true } });
  expect(control.remedy(one, contextOf(control))).toMatchObject({ set: { features: null }, disruption: 'reload' });
});

test('a switch on the command line is left to a person', () => {
  const process = mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', '--experimental'] }));
  const subject = engine({}, { process, info: info({ experimental: true }) });
  const remedy = control.remedy(subject, contextOf(control));
  expect(remedy.kind).toBe('manual');
  expect(remedy.summary.en).toContain('--experimental');
});
