import { describe, expect, test } from 'vitest';
import { inspected } from '../../../test/recorded-engines.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { containerFromCreateRequest, containerFromInspect } from './container.ts';

const asked = (HostConfig: JsonObject, Volumes: JsonObject = {}) => containerFromCreateRequest({ Volumes, HostConfig });
const mounted = (Mounts: JsonValue, HostConfig: JsonObject = {}) =>
  containerFromInspect(inspected('web', { Mounts, HostConfig }));

describe('what a create request asks for', () => {
  test.each([
    ['/srv:/data', { kind: 'bind', source: '/srv', target: '/data', readOnly: false }],
    ['/srv:/data:ro', { kind: 'bind', source: '/srv', target: '/data', readOnly: true }],
    ['/srv:/data:ro,rshared', { readOnly: true, propagation: 'rshared' }],
    ['/srv:/data:z,slave', { readOnly: false, propagation: 'slave' }],
    ['cache:/data', { kind: 'volume', source: 'cache', target: '/data', readOnly: false }],
    ['cache:/data:ro,nocopy', { kind: 'volume', readOnly: true }],
    ['/data', { kind: 'volume', target: '/data', anonymous: true }],
  ])('the bind %s', (bind, mount) => {
    const spec = asked({ Binds: [bind] });
    expect(spec.mounts).toHaveLength(1);
    expect(spec.mounts[0]).toMatchObject(mount);
  });

  test('mounts of every kind', () => {
    const spec = asked({
      Mounts: [
        {
          Type: 'bind',
          Source: '/srv',
          Target: '/data',
          ReadOnly: true,
          BindOptions: { Propagation: 'rslave', ReadOnlyNonRecursive: true },
        },
        {
          Type: 'volume',
          Source: 'share',
          Target: '/share',
          VolumeOptions: {
            DriverConfig: { Name: 'local', Options: { type: 'nfs', o: 'addr=192.0.2.1', device: ':/x' } },
          },
        },
        { Type: 'volume', Target: '/scratch' },
        { Type: 'tmpfs', Target: '/tmp', TmpfsOptions: { SizeBytes: 1024, Mode: 0o1777 } },
        { Type: 'image', Source: 'tools:1', Target: '/tools' },
      ],
    });
    expect(spec.mounts).toEqual([
      {
        kind: 'bind',
        source: '/srv',
        target: '/data',
        readOnly: true,
        readOnlyNonRecursive: true,
        propagation: 'rslave',
        options: {},
        anonymous: false,
      },
      {
        kind: 'volume',
        source: 'share',
        target: '/share',
        readOnly: false,
        driver: 'local',
        options: { type: 'nfs', o: 'addr=192.0.2.1', device: ':/x' },
        anonymous: false,
      },
      { kind: 'volume', target: '/scratch', readOnly: false, options: {}, anonymous: true },
      { kind: 'tmpfs', target: '/tmp', readOnly: false, options: { size: '1024', mode: '1777' }, anonymous: false },
      { kind: 'image', source: 'tools:1', target: '/tools', readOnly: false, options: {}, anonymous: false },
    ]);
  });

  test('tmpfs with its options', () => {
    expect(asked({ Tmpfs: { '/run': '', '/tmp': 'ro,noexec,size=64m' } }).mounts).toEqual([
      { kind: 'tmpfs', target: '/run', readOnly: false, options: {} },
      { kind: 'tmpfs', target: '/tmp', readOnly: true, options: { ro: '', noexec: '', size: '64m' } },
    ]);
  });

  test('volumes of the image are anonymous where nothing else is mounted', () => {
    const spec = asked({ Binds: ['/srv:/data'] }, { '/data': {}, '/cache': {} });
    expect(spec.mounts.map(({ kind, target }) => [kind, target])).toEqual([
      ['bind', '/data'],
      ['volume', '/cache'],
    ]);
  });

  test('each is where it was asked for', () => {
    const spec = asked(
      { Mounts: [{ Type: 'bind', Source: '/a', Target: '/a' }], Binds: ['/b:/b', '/c:/c'], Tmpfs: { '/d': '' } },
      { '/e': {} },
    );
    expect(spec.mounts.map((_, index) => spec.locate(`mounts[${index}]`).path)).toEqual([
      'HostConfig.Mounts[0]',
      'HostConfig.Binds[0]',
      'HostConfig.Binds[1]',
      'HostConfig.Tmpfs["/d"]',
      'Volumes["/e"]',
    ]);
  });
});

