import { expect, test } from 'vitest';
import { readPlugins } from './plugins.ts';

/** In the form of the Engine API's documentation. */
const sshfs = {
  Id: '5724e2c8652da337ab2eedd19fc6fc0ec908e4bd907c7421bf6a8dfc70c4c078',
  Name: 'vieux/sshfs:latest',
  Enabled: true,
  Settings: {
    Args: [],
    Devices: [{ Name: 'fuse', Path: '/dev/fuse', Settable: null }],
    Env: ['DEBUG=0'],
    Mounts: [
      { Name: 'state', Source: '/srv/plugins/', Destination: '/mnt/state', Type: 'bind', Options: ['rbind'] },
      { Name: 'scratch', Source: null, Destination: '/tmp', Type: 'tmpfs', Options: [] },
    ],
  },
  PluginReference: 'docker.io/vieux/sshfs:latest',
  Config: {
    Interface: { Socket: 'sshfs.sock', Types: ['docker.volumedriver/1.0'] },
    Network: { Type: 'host' },
    PidHost: true,
    IpcHost: false,
    Linux: { AllowAllDevices: false, Capabilities: ['CAP_SYS_ADMIN'], Devices: [{ Path: '/dev/old' }] },
    Mounts: [{ Source: '/var/lib/docker/plugins/', Destination: '/mnt/state', Type: 'bind' }],
  },
};

test('a plugin, with the paths that it was settled on', () => {
  expect(readPlugins([sshfs])).toEqual([
    {
      name: 'vieux/sshfs:latest',
      enabled: true,
      interfaces: ['docker.volumedriver/1.0'],
      network: 'host',
      hostPid: true,
      hostIpc: false,
      allDevices: false,
      devices: ['/dev/fuse'],
      capabilities: ['CAP_SYS_ADMIN'],
      mounts: ['/srv/plugins/'],
    },
  ]);
});

test('without settings its configuration counts, and interfaces may be taken apart', () => {
  const Types = [{ Prefix: 'docker', Capability: 'authz', Version: '1.0' }, {}, null];
  const [plugin] = readPlugins([{ ...sshfs, Settings: null, Config: { ...sshfs.Config, Interface: { Types } } }]);
  expect(plugin).toMatchObject({
    devices: ['/dev/old'],
    mounts: ['/var/lib/docker/plugins/'],
    interfaces: ['docker.authz/1.0'],
  });
});

test('odd entries are left out, an odd answer is an error', () => {
  expect(readPlugins([null, 'odd', { Id: 'ab', Enabled: false, Config: [] }])).toEqual([
    expect.objectContaining({ name: 'ab', enabled: false, network: '', mounts: [], capabilities: [] }),
  ]);
  expect(() => readPlugins({})).toThrow('GET /plugins');
});
