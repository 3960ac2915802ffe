import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { applyDaemonChange } from '../../model/daemon-change.ts';
import { daemonBuilderEntitlements as control } from './daemon-builder-entitlements.ts';

const strict = { parameters: { forbidden: ['security-insecure', 'network-host'] } };
const insecure = (Entitlements: object) =>
  engine({ builder: { gc: { enabled: true }, Entitlements: { ...Entitlements } } });

test('nothing said, or switched off, passes', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, insecure({ 'security-insecure': false, 'network-host': true })).status).toBe('pass');
});

test('switched on it fails, however it is capitalised', () => {
  const verdict = judge(control, insecure({ 'Security-Insecure': true, 'network-host': false }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'builder', evidence: [{ value: ['security-insecure'] }] });
});

test('the network of the host is granted unless it is switched off, and forbidden where a site says so', () => {
  expect(judge(control, engine(), strict).status).toBe('fail');
  expect(judge(control, insecure({ 'network-host': false }), strict).status).toBe('pass');
});

test('where nothing is forbidden there is no question', () => {
  const parameters = { forbidden: [] };
  expect(judge(control, insecure({ 'security-insecure': true }), { parameters }).status).toBe('not-applicable');
});

test("BuildKit's own names are understood", () => {
  const parameters = { forbidden: ['security.insecure', 'network.host'] };
  expect(judge(control, engine(), { parameters })).toMatchObject({
    status: 'fail',
    evidence: [{ value: ['network-host'] }],
  });
  expect(judge(control, insecure({ 'network-host': false }), { parameters }).status).toBe('pass');
});

test('the remedy keeps what else the builder was told', () => {
  const subject = insecure({ 'security-insecure': true, device: true });
  const remedy = control.remedy(subject, contextOf(control, strict));
  expect(remedy).toMatchObject({
    set: {
      builder: {
        gc: { enabled: true },
        entitlements: { 'security-insecure': false, 'network-host': false, device: true },
      },
    },
    disruption: 'daemon-restart',
  });
  if (remedy.kind !== 'daemon') throw new Error('not a setting');
  expect(judge(control, applyDaemonChange(subject, remedy.set), strict).status).toBe('pass');
});

test('a file that cannot be read is unknown', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
});
