import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { daemonIccDisabled as control } from './daemon-icc-disabled.ts';

const bridge = (options: Record<string, string>) =>
  known({ name: 'bridge', options }, 'engine-api', 'GET /networks/bridge');

test('only "false" keeps containers apart', () => {
  const option = 'com.docker.network.bridge.enable_icc';
  expect(judge(control, engine({}, { bridge: bridge({ [option]: 'false' }) })).status).toBe('pass');
  expect(judge(control, engine({}, { bridge: bridge({ [option]: 'true' }) })).status).toBe('fail');
  expect(judge(control, engine({}, { bridge: bridge({}) })).status).toBe('fail');
});

test('the bridge outranks the configuration file', () => {
  const notYetApplied = engine({ icc: false }, { bridge: bridge({}) });
  expect(judge(control, notYetApplied).status).toBe('fail');
});

test('an engine without a default bridge is not asked', () => {
  expect(judge(control, engine({}, { bridge: known(null, 'engine-api', 'GET /networks/bridge') })).status).toBe(
    'not-applicable',
  );
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { bridge: hidden })).status).toBe('unknown');
});

test('the remedy never asks for icc=false where iptables is false: dockerd would not start', () => {
  const remedy = (set: JsonObject) => control.remedy(engine(set), contextOf(control));
  expect(remedy({ icc: true })).toMatchObject({ kind: 'daemon', set: { icc: false } });
  expect(remedy({ icc: true, iptables: false })).toMatchObject({ kind: 'manual' });
});
