import { expect, test } from 'vitest';
import { container } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { type Case, trappedKeys } from './trapped.fixture.ts';

const both = ['log-driver log-opts'];
const plugin = {
  name: 'loki:latest',
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
  ['max-size with syslog', { 'log-driver': 'syslog', 'log-opts': { 'max-size': '10m' } }, {}, both],
  ['max-size with json-file', { 'log-driver': 'json-file', 'log-opts': { 'max-size': '10m' } }, {}, []],
  [
    'another driver over options that stay',
    { 'log-driver': 'journald', 'log-opts': { 'max-size': '10m' } },
    { before: { 'log-opts': { 'max-size': '10m' } }, changed: ['log-driver'] },
    both,
  ],
  [
    'options for the driver on the command line',
    { 'log-opts': { 'max-size': '10m' } },
    { flags: ['--log-driver=syslog'] },
    both,
  ],
  ['gelf without an address', { 'log-driver': 'gelf' }, {}, both],
  ['gelf with one', { 'log-driver': 'gelf', 'log-opts': { 'gelf-address': 'udp://logs.example:12201' } }, {}, []],
  ['a size that is none', { 'log-opts': { 'max-size': 'large' } }, {}, both],
  ['several files without a size', { 'log-opts': { 'max-file': '3' } }, {}, both],
  ['one file without a size', { 'log-opts': { 'max-file': '1' } }, {}, []],
  ['several files with a size', { 'log-opts': { 'max-size': '10m', 'max-file': '3' } }, {}, []],
  ['compression of one file', { 'log-opts': { 'max-size': '10m', compress: 'true' } }, {}, both],
  ['compression of several', { 'log-opts': { 'max-size': '10m', 'max-file': '2', compress: 'true' } }, {}, []],
  ['local compresses by itself', { 'log-driver': 'local', 'log-opts': { compress: 'true', 'max-file': '3' } }, {}, []],
  ['a switch that is none', { 'log-driver': 'local', 'log-opts': { compress: 'maybe' } }, {}, both],
  ['a mode that is none', { 'log-opts': { mode: 'fast' } }, {}, both],
  ['a buffer that blocks', { 'log-opts': { 'max-buffer-size': '4m' } }, {}, both],
  ['a buffer that does not', { 'log-opts': { mode: 'non-blocking', 'max-buffer-size': '4m' } }, {}, []],
  ['an address of no kind', { 'log-driver': 'syslog', 'log-opts': { 'syslog-address': 'x://logs.example' } }, {}, both],
  ['an address', { 'log-driver': 'syslog', 'log-opts': { 'syslog-address': 'tcp://logs.example:514' } }, {}, []],
  ['a driver that is not there', { 'log-driver': 'loki' }, {}, both],
  [
    'a driver of a plugin',
    { 'log-driver': 'loki' },
    { engine: { plugins: known([plugin], 'engine-api', 'GET /plugins') } },
    [],
  ],
  [
    'a driver of a plugin that is off',
    { 'log-driver': 'loki' },
    { engine: { plugins: known([{ ...plugin, enabled: false }], 'engine-api', 'GET /plugins') } },
    both,
  ],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, { containers: [], ...circumstances })).toEqual(expected);
});

test('options that no container takes and that stand there already are nobody’s trap', () => {
  const before = { 'log-opts': { 'max-file': '3' } };
  expect(trappedKeys({ ...before, icc: false }, { before, changed: ['icc'] })).toEqual([]);
});

test('options of a container’s own that another default driver refuses', () => {
  const own = { ...container(), logging: { driver: 'json-file', options: { 'max-size': '5m' } } };
  const change = { 'log-driver': 'journald' };
  const before = { info: { loggingDriver: 'json-file' }, containers: [own] };
  expect(trappedKeys(change, before)).toEqual(['log-driver']);
  expect(trappedKeys({ 'log-driver': 'local' }, before)).toEqual([]);
  // What the container has from the engine goes with the engine's options.
  expect(trappedKeys(change, { ...before, before: { 'log-opts': { 'max-size': '5m' } } })).toEqual([]);
  const named = { ...own, logging: { ...own.logging, driver: 'local' } };
  expect(trappedKeys(change, { ...before, containers: [named] })).toEqual([]);
});
