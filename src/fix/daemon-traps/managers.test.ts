import { expect, test } from 'vitest';
import { container } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { type Case, trappedKeys, traps } from './trapped.fixture.ts';

const pod = [{ ...container(), owner: { kind: 'kubernetes' as const } }];
const labelled = [{ ...container(), labels: { 'io.kubernetes.pod.name': 'web' } }];
const ofUser = {
  info: { securityOptions: ['name=rootless'] },
  containers: [],
  engine: {
    configuration: known(
      { file: '/home/shop/.config/docker/daemon.json', values: {}, modified: 0, positions: {} },
      'file' as const,
      '',
    ),
  },
};
const snap = { info: { dataRoot: '/var/snap/docker/common/var-lib-docker' } };
const ofSnap = known(
  { file: '/var/snap/docker/current/config/daemon.json', values: {}, modified: 0, positions: {} },
  'file' as const,
  '',
);

const cases: readonly Case[] = [
  ['Podman', { icc: false, debug: true }, { engine: { kind: 'podman' } }, ['icc debug']],
  ['Docker Desktop', { icc: false }, { info: { operatingSystem: 'Docker Desktop' } }, ['icc']],
  ['an engine elsewhere', { icc: false }, { engine: { local: false } }, ['icc']],
  ['a snap', { icc: false }, snap, ['icc']],
  ['a snap, in its own file', { icc: false }, { ...snap, engine: { configuration: ofSnap } }, []],
  ['a kubelet’s engine', { icc: false, 'live-restore': true }, { containers: pod }, ['icc']],
  [
    'a kubelet’s engine by a label',
    { 'exec-opts': ['native.cgroupdriver=systemd'] },
    { containers: labelled },
    ['exec-opts'],
  ],
  ['what a kubelet does not care about', { 'live-restore': true }, { containers: pod }, []],
  ['a rootless engine, in its own file', { icc: false }, ofUser, []],
  ['a rootless engine, in the file of another', { icc: false }, { ...ofUser, engine: {} }, ['icc']],
  ['a rootless engine with other users', { 'userns-remap': 'default' }, ofUser, ['userns-remap', 'userns-remap']],
  ['a rootless engine without its proxy', { 'userland-proxy': false }, ofUser, ['userland-proxy']],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});

test('where nothing is changed, nobody is in the way', () => {
  expect(traps({}, { engine: { kind: 'podman' } })).toEqual([]);
});
