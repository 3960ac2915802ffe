import { expect, test } from 'vitest';
import { type Case, trappedKeys } from './trapped.fixture.ts';

const files = { '/usr/bin/runsc': '' };

const cases: readonly Case[] = [
  ['userns-remap as true', { 'userns-remap': true }, {}, ['userns-remap']],
  ['a switch in quotes', { 'live-restore': 'true' }, {}, ['live-restore']],
  ['a switch', { 'live-restore': true }, {}, []],
  ['a switch that is null, which is false', { 'live-restore': null }, {}, ['live-restore']],
  ['a text that is null, which is nothing', { group: null }, {}, []],
  ['a list that is a text', { 'dns-opts': 'ndots:1' }, {}, ['dns-opts']],
  ['a list', { 'dns-opts': ['ndots:1'] }, {}, []],
  ['a list of numbers', { 'dns-opts': [1] }, {}, ['dns-opts']],
  ['a number in quotes', { mtu: '1500' }, {}, ['mtu']],
  ['a part of a number', { 'shutdown-timeout': 1.5 }, {}, ['shutdown-timeout']],
  ['a number', { mtu: 1500, 'shutdown-timeout': 15 }, {}, []],
  ['a size without quotes', { 'default-shm-size': 64_000_000 }, {}, ['default-shm-size']],
  ['a size', { 'default-shm-size': '64M' }, {}, []],
  ['log options that are numbers', { 'log-opts': { 'max-size': 10 } }, {}, ['log-opts']],
  ['a feature that is a text', { features: { buildkit: 'yes' } }, {}, ['features']],
  ['a feature', { features: { buildkit: true } }, {}, []],
  ['a runtime that is a path', { runtimes: { runsc: '/usr/bin/runsc' } }, {}, ['runtimes']],
  ['a runtime', { runtimes: { runsc: { path: '/usr/bin/runsc', runtimeArgs: ['--debug'] } } }, { files }, []],
  ['a limit that is a text', { 'default-ulimits': { nofile: '1024:2048' } }, {}, ['default-ulimits']],
  [
    'a limit of texts',
    { 'default-ulimits': { nofile: { Name: 'nofile', Soft: '1024', Hard: 2048 } } },
    {},
    ['default-ulimits'],
  ],
  ['options of networks', { 'default-network-opts': { bridge: { 'com.docker.network.driver.mtu': '1450' } } }, {}, []],
  ['options of networks without a driver', { 'default-network-opts': { mtu: '1450' } }, {}, ['default-network-opts']],
  ['the settings of the builder', { builder: { gc: { enabled: true } } }, {}, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});
