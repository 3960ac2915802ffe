import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonAllowDirectRoutingOff as control } from './daemon-allow-direct-routing-off.ts';

const versioned = (version: string) => ({
  version: mapFact(engine().version, (before) => ({ ...before, version })),
});
const flagged = (flag: string) => ({
  process: mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', flag] })),
});

test('not set, or off, passes', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine({ 'allow-direct-routing': false })).status).toBe('pass');
});

test('switched on in the file or on the command line it fails', () => {
  expect(judge(control, engine({ 'allow-direct-routing': true }))).toMatchObject({
    status: 'fail',
    field: 'allow-direct-routing',
  });
  const subject = engine({}, flagged('--allow-direct-routing'));
  expect(judge(control, subject)).toMatchObject({ status: 'fail', evidence: [{ source: 'command-line' }] });
  expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
});

test('an engine before 28 has nothing to switch off', () => {
  expect(judge(control, engine({}, versioned('20.10.24+dfsg1'))).status).toBe('not-applicable');
  expect(judge(control, engine({ 'allow-direct-routing': true }, versioned('28.2.0'))).status).toBe('fail');
});

test('a variable does the same, of which the engine warns', () => {
  const subject = engine({}, { info: info({ warnings: ['WARNING: DOCKER_INSECURE_NO_IPTABLES_RAW is set'] }) });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', evidence: [{ path: 'GET /info Warnings' }] });
  expect(control.remedy(subject, contextOf(control))).toMatchObject({
    kind: 'manual',
    commands: expect.arrayContaining(['systemctl edit docker.service', 'systemctl restart docker.service']),
  });
});

test('without the version it is not known that there is a protection', () => {
  expect(judge(control, engine({}, { version: hidden })).status).toBe('unknown');
  expect(judge(control, engine({ 'allow-direct-routing': true }, { version: hidden })).status).toBe('fail');
});

test('a configuration that cannot be read is unknown', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
});
