import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import type { JsonObject } from '../../model/json.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonLegacyRegistryV1 as control } from './daemon-legacy-registry-v1.ts';

const release = (version: string, values: JsonObject = {}) =>
  engine(values, { version: mapFact(engine().version, (before) => ({ ...before, version })) });
const started = (...options: string[]) => ({
  process: mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', ...options] })),
});

test.each(['17.12.0-ce', '18.09.1', '20.10.24+dfsg1', '29.6.1', '100.0.0'])('engine %s cannot speak it', (version) => {
  expect(judge(control, release(version)).status).toBe('not-applicable');
});

test.each(['1.13.1', '17.03.2-ce', '17.05.0-ce'])('engine %s speaks it unless told otherwise', (version) => {
  expect(judge(control, release(version))).toMatchObject({ status: 'fail', field: 'disable-legacy-registry' });
  expect(judge(control, release(version, { 'disable-legacy-registry': true })).status).toBe('pass');
  expect(judge(control, release(version, { 'disable-legacy-registry': false })).status).toBe('fail');
});

test('17.06 switched it off by default, which the catalogue leaves out', () => {
  expect(judge(control, release('17.06.0-ce')).status).toBe('pass');
  expect(judge(control, release('17.09.1-ce', { 'disable-legacy-registry': false })).status).toBe('fail');
});

test('the command line counts', () => {
  const subject = { ...release('17.03.2-ce'), ...started('--disable-legacy-registry=true') };
  expect(judge(control, subject).status).toBe('pass');
});

test('what cannot be read, or is no release, is unknown', () => {
  expect(judge(control, engine({}, { version: hidden })).status).toBe('unknown');
  expect(judge(control, release('dev')).status).toBe('unknown');
  expect(judge(control, { ...release('17.03.2-ce'), configuration: hidden }).status).toBe('unknown');
});

test('the key would keep a newer engine from starting, so that it is not written for good', () => {
  expect(control.remedy(release('17.03.2-ce'), contextOf(control)).kind).toBe('manual');
});
