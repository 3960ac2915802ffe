import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { daemonBridgeExists as control } from './daemon-bridge-exists.ts';

const seeing = (interfaces: readonly string[], options: Readonly<Record<string, string>> = {}) =>
  engine(
    {},
    {
      process: mapFact(engine().process, (before) => ({ ...before, interfaces })),
      bridge: known({ name: 'bridge', options }, 'engine-api', 'GET /networks/bridge'),
    },
  );
const named = { 'com.docker.network.bridge.name': 'cbr0' };

test.each([
  [seeing(['lo', 'docker0']), 'pass'],
  [seeing(['lo', 'eth0', 'docker_gwbridge']), 'fail'],
  [seeing(['docker0'], named), 'fail'],
  [seeing(['cbr0'], named), 'pass'],
  [engine({}, { bridge: known(null, 'engine-api', 'GET /networks/bridge') }), 'not-applicable'],
  [engine(), 'not-applicable'],
  [engine({}, { bridge: hidden }), 'unknown'],
  [engine({}, { process: hidden }), 'unknown'],
] as const)('case %#', (subject, status) => {
  expect(judge(control, subject).status).toBe(status);
});

test('an engine whose bridge another engine deleted goes on answering: the kernel decides', () => {
  const verdict = judge(control, seeing(['lo', 'eth0']));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ source: 'engine-api' }, { source: 'kernel' }] });
});

test('the engine is restarted by a person', () => {
  expect(control.remedy(engine(), contextOf(control))).toMatchObject({ kind: 'manual', disruption: 'daemon-restart' });
});
