import { expect, test } from 'vitest';
import { known } from '../../model/fact.ts';
import { type Case, trappedKeys } from './trapped.fixture.ts';

const empty = {
  info: { containers: 0 },
  containers: [],
  engine: {
    images: known([], 'engine-api' as const, 'GET /images/json'),
    volumes: known([], 'engine-api' as const, 'GET /volumes'),
  },
};

const cases: readonly Case[] = [
  ['another place', { 'data-root': '/srv/docker' }, {}, ['data-root']],
  ['the place that is in use', { 'data-root': '/var/lib/docker/' }, {}, []],
  [
    'the place that is in use, with remapped users',
    { 'data-root': '/srv/docker' },
    { info: { dataRoot: '/srv/docker/100000.100000' } },
    [],
  ],
  [
    'the usual place again',
    {},
    { before: { 'data-root': '/srv/docker' }, info: { dataRoot: '/srv/docker' } },
    ['data-root'],
  ],
  ['another place for nothing', { 'data-root': '/srv/docker' }, empty, []],
  ['another driver', { 'storage-driver': 'btrfs' }, {}, ['storage-driver']],
  ['the driver that is in use', { 'storage-driver': 'overlay2' }, {}, []],
  ['another driver for nothing', { 'storage-driver': 'btrfs' }, empty, []],
  ['another store of images', { features: { 'containerd-snapshotter': true } }, {}, ['features']],
  ['another feature', { features: { buildkit: true } }, {}, []],
  [
    'devicemapper since 25.0',
    { 'storage-driver': 'devicemapper' },
    { ...empty, version: '25.0.0' },
    ['storage-driver'],
  ],
  ['devicemapper before', { 'storage-driver': 'devicemapper' }, { ...empty, version: '24.0.9' }, []],
  ['a driver that is none', { 'storage-driver': 'overlay3' }, { ...empty, version: '28.0.0' }, ['storage-driver']],
  ['a driver of containerd’s', { 'storage-driver': 'stargz' }, empty, []],
  ['an option of another driver', { 'storage-opts': ['dm.basesize=20G'] }, {}, ['storage-opts storage-driver']],
  ['an option without a value', { 'storage-opts': ['overlay2.size'] }, {}, ['storage-opts storage-driver']],
  ['an option of its own', { 'storage-opts': ['overlay2.size=20G'] }, {}, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});
