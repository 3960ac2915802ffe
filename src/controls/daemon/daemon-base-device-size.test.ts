import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonBaseDeviceSize as control } from './daemon-base-device-size.ts';

const using = (options: string[] | null) =>
  engine({ 'storage-opts': options }, { info: info({ storageDriver: 'devicemapper' }) });
const started = (...options: string[]) => ({
  process: mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', ...options] })),
});

test('a base device size on devicemapper fails', () => {
  expect(judge(control, using(['dm.thinpooldev=x', 'dm.basesize=50G']))).toMatchObject({
    status: 'fail',
    field: 'storage-opts',
    evidence: [{ value: 'dm.basesize=50G' }],
  });
  expect(judge(control, using(['DM.BaseSize=50G'])).status).toBe('fail');
});

test('devicemapper without one passes', () => {
  expect(judge(control, using(null)).status).toBe('pass');
  expect(judge(control, using(['dm.thinpooldev=x', 'dm.loopdatasize=dm.basesize=1'])).status).toBe('pass');
});

test('a size on the command line counts, and is left to a person', () => {
  const subject = { ...using(null), ...started('--storage-opt', 'dm.thinpooldev=x', '--storage-opt=dm.basesize=50G') };
  expect(judge(control, subject).status).toBe('fail');
  expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
});

test('other drivers have no base device, whatever is written', () => {
  expect(judge(control, engine()).status).toBe('not-applicable');
  const leftOver = engine({ 'storage-opts': ['dm.basesize=50G'] }, { info: info({ storageDriver: undefined }) });
  expect(judge(control, leftOver).status).toBe('not-applicable');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
  expect(judge(control, { ...using(null), configuration: hidden }).status).toBe('unknown');
});

test('the remedy keeps the other options', () => {
  expect(control.remedy(using(['dm.thinpooldev=x', 'dm.basesize=50G']), contextOf(control))).toMatchObject({
    set: { 'storage-opts': ['dm.thinpooldev=x'] },
  });
  expect(control.remedy(using(['dm.basesize=50G']), contextOf(control))).toMatchObject({
    set: { 'storage-opts': null },
  });
});
