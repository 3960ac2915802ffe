import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { daemonInfoWarnings as control } from './daemon-info-warnings.ts';

const warning = (...warnings: string[]) => engine({}, { info: info({ warnings }) });
const forwarding = 'WARNING: IPv4 forwarding is disabled';

test('no warning passes', () => {
  expect(judge(control, warning()).status).toBe('pass');
});

test.each([forwarding, 'WARNING: bridge-nf-call-iptables is disabled', 'WARNING: something new'])(
  '%j fails',
  (text) => {
    expect(judge(control, warning(text))).toMatchObject({
      status: 'fail',
      field: 'warnings',
      evidence: [{ path: 'GET /info Warnings', value: [text] }],
    });
  },
);

test('nothing is said twice', () => {
  const verdict = judge(control, warning('WARNING: No swap limit support', 'WARNING: No oom kill disable support'));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toContain('kernel-cgroup-controllers');
  expect(judge(control, warning('WARNING: No swap limit support', forwarding)).message.en).not.toContain('swap');
});

test('a warning can be accepted', () => {
  expect(judge(control, warning(forwarding), { parameters: { accepted: ['IPv4 forwarding*'] } }).status).toBe('pass');
});

test('a long warning is cut', () => {
  expect(judge(control, warning('x'.repeat(5000))).message.en.length).toBeLessThan(300);
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});

test('the remedy knows the kernel parameters', () => {
  expect(control.remedy(warning(forwarding), contextOf(control))).toMatchObject({
    commands: ['sysctl -w net.ipv4.ip_forward=1'],
  });
  expect(control.remedy(warning('WARNING: bridge-nf-call-iptables is disabled'), contextOf(control))).toMatchObject({
    commands: ['modprobe br_netfilter', 'sysctl -w net.bridge.bridge-nf-call-iptables=1'],
  });
  const strange = warning('WARNING: something new');
  expect(control.remedy(strange, contextOf(control))).toMatchObject({ commands: ['docker info'] });
  expect(control.remedy({ ...strange, kind: 'podman' }, contextOf(control))).toMatchObject({
    commands: ['podman info'],
  });
});
