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
  expect(remedyFor({ icc: true })).toMatchObject({ kind: 'daemon', set: { icc: false } });
  expect(remedyFor({ icc: true, iptables: false })).toMatchObject({ kind: 'manual' });
});

// Seen on 20.10.24: after a restart with a container still running, the bridge had the option that it had before.
test('with live restore the containers must be stopped first, or the bridge stays as it is', () => {
  expect(remedyFor({ icc: true, 'live-restore': true }).summary.en).toContain('stop the containers');
  expect(remedyFor({ icc: true, 'live-restore': false }).summary.en).not.toContain('stop the containers');
});

function remedyFor(set: JsonObject) {
  return control.remedy(engine(set), contextOf(control));
}
