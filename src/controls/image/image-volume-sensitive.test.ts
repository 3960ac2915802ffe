import { expect, test } from 'vitest';
import { contextOf, image, judge } from '../../../test/subjects.ts';
import { imageVolumeSensitive as control } from './image-volume-sensitive.ts';

test.each([
  ['/dev', 'fail'],
  ['/proc/', 'fail'],
  ['/sys/fs/cgroup', 'fail'],
  ['//etc/.', 'fail'],
  ['/data/../usr', 'fail'],
  ['/', 'fail'],
  ['/var/run', 'fail'],
  ['/usr/local/bin', 'fail'],
  ['/var', 'fail'],
  ['/etc/letsencrypt', 'pass'],
  ['/usr/share/web/data', 'pass'],
  ['/device', 'pass'],
  ['/var/lib/postgresql/data', 'pass'],
])('%s: %s', (volume, status) => {
  expect(judge(control, image({}, { volumes: ['/data', volume] })).status).toBe(status);
});

test('without volumes there is nothing to blame', () => {
  expect(judge(control, image({}, { volumes: [] })).status).toBe('pass');
  expect(control.remedy(image(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
