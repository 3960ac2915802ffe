import { expect, test } from 'vitest';
import { type Case, trappedKeys, traps } from './trapped.fixture.ts';

const old = { version: '20.10.24+dfsg1' };

const cases: readonly Case[] = [
  ['a key that nobody knows', { 'no-such': 1 }, {}, ['no-such']],
  ['a key in capitals', { ICC: false }, {}, ['ICC']],
  [
    'the documented name of a flag with another name',
    { 'containerd-plugin-namespace': 'x' },
    {},
    ['containerd-plugin-namespace'],
  ],
  ['the flag’s own name', { 'containerd-plugins-namespace': 'x' }, {}, []],
  ['a proxy before 23.0', { proxies: { 'http-proxy': 'http://proxy.example' } }, old, ['http-proxy']],
  ['a proxy since', { proxies: { 'http-proxy': 'http://proxy.example' } }, { version: '23.0.0' }, []],
  ['log-format before 25.0', { 'log-format': 'json' }, { version: '24.0.9' }, ['log-format']],
  ['log-format since', { 'log-format': 'json' }, { version: '25.0.0' }, []],
  [
    'allow-direct-routing before 28.2',
    { 'allow-direct-routing': false },
    { version: '28.1.1' },
    ['allow-direct-routing'],
  ],
  ['allow-direct-routing since', { 'allow-direct-routing': false }, { version: '28.2.0' }, []],
  ['graph since 23.0', { graph: '/var/lib/docker' }, { version: '23.0.0' }, ['graph']],
  ['graph before', { graph: '/var/lib/docker' }, old, []],
  ['oom-score-adjust since 26.0', { 'oom-score-adjust': -500 }, { version: '26.0.0' }, ['oom-score-adjust']],
  ['oom-score-adjust before', { 'oom-score-adjust': -500 }, { version: '25.0.6' }, []],
  ['a key of a new engine where the version is no number', { 'log-format': 'json' }, { version: 'dev' }, []],
  [
    'both names of one key',
    { 'host-gateway-ip': '192.0.2.1', 'host-gateway-ips': ['192.0.2.1'] },
    {},
    ['host-gateway-ip host-gateway-ips'],
  ],
  ['one of them', { 'host-gateway-ips': ['192.0.2.1'] }, {}, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});

test('an unknown key that stands there already stops every change, but not its own removal', () => {
  const before = { 'no-such': 1 };
  expect(trappedKeys({ ...before, icc: false }, { before })).toEqual(['no-such icc']);
  expect(trappedKeys({ icc: false }, { before })).toEqual([]);
});

test('a later engine than the table’s may know a key that stands there, but not one that is brought in', () => {
  const later = { version: '31.0.0' };
  expect(trappedKeys({ 'no-such': 1, icc: false }, { ...later, before: { 'no-such': 1 } })).toEqual([]);
  expect(trappedKeys({ 'no-such': 1 }, later)).toEqual(['no-such']);
});

test('what the key should be is said, and how old the engine is', () => {
  expect(traps({ ICC: false })[0]?.advice.en).toBe('Write icc, in lower case.');
  expect(traps({ graph: '/x' })[0]?.advice.en).toContain('data-root');
  expect(traps({ 'log-format': 'json' }, old)[0]?.reason.en).toContain('25.0');
});
