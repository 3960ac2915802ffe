import { expect, test } from 'vitest';
import { engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import type { PluginFacts } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { daemonPluginPrivileges as control } from './daemon-plugin-privileges.ts';

const plain: PluginFacts = {
  name: 'grafana/loki-docker-driver:3.0',
  enabled: true,
  interfaces: ['docker.logdriver/1.0'],
  network: 'host',
  hostPid: false,
  hostIpc: false,
  allDevices: false,
  devices: [],
  capabilities: [],
  mounts: [],
};
const having = (...plugins: Partial<PluginFacts>[]) =>
  engine(
    {},
    {
      plugins: known(
        plugins.map((change) => ({ ...plain, ...change })),
        'engine-api',
        'GET /plugins',
      ),
    },
  );

test.each<[string, Partial<PluginFacts>]>([
  ['PidHost', { hostPid: true }],
  ['IpcHost', { hostIpc: true }],
  ['AllowAllDevices', { allDevices: true }],
  ['SYS_ADMIN', { capabilities: ['CAP_SYS_ADMIN'] }],
  ['ALL', { capabilities: ['all'] }],
  ['/dev/', { mounts: ['/dev/'] }],
  ['/', { mounts: ['/'] }],
  ['/run/docker.sock', { mounts: ['/run/docker.sock'] }],
  ['/srv/podman.sock', { mounts: ['/srv/podman.sock'] }],
  ['/etc/cron.d', { mounts: ['/etc/cron.d'] }],
  ['/var/lib', { mounts: ['/var/lib'] }],
  ['/srv/../root/.ssh', { mounts: ['/srv/../root/.ssh'] }],
  ['/var/lib/docker/volumes', { mounts: ['/var/lib/docker/volumes'] }],
  ['/dev/sda', { devices: ['/dev/fuse', '/dev/sda'] }],
])('%s fails', (power, change) => {
  const verdict = judge(control, having({}, { ...change, name: 'rexray/ebs:latest' }));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ value: { 'rexray/ebs:latest': [power] } }] });
});

test('the network of the host, a folder of its own, harmless devices and capabilities pass', () => {
  const subject = having({
    mounts: ['/var/lib/docker/plugins/', '/etc/localtime', '/srv/state'],
    capabilities: ['CAP_CHOWN'],
    devices: ['/dev/fuse'],
  });
  expect(judge(control, subject).status).toBe('pass');
});

test('a site names capabilities as it likes, and devices and folders of its own', () => {
  const capabilities = ['cap_chown'];
  expect(judge(control, having({ capabilities: ['CAP_CHOWN'] }), { parameters: { capabilities } }).status).toBe('fail');
  const subject = having({ mounts: ['/var/lib/kubelet/plugins/x'], devices: ['/dev/nvme1'] });
  const parameters = { exceptions: ['/var/lib/kubelet/plugins'], devices: ['/dev/nvme1'] };
  expect(judge(control, subject, { parameters }).status).toBe('pass');
});

test("the engine's own folders are where it keeps them", () => {
  const moved = machine({ engine: engine({}, { info: info({ dataRoot: '/srv/docker' }) }) });
  const mounting = (path: string) => judge(control, having({ mounts: [path] }), { machine: moved }).status;
  expect(mounting('/srv/docker/volumes')).toBe('fail');
  expect(mounting('/srv/docker/plugins/')).toBe('pass');
});

test.each(['rexray/ebs', 'rexray/ebs:latest'])('a plugin that was chosen as %s passes', (name) => {
  const subject = having({ allDevices: true, name: 'rexray/ebs:latest' });
  expect(judge(control, subject, { parameters: { allowed: [name] } }).status).toBe('pass');
  expect(judge(control, subject, { parameters: { allowed: ['rexray/efs'] } }).status).toBe('fail');
});

test('without a plugin that is switched on there is no question', () => {
  expect(judge(control, engine()).status).toBe('not-applicable');
  expect(judge(control, having({ enabled: false, allDevices: true })).status).toBe('not-applicable');
});

test('plugins that cannot be asked for are unknown', () => {
  expect(judge(control, engine({}, { plugins: hidden })).status).toBe('unknown');
});
