import { expect, test } from 'vitest';
import { container, contextOf, judge, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { networkOnlyNeededPorts as control } from './network-only-needed-ports.ts';

test('publishing every port fails', () => {
  const subject = container({ publishAllPorts: true });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'publishAllPorts' });
  expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
});

test('what is open and declared nowhere is another control’s question', () => {
  const listeners = known([{ protocol: 'tcp', address: '0.0.0.0', port: 5005 }] as const, 'kernel', '/proc/412/net');
  expect(judge(control, running({ listeners })).status).toBe('pass');
});

test('a site may list what may be published', () => {
  const subject = container({ ports: [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }] });
  const judged = (publishable: number[]) => judge(control, subject, { parameters: { publishable } });
  expect(judged([])).toMatchObject({ status: 'pass' });
  expect(judged([8080])).toMatchObject({ status: 'pass' });
  expect(judged([443])).toMatchObject({ status: 'fail', field: 'ports[0]' });
  expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
});

test('a port that the engine chooses is on no list, and every port that is not is named', () => {
  const ports = [
    { hostPort: 8080, containerPort: 80, protocol: 'tcp' },
    { containerPort: 9200, protocol: 'tcp' },
    { hostPort: 25, containerPort: 25, protocol: 'tcp' },
  ] as const;
  const verdict = judge(control, container({ ports }), { parameters: { publishable: [8080] } });
  expect(verdict).toMatchObject({
    status: 'fail',
    field: 'ports[1]',
    evidence: [{ value: '*->9200/tcp' }, { value: '25/tcp' }],
  });
  expect(judge(control, container({ ports })).status).toBe('pass');
});
