import { expect, test } from 'vitest';
import { judgedWarnings } from './engine-warnings.ts';

const by = (warning: string, local = true) => judgedWarnings([warning], { local })[0]?.judgedBy;

test.each([
  ['WARNING: No memory limit support', 'kernel-cgroup-controllers'],
  ['WARNING: No swap limit support', 'kernel-cgroup-controllers'],
  ['WARNING: No cpu cfs quota support', 'kernel-cgroup-controllers'],
  ['WARNING: No cpuset support', 'kernel-cgroup-controllers'],
  ['WARNING: Running in rootless-mode without cgroups. To enable cgroups …', 'kernel-cgroup-controllers'],
  ['WARNING: API is accessible on http://0.0.0.0:2375 without encryption.\n  Access …', 'daemon-tcp-tls-verified'],
  [
    '[DEPRECATION NOTICE]: API is accessible on https://10.0.0.5:2376 without TLS client verification',
    'daemon-tcp-tls-verified',
  ],
  ['WARNING: daemon is not using the default seccomp profile', 'daemon-seccomp-default'],
  ['WARNING: the aufs storage-driver is deprecated, and will be removed in a future release.', 'daemon-no-aufs'],
  ['WARNING: DOCKER_INSECURE_NO_IPTABLES_RAW is set', 'daemon-allow-direct-routing-off'],
  ['WARNING: No kernel memory TCP limit support', null],
  ['WARNING: No oom kill disable support', null],
  ['WARNING: No blkio throttle.read_bps_device support', null],
  ['WARNING: No io.max (rbps) support', null],
  ['WARNING: IPv4 forwarding is disabled', undefined],
  ['WARNING: bridge-nf-call-iptables is disabled', undefined],
  ['WARNING: the devicemapper storage-driver is deprecated, and will be removed.', 'daemon-no-aufs'],
  ['WARNING: devicemapper: usage of loopback devices is strongly discouraged', 'daemon-no-aufs'],
  ['WARNING: Support for cgroup v1 is deprecated', undefined],
  ['something nobody has seen before', undefined],
])('%j is judged by %s', (warning, control) => {
  expect(by(warning)).toBe(control);
});

test('limits of an engine elsewhere are judged by nobody else', () => {
  expect(by('WARNING: No memory limit support', false)).toBeUndefined();
});

test('a warning over several lines becomes one', () => {
  const warning =
    'WARNING: overlay2: the backing xfs filesystem is formatted without d_type support.\n         Reformat it.';
  expect(judgedWarnings([warning], { local: true })).toEqual([
    { text: 'overlay2: the backing xfs filesystem is formatted without d_type support. Reformat it.' },
  ]);
});
