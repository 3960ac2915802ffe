import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { createRequestOf } from './create-body.ts';
import { markLabel } from './made-by-fix.ts';

const id = '0a1b2c3d4e5f'.padEnd(64, '0');
const volume = 'f'.repeat(64);
const image = {
  Config: {
    Entrypoint: ['/bin/serve'],
    Cmd: ['--all'],
    Env: ['PATH=/bin', 'MODE=image'],
    Labels: { 'made.by': 'image', owner: 'image' },
    ExposedPorts: { '80/tcp': {} },
    Volumes: { '/data': {} },
    User: 'web',
    WorkingDir: '/srv',
  },
};

function container(config: JsonObject = {}, host: JsonObject = {}, change: JsonObject = {}): JsonObject {
  return {
    Id: id,
    Name: '/web',
    Config: { Image: 'web:1', Hostname: id.slice(0, 12), ...image.Config, ...config },
    HostConfig: { NetworkMode: 'shop', ...host },
    Mounts: [],
    NetworkSettings: { Networks: { shop: { NetworkID: 'n1' } } },
    ...change,
  };
}

const made = (config: JsonObject = {}, host: JsonObject = {}, change: JsonObject = {}) =>
  createRequestOf(container(config, host, change), image, 'machine').body;

describe('what the image says is left to the image', () => {
  test('nothing of it is in the body', () => {
    const body = made();
    for (const key of ['Entrypoint', 'Cmd', 'User', 'WorkingDir', 'Hostname']) expect(body).not.toHaveProperty(key);
    expect(body).toMatchObject({ Image: 'web:1', Env: [], Labels: {}, ExposedPorts: {}, Volumes: {} });
  });

  test('what differs is asked for, and an earlier mark is not', () => {
    const body = made({
      Env: ['MODE=mine', 'PATH=/bin'],
      Labels: { 'made.by': 'image', owner: 'shop', [markLabel]: 'web-after-0123456789ab' },
      User: '',
      ExposedPorts: { '80/tcp': {}, '81/tcp': {} },
      Cmd: ['--some'],
    });
    expect(body).toMatchObject({
      Env: ['MODE=mine'],
      Labels: { owner: 'shop' },
      User: '',
      ExposedPorts: { '81/tcp': {} },
      Cmd: ['--some'],
    });
    expect(body['Labels']).toEqual({ owner: 'shop' });
    expect(body).not.toHaveProperty('Entrypoint');
  });

  test('another entry point does not take the command of the image, and none is told as none', () => {
    expect(made({ Entrypoint: ['/bin/sh'], Cmd: null })).toMatchObject({ Entrypoint: ['/bin/sh'] });
    expect(made({ Entrypoint: ['/bin/sh'], Cmd: ['--all'] })).toMatchObject({
      Entrypoint: ['/bin/sh'],
      Cmd: ['--all'],
    });
    expect(made({ Entrypoint: null, Cmd: ['sh'] })).toMatchObject({ Entrypoint: [''], Cmd: ['sh'] });
    // The image's own entry point, named by somebody who wanted no command.
    expect(made({ Cmd: null })).toMatchObject({ Entrypoint: ['/bin/serve'] });
  });
});

describe('host names', () => {
  test('one that was chosen stays', () => {
    expect(made({ Hostname: 'front' })).toMatchObject({ Hostname: 'front' });
  });

  test.each([
    ['the id', {}, {}],
    ["the machine's", { Hostname: 'machine' }, { NetworkMode: 'host' }],
    ["another container's", { Hostname: 'db' }, { NetworkMode: 'container:db' }],
    ["the host's, which is shared", { Hostname: 'machine' }, { UTSMode: 'host' }],
  ])('%s is not frozen', (_, config, host) => {
    expect(made(config, host)).not.toHaveProperty('Hostname');
  });
});

const request = (target: string) => ({
  Type: 'volume',
  Source: volume,
  Target: target,
  ReadOnly: false,
  VolumeOptions: { NoCopy: true },
});

describe('mounts', () => {
  test('a volume that nobody named is mounted by its name, however it came about', () => {
    const mounts = ['/data', '/nameless/'].map((target) => ({
      Type: 'volume',
      Name: volume,
      Destination: target.replace(/\/$/, ''),
      RW: true,
    }));
    const host = { Mounts: [{ Type: 'volume', Target: '/nameless/' }] };
    expect(made({}, host, { Mounts: mounts })['HostConfig']).toMatchObject({
      Mounts: [request('/data'), request('/nameless')],
    });
  });

  test('what is named already is not mounted twice', () => {
    const host = {
      Binds: ['cache:/cache/', '/srv:/site:ro'],
      Tmpfs: { '/tmp': '' },
      Mounts: [{ Type: 'volume', Source: 'db', Target: '/db' }],
    };
    const mounts = ['/cache', '/site', '/db'].map((target) => ({ Type: 'volume', Name: 'x', Destination: target }));
    expect(made({}, host, { Mounts: mounts })['HostConfig']).toMatchObject(host);
  });

  test('a directory of the host that came from another container stays as it was', () => {
    const mounts = [{ Type: 'bind', Source: '/srv', Destination: '/site', RW: false, Propagation: 'rprivate' }];
    expect(made({}, { VolumesFrom: ['db'] }, { Mounts: mounts })['HostConfig']).toMatchObject({
      Mounts: [
        { Type: 'bind', Source: '/srv', Target: '/site', ReadOnly: true, BindOptions: { Propagation: 'rprivate' } },
      ],
    });
  });
});

const networks = (places: JsonObject) => ({ NetworkSettings: { Networks: places } });

describe('networks', () => {
  test('the first goes into the body, the others come after; the alias that the engine gave is not frozen', () => {
    const places = {
      back: { NetworkID: 'n2', IPAMConfig: { IPv4Address: '192.0.2.7' }, IPAddress: '192.0.2.7', Aliases: ['api'] },
      shop: { NetworkID: 'n1', Aliases: [id.slice(0, 12), 'www'], IPAddress: '198.51.100.3', MacAddress: '02:42' },
    };
    const { body, places: others } = createRequestOf(container({}, {}, networks(places)), image);
    expect(body['NetworkingConfig']).toEqual({ EndpointsConfig: { shop: { Aliases: ['www'] } } });
    expect(others).toEqual({ back: { IPAMConfig: { IPv4Address: '192.0.2.7' }, Aliases: ['api'] } });
  });

  test('one that is named by its id is found', () => {
    const { body, places } = createRequestOf(container({}, { NetworkMode: 'n1' }), image);
    expect(body['HostConfig']).toMatchObject({ NetworkMode: 'shop' });
    expect(places).toEqual({});
  });

  test('one that the container has left since is not joined again', () => {
    const moved = networks({ 'web-net': { NetworkID: 'n3' } });
    expect(made({}, { NetworkMode: 'default' }, moved)['HostConfig']).toMatchObject({ NetworkMode: 'web-net' });
    expect(made({}, { NetworkMode: 'default' }, networks({}))['HostConfig']).toMatchObject({ NetworkMode: 'none' });
  });

  test('links are told in the words in which they are asked for', () => {
    const host = { NetworkMode: 'default', Links: ['/db:/web/database'] };
    expect(made({}, host, networks({ bridge: {} }))).toMatchObject({
      HostConfig: { NetworkMode: 'bridge', Links: ['db:database'] },
    });
  });
});
