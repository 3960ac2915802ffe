import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import { answered } from '../answered.fixture.ts';
import { daemonLegacyUcpDtr as control } from './daemon-legacy-ucp-dtr.ts';

const product = (name: string) => engine({}, { info: info({ product: name }) });
const started = (reference: string) => ({ machine: machine({ containers: [container({ image: { reference } })] }) });

test.each([engine(), product('Community Engine')])(
  'docker-bench prints its eight checks anyway: not applicable',
  (subject) => {
    expect(judge(control, subject).status).toBe('not-applicable');
    expect(judge(control, subject, started('registry.example/docker/ucper')).status).toBe('not-applicable');
  },
);

test('the paid edition, or its containers, raise the question', () => {
  const paid = product('this node is not a swarm manager - check license status on a manager node');
  expect(judge(control, paid).status).toBe('unknown');
  expect(judge(control, engine(), started('docker/ucp-controller:3.1')).status).toBe('unknown');
  expect(judge(control, engine(), started('registry.example/mirantis/dtr')).status).toBe('unknown');
  const context = { ...contextOf(control), answer: answered(false) };
  expect(control.judge(paid, context)).toMatchObject({ status: 'fail' });
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});
