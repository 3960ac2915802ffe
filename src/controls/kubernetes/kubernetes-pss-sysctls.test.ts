import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssSysctls as control } from './kubernetes-pss-sysctls.ts';
import { always, podOf, statusesOf, until } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  securityContext:
    sysctls:
      - name: net.core.somaxconn
        value: "4096"
      - name: net.ipv4.tcp_rmem
        value: 4096 131072 6291456
      - name: kernel.shm_rmid_forced
        value: "1"
`);

test('each parameter fails at its own line, where the version does not hold it for safe', () => {
  expect(failingLines(control, pod)).toEqual([6]);
  expect(failingLines(control, pod, { kubernetesVersion: { major: 1, minor: 31 } })).toEqual([6, 8]);
});

test('those are taken away, from the end', () => {
  const sysctls = ['spec', 'securityContext', 'sysctls'];
  expect(remediesOf(control, pod)[0]).toMatchObject({ fields: [{ path: [...sysctls, 0] }] });
  expect(remediesOf(control, pod, { kubernetesVersion: { major: 1, minor: 31 } })[0]).toMatchObject({
    fields: [{ path: [...sysctls, 1] }, { path: [...sysctls, 0] }],
  });
});

const setting = (name: string) => podOf(`{securityContext: {sysctls: [{name: ${name}, value: "1"}]}}`);

test.each([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
  ['net.ipv4.tcp_slow_start_after_idle', 37],
  ['net.ipv4.tcp_notsent_lowat', 37],
])('%s is safe from 1.%i on', (name, minor) => {
  expect(statusesOf(control, setting(name))).toEqual(until(minor, 'fail', 'pass'));
});

test.each(['kernel.msgmax', 'net.core.somaxconn', 'kernel/shm_rmid_forced', 'Kernel.shm_rmid_forced', 'net.*', '""'])(
  '%s never is',
  (name) => {
    expect(statusesOf(control, setting(name))).toEqual(always('fail'));
  },
);

test.each([
  '{}',
  '{securityContext: {sysctls: []}}',
  '{securityContext: {sysctls: null}}',
  '{containers: [{name: a, securityContext: {sysctls: [{name: kernel.msgmax}]}}]}',
])('%s sets none', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('pass'));
});
