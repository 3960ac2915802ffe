import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, judge, machine } from '../../../test/subjects.ts';
import { releaseSeries } from '../../model/end-of-life.ts';
import { known, mapFact } from '../../model/fact.ts';
import { daemonSupportedVersion as control } from './daemon-supported-version.ts';

const built = (components: Readonly<Record<string, string>>, version = '29.6.1') =>
  engine({}, { version: mapFact(engine().version, (before) => ({ ...before, version, components })) });
const on = (day: string, components: Readonly<Record<string, string>>) =>
  control.judge(built(components), { ...contextOf(control), now: new Date(day) }).status;

test.each([
  [{ containerd: 'v1.6.39' }, 'fail'],
  [{ containerd: 'v1.7.29' }, 'pass'],
  [{ containerd: 'v2.0.7' }, 'fail'],
  [{ runc: '1.1.15' }, 'fail'],
  [{ runc: '1.2.9' }, 'fail'],
  [{ runc: '1.3.4', containerd: '2.2.1' }, 'pass'],
  [{ runc: '1.1.15', containerd: '9.9.0' }, 'fail'],
  [{ runc: '9.9.0' }, 'unknown'],
  [{ runc: '1.1.5+ds1', containerd: '1.6.20~ds1' }, 'not-applicable'],
  [{ crun: '1.14' }, 'not-applicable'],
] as const)('on 2026-07-01 with %j', (components, status) => {
  expect(judge(control, built(components)).status).toBe(status);
});

test('a series ends on its day', () => {
  expect(on('2026-11-05', { containerd: 'v2.2.1' })).toBe('pass');
  expect(on('2026-11-07', { containerd: 'v2.2.1' })).toBe('fail');
  expect(on('2026-11-07', { runc: '1.3.4' })).toBe('fail');
  expect(on('2026-11-07', { runc: '1.4.3', containerd: 'v2.3.2' })).toBe('pass');
});

test('what a distribution built is maintained by it', () => {
  expect(judge(control, built({ runc: '1.1.5' }, '20.10.24+dfsg1')).status).toBe('not-applicable');
  const amazon = host({ distribution: known({ id: 'amzn', version: '2023' }, 'file', '/etc/os-release') });
  expect(judge(control, built({ runc: '1.2.4' }), { machine: machine({ host: amazon }) }).status).toBe(
    'not-applicable',
  );
});

test('Ubuntu marks its runc alone, and maintains the containerd beside it', () => {
  const ubuntu = { Engine: '27.5.1', containerd: '1.6.27', runc: '1.2.5-0ubuntu1~24.04.1' };
  expect(judge(control, built(ubuntu, '27.5.1')).status).toBe('not-applicable');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { version: hidden })).status).toBe('unknown');
  expect(control.remedy(engine(), contextOf(control)).kind).toBe('manual');
});

test('the table is well formed', () => {
  for (const series of Object.values(releaseSeries)) {
    expect(new Set(series.map(({ name }) => name)).size).toBe(series.length);
    for (const { name, ends = '2026-01-01' } of series) {
      expect(name).toMatch(/^\d+\.\d+$/);
      expect(Number.isNaN(Date.parse(ends))).toBe(false);
    }
  }
});
