import { expect, test } from 'vitest';
import { container, contextOf, judge, running } from '../../../test/subjects.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerDeviceIsolation as control } from './container-device-isolation.ts';

const device = (source: string) => ({ source, target: source, permissions: 'rwm' });
const withDevices = (...sources: string[]) => container({ devices: sources.map(device) });
const allowing = (...allowed: string[]) => ({ parameters: { allowed } });

test('a container without devices passes, running or not', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, running()).status).toBe('pass');
});

test('every way to pass a device in is seen, and the first is the place', () => {
  expect(judge(control, withDevices('/dev/sda'))).toMatchObject({ status: 'fail', field: 'devices[0]' });
  expect(judge(control, container({ deviceRules: ['c 13:* rwm'] }))).toMatchObject({
    status: 'fail',
    field: 'deviceRules[0]',
  });
  expect(judge(control, container({ deviceRequests: ['nvidia'] }))).toMatchObject({
    status: 'fail',
    field: 'deviceRequests[0]',
  });
  const several = judge(control, container({ devices: [device('/dev/kvm')], deviceRules: ['a *:* rwm'] }));
  expect(several.message.en).toContain('/dev/kvm, a *:* rwm');
  expect(several.evidence).toHaveLength(2);
});

test('a privileged container has every device', () => {
  expect(judge(control, container({ privileged: true }), allowing('*'))).toMatchObject({
    status: 'fail',
    field: 'privileged',
  });
});

test('what the policy allows passes, and only that', () => {
  const verdict = judge(control, withDevices('/dev/fuse', '/dev/sda'), allowing('/dev/fuse'));
  expect(verdict).toMatchObject({ status: 'fail', field: 'devices[1]' });
  expect(verdict.message.en).not.toContain('/dev/fuse');
  const rules = container({ deviceRules: ['c 10:229 rwm'], deviceRequests: ['nvidia.com/gpu=0'] });
  expect(judge(control, rules, allowing('c 10:229 rwm', 'nvidia.com/gpu=*')).status).toBe('pass');
});

test.each([
  ['/dev/dri/card0', '/dev/dri/*', 'pass'],
  ['/dev/dri/card0', '/dev/dri', 'pass'],
  ['/dev/dri', '/dev/dri/*', 'fail'],
  ['/dev/dri/card0', '/dev/*', 'fail'],
  ['/dev/ttyUSB0', '/dev/tty*', 'pass'],
  ['/dev/fuse/', '/dev/fuse', 'pass'],
  ['/dev//fuse', '/dev/fuse/', 'pass'],
  ['/dev/fuse/../sda', '/dev/fuse', 'fail'],
  ['/dev/fuseX', '/dev/fuse', 'fail'],
  ['/dev/sdXa', '/dev/sd.a', 'fail'],
  ['/mnt/dev/fuse', '/dev/fuse', 'fail'],
  ['/dev/sda', '', 'fail'],
])('%s under an allowed %s: %s', (source, pattern, status) => {
  expect(judge(control, withDevices(source), allowing(pattern)).status).toBe(status);
});

test('the device of the host counts, not the name that it has in the container', () => {
  const disguised = container({ devices: [{ source: '/dev/sda', target: '/dev/fuse', permissions: 'r' }] });
  expect(judge(control, disguised, allowing('/dev/fuse')).status).toBe('fail');
});

test('the remedy keeps what is allowed', () => {
  const subject = container({
    devices: [device('/dev/fuse'), device('/dev/sda')],
    deviceRules: ['a *:* rwm'],
    deviceRequests: ['nvidia'],
  });
  const remedy = control.remedy(subject, contextOf(control, allowing('/dev/fuse', 'nvidia')));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  const mended = applySpecChange(subject, remedy.change);
  expect(mended.devices.map(({ source }) => source)).toEqual(['/dev/fuse']);
  expect(mended).toMatchObject({ deviceRules: [], deviceRequests: ['nvidia'] });
});
