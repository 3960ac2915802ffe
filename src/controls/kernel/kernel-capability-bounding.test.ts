import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { kernelCapabilityBounding as control } from './kernel-capability-bounding.ts';

const bounded = (capabilityBoundingSet: bigint) =>
  engine({}, { process: mapFact(engine().process, (before) => ({ ...before, capabilityBoundingSet })) });

test.each([
  [0x1ff_ffff_ffffn, 'all 41'],
  [0x3f_ffff_ffffn, 'all 38'],
  [0x1ff_feff_ffffn, 'lacks SYS_RESOURCE'],
  [0x1n, 'all 1'],
])('%s: %s', (mask, words) => {
  const verdict = judge(control, bounded(mask));
  expect(verdict).toMatchObject({ status: 'pass', evidence: [{ path: '/proc/400/status CapBnd' }] });
  expect(verdict.message.en).toContain(words);
});

test('a process that cannot be seen is unknown', () => {
  expect(judge(control, engine({}, { process: hidden })).status).toBe('unknown');
});

test('a smaller set is for a person to decide', () => {
  expect(control.remedy(engine(), contextOf(control)).kind).toBe('manual');
});
