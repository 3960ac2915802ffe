import { expect, test } from 'vitest';
import { contextOf, image, judge } from '../../../test/subjects.ts';
import { imageExposedPortsMinimal as control } from './image-exposed-ports-minimal.ts';

const on = (...exposedPorts: string[]) => image({}, { exposedPorts });

test.each([
  [[], 'pass'],
  [['8080/tcp', '443'], 'pass'],
  [['23/tcp'], 'fail'],
  [['8080/tcp', '3389/tcp'], 'fail'],
  [['2370-2380/tcp'], 'fail'],
  [['514/tcp', '514/udp'], 'pass'],
  [['513/udp'], 'pass'],
  [['513/tcp'], 'fail'],
  [['22/tcp'], 'pass'],
  [['odd'], 'pass'],
])('%j: %s', (ports, status) => {
  expect(judge(control, on(...ports)).status).toBe(status);
});

test('where ports are listed, only these pass', () => {
  const parameters = { accepted: ['8080', '53/udp', '9000-9100'] };
  expect(judge(control, on('8080/tcp', '53/udp', '9001-9002/tcp'), { parameters }).status).toBe('pass');
  expect(judge(control, on('53/tcp'), { parameters })).toMatchObject({
    status: 'fail',
    field: 'configuration.exposedPorts',
  });
  expect(control.remedy(on('53/tcp'), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
