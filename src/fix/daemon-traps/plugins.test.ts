import { expect, test } from 'vitest';
import { kernel } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { type Case, trappedKeys } from './trapped.fixture.ts';

const guard = { 'authorization-plugins': ['guard'] };
const plugin = {
  name: 'guard:latest',
  enabled: true,
  interfaces: [],
  network: '',
  hostPid: false,
  hostIpc: false,
  allDevices: false,
  devices: [],
  capabilities: [],
  mounts: [],
};
const cases: readonly Case[] = [
  ['a plugin that is not there', guard, {}, ['authorization-plugins']],
  ['a plugin that the engine uses', guard, { info: { authorizationPlugins: ['guard'] } }, []],
  [
    'a plugin that the engine manages',
    guard,
    { engine: { plugins: known([plugin], 'engine-api', 'GET /plugins') } },
    [],
  ],
  [
    'a plugin that is off',
    guard,
    { engine: { plugins: known([{ ...plugin, enabled: false }], 'engine-api', 'GET /plugins') } },
    ['authorization-plugins'],
  ],
  ['a plugin with a socket', guard, { files: { '/run/docker/plugins/guard.sock': undefined } }, []],
  [
    'a plugin that says where it listens',
    guard,
    { files: { '/etc/docker/plugins/guard.spec': 'unix:///run/guard.sock' } },
    [],
  ],
  ['no plugin', { 'authorization-plugins': [] }, {}, []],
  ['live-restore in a swarm', { 'live-restore': true }, { info: { swarm: 'active' } }, ['live-restore']],
  ['live-restore off in a swarm', { 'live-restore': false }, { info: { swarm: 'active' } }, []],
  ['live-restore', { 'live-restore': true }, {}, []],
  ['a group that is not there', { group: 'harbour' }, {}, ['group']],
  ['a group', { group: 'root' }, {}, []],
  ['the usual group, which need not be there', { group: 'docker' }, {}, []],
  [
    'SELinux that the kernel has not',
    { 'selinux-enabled': true },
    { host: kernel({ selinux: known(null, 'kernel', '/sys/fs') }) },
    ['selinux-enabled'],
  ],
  ['SELinux', { 'selinux-enabled': true }, {}, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});
