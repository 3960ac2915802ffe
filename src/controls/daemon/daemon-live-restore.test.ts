import { expect, test } from 'vitest';
import { engine, hidden, info, judge } from '../../../test/subjects.ts';
import { daemonLiveRestore as control } from './daemon-live-restore.ts';

test('live restore must be on', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine({ 'live-restore': false })).status).toBe('fail');
  expect(judge(control, engine({}, { info: info({ liveRestore: undefined }) })).status).toBe('fail');
});

test('a Swarm node cannot use it', () => {
  const swarm = engine({ 'live-restore': false }, { info: info({ swarm: 'active', liveRestore: false }) });
  expect(judge(control, swarm).status).toBe('not-applicable');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});