describe('what the engine mounted', () => {
  const anonymousName = '0f'.repeat(32);

  test('recorded from Docker 20.10', () => {
    const spec = mounted(
      [
        { Type: 'bind', Source: '/etc', Destination: '/x', Mode: 'ro', RW: false, Propagation: 'rprivate' },
        {
          Type: 'volume',
          Name: 'data',
          Source: '/var/lib/docker/volumes/data/_data',
          Destination: '/y',
          Driver: 'local',
          Mode: 'z',
          RW: true,
          Propagation: '',
        },
        { Type: 'bind', Source: '/tmp', Destination: '/z', Mode: '', RW: false, Propagation: 'rslave' },
      ],
      {
        Binds: ['/etc:/x:ro', 'data:/y'],
        Tmpfs: { '/run': '' },
        Mounts: [{ Type: 'bind', Source: '/tmp', Target: '/z', ReadOnly: true }],
      },
    );
    expect(spec.mounts).toEqual([
      {
        kind: 'bind',
        source: '/etc',
        target: '/x',
        readOnly: true,
        propagation: 'rprivate',
        options: {},
        anonymous: false,
      },
      { kind: 'volume', source: 'data', target: '/y', readOnly: false, driver: 'local', options: {}, anonymous: false },
      {
        kind: 'bind',
        source: '/tmp',
        target: '/z',
        readOnly: true,
        propagation: 'rslave',
        options: {},
        anonymous: false,
      },
      { kind: 'tmpfs', target: '/run', readOnly: false, options: {} },
    ]);
    expect(spec.mounts.map((_, index) => spec.locate(`mounts[${index}]`).path)).toEqual([
      'Mounts[0]',
      'Mounts[1]',
      'Mounts[2]',
      'HostConfig.Tmpfs["/run"]',
    ]);
  });

  test('a volume that nobody named is anonymous', () => {
    const spec = mounted([
      { Type: 'volume', Name: anonymousName, Destination: '/data', Driver: 'local', RW: true },
      { Type: 'volume', Name: 'data', Destination: '/named', Driver: 'local', RW: true },
    ]);
    expect(spec.mounts.map(({ anonymous }) => anonymous)).toEqual([true, false]);
  });

  test('what was asked for and is not shown is taken from the request, however its target was written', () => {
    const spec = mounted([{ Type: 'bind', Source: '/srv', Destination: '/data', RW: false }], {
      Mounts: [
        {
          Type: 'bind',
          Source: '/srv',
          Target: '/data//',
          ReadOnly: true,
          BindOptions: { ReadOnlyNonRecursive: true },
        },
      ],
    });
    expect(spec.mounts[0]).toMatchObject({ readOnly: true, readOnlyNonRecursive: true });
  });

  test('a tmpfs that is shown as mounted is not listed twice', () => {
    const spec = mounted([{ Type: 'tmpfs', Source: '', Destination: '/tmp', RW: true }], {
      Tmpfs: { '/tmp': 'noexec' },
    });
    expect(spec.mounts).toHaveLength(1);
  });

  test('a mount that does not say whether it can be written can be', () => {
    expect(mounted([{ Type: 'bind', Source: '/srv', Destination: '/data' }]).mounts[0]?.readOnly).toBe(false);
  });

  test.each<[string, JsonValue]>([
    ['null', null],
    ['an object', { '/data': '/srv' }],
    ['a list of texts', ['/srv:/data']],
  ])('%s is read without harm', (_, odd) => {
    expect(() => mounted(odd)).not.toThrow();
  });
});

test('the password of a share is not told by an engine, and a request keeps it', () => {
  const Options = { type: 'cifs', o: 'username=web,password=hunter2' };
  const Mounts = [
    { Type: 'volume', Source: 'shop', Target: '/data', VolumeOptions: { DriverConfig: { Name: 'local', Options } } },
  ];
  const told = mounted([{ Type: 'volume', Name: 'shop', Destination: '/data', RW: true }], { Mounts });
  expect(told.mounts[0]?.options).toEqual({ type: 'cifs', o: 'username=web,password=[redacted]' });
  expect(asked({ Mounts }).mounts[0]?.options).toEqual(Options);
});
