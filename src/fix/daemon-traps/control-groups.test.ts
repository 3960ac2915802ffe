import { expect, test } from 'vitest';
import { known } from '../../model/fact.ts';
import { type Case, trappedKeys } from './trapped.fixture.ts';

const systemd = { 'exec-opts': ['native.cgroupdriver=systemd'] };
const cgroupfs = { 'exec-opts': ['native.cgroupdriver=cgroupfs'] };
const withFiles = { info: { cgroupDriver: 'cgroupfs' }, containers: [] };
const withoutSystemd = { host: { processes: known([{ pid: 1, name: 'init', uid: 0 }], 'kernel' as const, '/proc') } };

const cases: readonly Case[] = [
  ['the driver in use', systemd, {}, []],
  ['another driver under containers', cgroupfs, {}, ['exec-opts']],
  ['another driver on an empty engine', cgroupfs, { containers: [] }, []],
  ['a driver that is none', { 'exec-opts': ['native.cgroupdriver=lxc'] }, { containers: [] }, ['exec-opts']],
  ['systemd without systemd', systemd, withoutSystemd, ['exec-opts']],
  ['another option since 25.0', { 'exec-opts': ['isolation=process'] }, {}, ['exec-opts']],
  ['another option before', { 'exec-opts': ['isolation=process'] }, { version: '20.10.24' }, []],
  ['a path under systemd', { 'cgroup-parent': '/shop' }, {}, ['cgroup-parent exec-opts']],
  ['a slice under systemd', { 'cgroup-parent': 'shop.slice' }, {}, []],
  ['a slice without systemd', { 'cgroup-parent': 'shop.slice' }, withFiles, ['cgroup-parent exec-opts']],
  ['a path without systemd', { 'cgroup-parent': '/shop' }, withFiles, []],
  ['a path, and systemd from now on', { ...systemd, 'cgroup-parent': '/shop' }, withFiles, ['cgroup-parent exec-opts']],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});
