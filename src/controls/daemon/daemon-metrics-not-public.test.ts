import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { daemonMetricsNotPublic as control } from './daemon-metrics-not-public.ts';

const metrics = (address: string) => engine({ 'metrics-addr': address });
const listening = (address: string, port = 9323) => ({
  sockets: known({ unix: [], tcp: [{ protocol: 'tcp' as const, address, port }] }, 'kernel', '/proc/net/tcp'),
});

test.each(['127.0.0.1:9323', '[::1]:9323', 'localhost:9323'])('%s passes', (address) => {
  expect(judge(control, metrics(address)).status).toBe('pass');
});

test.each(['0.0.0.0:9323', ':9323', '[::]:9323', '203.0.113.5:9323', '172.17.0.1:9323'])('%s fails', (address) => {
  expect(judge(control, metrics(address))).toMatchObject({ status: 'fail', field: 'metrics-addr' });
});

test('a network of the site may be named', () => {
  const parameters = { networks: ['10.20.0.0/16'] };
  expect(judge(control, metrics('10.20.1.1:9323'), { parameters }).status).toBe('pass');
  expect(judge(control, metrics('10.21.1.1:9323'), { parameters }).status).toBe('fail');
});

test('without the setting there is no question', () => {
  expect(judge(control, engine()).status).toBe('not-applicable');
  expect(judge(control, metrics('')).status).toBe('not-applicable');
});

test('the kernel decides what a name stands for', () => {
  expect(judge(control, metrics('harbour.example:9323')).status).toBe('unknown');
  const named = { ...metrics('harbour.example:9323'), ...listening('203.0.113.5') };
  expect(judge(control, named)).toMatchObject({ status: 'fail', evidence: [{ source: 'kernel' }] });
  const here = { ...metrics('harbour:9323'), ...listening('127.0.1.1') };
  expect(judge(control, here)).toMatchObject({ status: 'pass', evidence: [{ source: 'kernel' }] });
  expect(judge(control, { ...metrics('0.0.0.0:9323'), ...listening('127.0.0.1') }).status).toBe('fail');
  expect(judge(control, { ...metrics('127.0.0.1:9323'), ...listening('::') }).status).toBe('fail');
  expect(judge(control, { ...metrics('127.0.0.1:9323'), ...listening('::', 2376) }).status).toBe('pass');
});

test('the remedy keeps the port', () => {
  expect(control.remedy(metrics('[::]:9999'), contextOf(control))).toMatchObject({
    set: { 'metrics-addr': '127.0.0.1:9999' },
  });
});

test('a configuration that cannot be read is unknown', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
});
