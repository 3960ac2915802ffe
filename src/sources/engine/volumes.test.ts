import { expect, test } from 'vitest';
import { PlimsollError } from '../../model/error.ts';
import { readVolumes } from './volumes.ts';

/** As Docker 20.10 lists one that is a bind in disguise. */
const docker20 = {
  CreatedAt: '2026-11-21T22:59:27Z',
  Driver: 'local',
  Labels: { owner: 'shop' },
  Mountpoint: '/var/lib/docker/volumes/etc/_data',
  Name: 'etc',
  Options: { device: '/etc', o: 'bind', type: 'none' },
  Scope: 'local',
};

test('the volumes of Docker 20.10', () => {
  expect(readVolumes({ Volumes: [docker20], Warnings: null })).toEqual([
    {
      name: 'etc',
      driver: 'local',
      mountpoint: '/var/lib/docker/volumes/etc/_data',
      options: { device: '/etc', o: 'bind', type: 'none' },
      labels: { owner: 'shop' },
      created: Date.UTC(2026, 10, 21, 22, 59, 27),
    },
  ]);
});

test('Docker 29 marks those without a name, and has null for no options', () => {
  const anonymous = {
    ...docker20,
    Name: 'c0'.repeat(32),
    Labels: { 'com.docker.volume.anonymous': '' },
    Options: null,
  };
  expect(readVolumes({ Volumes: [anonymous], Warnings: null })).toMatchObject([
    { labels: { 'com.docker.volume.anonymous': '' }, options: {} },
  ]);
});

test('Podman writes the time with a zone and parts of a second', () => {
  const volume = { ...docker20, CreatedAt: '2026-11-21T23:59:27.123456789+01:00', UsageData: null };
  expect(readVolumes({ Volumes: [volume] })[0]?.created).toBe(Date.UTC(2026, 10, 21, 22, 59, 27, 123));
});

test.each([undefined, '', '0001-01-01T00:00:00Z', 'yesterday'])('the time %j is none', (CreatedAt) => {
  const volume = { ...docker20, CreatedAt: CreatedAt ?? null };
  expect(readVolumes({ Volumes: [volume] })[0]).not.toHaveProperty('created');
});

test('an engine without volumes has none; what is no volume is left out; what is no answer is none', () => {
  expect(readVolumes({ Volumes: null })).toEqual([]);
  expect(readVolumes({ Volumes: [{}, 'odd', docker20] })).toHaveLength(1);
  expect(() => readVolumes([])).toThrow(PlimsollError);
});

test('the password of a share is not told', () => {
  const Options = { type: 'cifs', device: '//files.example/shop', o: 'username=web,password=hunter2' };
  const volumes = readVolumes({ Volumes: [{ ...docker20, Options }] });
  expect(JSON.stringify(volumes)).not.toContain('hunter2');
  expect(volumes[0]?.options).toMatchObject({ type: 'cifs', o: expect.stringContaining('username=web') });
});
