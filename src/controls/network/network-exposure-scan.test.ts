import { expect, test } from 'vitest';
import { engine, hidden, host, judge, machine } from '../../../test/subjects.ts';
import type { HostFacts, HostListener } from '../../model/host.ts';
import { known } from '../../model/fact.ts';
import { answered, judgeAnswered } from '../answered.fixture.ts';
import { member } from './machine.fixture.ts';
import { networkExposureScan as control } from './network-exposure-scan.ts';

const proxy = (port: number, change: Partial<HostListener> = {}): Partial<HostFacts> => ({
  listeners: known(
    [{ protocol: 'tcp6', address: '::', port, process: { pid: 9, name: 'docker-proxy' }, ...change }],
    'kernel',
    '/proc/1/net',
  ),
});
const shop = member('web', ['shop'], { ports: [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }] });
const judged = (facts: Partial<HostFacts>, containers = [shop]) =>
  judge(control, host(facts), { machine: machine({ containers }) }).status;

test('a person answers', () => {
  expect(judgeAnswered(control).status).toBe('unknown');
  expect(judgeAnswered(control, answered(true)).status).toBe('pass');
  expect(judgeAnswered(control, answered(false)).status).toBe('fail');
});

test('a proxy that serves no container is proof against it, whatever was answered', () => {
  expect(judged(proxy(9090))).toBe('fail');
  expect(judgeAnswered(control, answered(true), proxy(9090), machine({ containers: [shop] })).status).toBe('fail');
});

test('each port is named once, whatever the number of its proxies', () => {
  const both = [proxy(9090), proxy(9091), proxy(9090, { protocol: 'tcp', address: '0.0.0.0' })];
  const listeners = known(
    both.flatMap((facts) => (facts.listeners?.known ? facts.listeners.value : [])),
    'kernel',
    '/proc/1/net',
  );
  const verdict = judge(control, host({ listeners }), { machine: machine({ containers: [shop] }) });
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ value: ['9090/tcp', '9091/tcp'] }] });
});

test('the proxy of an engine within a container is not this engine’s', () => {
  expect(judged(proxy(9090, { container: 'f0'.repeat(32) }))).toBe('unknown');
});

test('a port of a container is none, nor is any other program, nor what only the host sees', () => {
  expect(judged(proxy(8080))).toBe('unknown');
  expect(judged(proxy(22, { process: { pid: 1, name: 'sshd' } }))).toBe('unknown');
  expect(judged(proxy(9090, { address: '127.0.0.1' }))).toBe('unknown');
});

test('where the engine chooses ports, or Swarm opens them, nothing is proven', () => {
  expect(judged(proxy(32_768), [member('any', ['shop'], { ports: [{ containerPort: 80, protocol: 'tcp' }] })])).toBe(
    'unknown',
  );
  expect(judged(proxy(32_768), [member('any', ['shop'], { publishAllPorts: true })])).toBe('unknown');
  const swarm = machine({ containers: [], engine: engine({}, { swarm: hidden }) });
  expect(judge(control, host(proxy(9090)), { machine: swarm }).status).toBe('unknown');
  expect(judged({ listeners: hidden })).toBe('unknown');
});
