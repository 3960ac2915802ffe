import { expect, test } from 'vitest';
import { engine, hidden, judge } from '../../../test/subjects.ts';
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
])('%s fails', (power, change) => {
  const verdict = judge(control, having({}, { ...change, name: 'rexray/ebs:latest' }));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ value: { 'rexray/ebs:latest': [power] } }] });
});

test('the network of the host, a folder of its own and harmless capabilities pass', () => {
  const subject = having({ mounts: ['/var/lib/docker/plugins/', '/etc/localtime'], capabilities: ['CAP_CHOWN'] });
  expect(judge(control, subject).status).toBe('pass');
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
