import { expect, test } from 'vitest';
import { known } from '../../model/fact.ts';
import { type Case, trappedKeys, traps } from './trapped.fixture.ts';

const figures = { 'metrics-addr': '127.0.0.1:9323' };
const remote = { hosts: ['unix:///a', 'tcp://192.0.2.10:2376'], tls: false };

function taken(address: string, port: number) {
  const process = { pid: 700, name: 'prometheus' };
  const listener = { protocol: 'tcp' as const, address, port, process };
  return { host: { listeners: known([listener], 'kernel' as const, '/proc/1/net') } };
}

const ownSocket = {
  engine: {
    sockets: known(
      { unix: [], tcp: [{ protocol: 'tcp' as const, address: '0.0.0.0', port: 2376 }] },
      'kernel' as const,
      '',
    ),
  },
};

const cases: readonly Case[] = [
  ['a port that is taken', figures, taken('0.0.0.0', 9323), ['metrics-addr']],
  [
    'a port that is taken at the same address',
    { 'metrics-addr': 'localhost:9323' },
    taken('127.0.0.1', 9323),
    ['metrics-addr'],
  ],
  ['a port that is taken at another address', figures, taken('192.0.2.10', 9323), []],
  ['another port', figures, taken('0.0.0.0', 9324), []],
  ['figures before 20.10', figures, { version: '19.03.15' }, ['metrics-addr experimental']],
  ['figures as an experiment', { ...figures, experimental: true }, { version: '19.03.15' }, []],
  ['an address without a port', { 'metrics-addr': '127.0.0.1' }, {}, ['metrics-addr']],
  [
    'the engine’s own port at a narrower address',
    figures,
    { before: { 'metrics-addr': '0.0.0.0:9323' }, ...taken('0.0.0.0', 9323) },
    [],
  ],
  ['an address of the API that is taken', remote, taken('192.0.2.10', 2376), ['hosts']],
  ['an address of the API that is the engine’s own', remote, { ...taken('0.0.0.0', 2376), ...ownSocket }, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});

test('who has the port is said', () => {
  expect(traps(figures, taken('0.0.0.0', 9323))[0]?.reason.en).toContain('9323 is taken by prometheus');
});
