import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import type { DaemonUnits } from '../../model/engine.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonUnitNotEditedInPlace as control } from './daemon-unit-not-edited-in-place.ts';

const withUnits = (change: Partial<DaemonUnits>) =>
  engine({}, { units: mapFact(engine().units, (before) => before && { ...before, ...change }) });

test('the unit must be as its package installed it', () => {
  expect(judge(control, withUnits({ vendorFileIntact: true })).status).toBe('pass');
  const verdict = judge(control, withUnits({ vendorFileIntact: false }));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('/usr/lib/systemd/system/docker.service');
});

test('a drop-in is the right way, and no edit', () => {
  const files = [
    { path: '/usr/lib/systemd/system/docker.service', kind: 'vendor' as const, modified: 0 },
    { path: '/etc/systemd/system/docker.service.d/override.conf', kind: 'drop-in' as const, modified: 0 },
  ];
  expect(judge(control, withUnits({ files })).status).toBe('pass');
});

test('a unit of one’s own survives an upgrade, whatever became of the one that it replaces', () => {
  const files = [{ path: '/etc/systemd/system/docker.service', kind: 'override' as const, modified: 0 }];
  for (const vendorFileIntact of [null, false, true]) {
    expect(judge(control, withUnits({ files, vendorFileIntact })).status).toBe('pass');
  }
});

test('a unit without a checksum is unknown, with what would help', () => {
  const verdict = judge(control, withUnits({ vendorFileIntact: null }));
  expect(verdict.status).toBe('unknown');
  expect(verdict.need?.en).toContain('package');
});

test('units that cannot be read are unknown', () => {
  expect(judge(control, engine({}, { units: hidden })).status).toBe('unknown');
});

test('an engine that systemd does not run has no unit', () => {
  const units = mapFact(engine().units, () => null);
  expect(judge(control, engine({}, { units })).status).toBe('not-applicable');
});

test('the remedy edits through a drop-in, never the file itself', () => {
  const remedy = control.remedy(withUnits({ vendorFileIntact: false }), contextOf(control));
  expect(remedy).toMatchObject({ kind: 'manual' });
  expect(remedy.kind === 'manual' && remedy.commands).toContain('systemctl edit docker.service');
});
