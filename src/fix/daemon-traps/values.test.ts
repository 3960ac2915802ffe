import { expect, test } from 'vitest';
import { type Case, trappedKeys, traps } from './trapped.fixture.ts';

const limit = { Name: 'nofile', Soft: 1024, Hard: 65_536 };

const cases: readonly Case[] = [
  ['a label without a value', { labels: ['shop'] }, {}, ['labels']],
  ['a label of Docker’s own', { labels: ['com.docker.x=1'] }, {}, ['labels']],
  ['a label with two values', { labels: ['a=1', 'a=2'] }, {}, ['labels']],
  ['labels', { labels: ['a=1', 'a=1', 'b='] }, {}, []],
  ['a name server by name', { dns: ['dns.example'] }, {}, ['dns']],
  ['name servers', { dns: ['192.0.2.53', '2001:db8::53'] }, {}, []],
  ['a domain with a space', { 'dns-search': ['shop example'] }, {}, ['dns-search']],
  ['domains', { 'dns-search': ['shop.example', '.'] }, {}, []],
  ['a mirror without a scheme', { 'registry-mirrors': ['registry.example'] }, {}, ['registry-mirrors']],
  ['a mirror with a path', { 'registry-mirrors': ['https://registry.example/a'] }, {}, ['registry-mirrors']],
  ['a mirror with a password', { 'registry-mirrors': ['https://a:b@registry.example'] }, {}, ['registry-mirrors']],
  ['a mirror', { 'registry-mirrors': ['https://registry.example:5000/'] }, {}, []],
  [
    'an insecure registry with a path',
    { 'insecure-registries': ['registry.example/shop'] },
    {},
    ['insecure-registries'],
  ],
  [
    'one with a port beyond all ports',
    { 'insecure-registries': ['registry.example:99999'] },
    {},
    ['insecure-registries'],
  ],
  ['one that begins with a hyphen', { 'insecure-registries': ['-registry.example'] }, {}, ['insecure-registries']],
  ['a range that is none', { 'insecure-registries': ['10.0.0.0/99'] }, {}, ['insecure-registries']],
  ['an empty one', { 'insecure-registries': [''] }, {}, ['insecure-registries']],
  [
    'insecure registries',
    { 'insecure-registries': ['registry.example:5000', '10.0.0.0/8', 'http://a.example', '[::1]:5000'] },
    {},
    [],
  ],
  [
    'artifacts to nowhere',
    { 'allow-nondistributable-artifacts': ['-x'] },
    { version: '27.0.1' },
    ['allow-nondistributable-artifacts'],
  ],
  ['which later engines pass over', { 'allow-nondistributable-artifacts': ['-x'] }, {}, []],
  ['a log level that is none', { 'log-level': 'loud' }, {}, ['log-level']],
  ['a log level', { 'log-level': 'INFO' }, {}, []],
  ['the host’s IPC for all', { 'default-ipc-mode': 'host' }, {}, ['default-ipc-mode']],
  ['private IPC', { 'default-ipc-mode': 'private' }, {}, []],
  ['an address that is none', { ip: 'localhost' }, {}, ['ip']],
  ['an address', { ip: '127.0.0.1' }, {}, []],
  ['an address without the size of its network', { bip: '10.99.0.1' }, { containers: [] }, ['bip']],
  ['an address with it', { bip: '10.99.0.1/24' }, { containers: [] }, []],
  ['a host with an unknown scheme', { hosts: ['unix:///a', 'http://x'] }, {}, ['hosts']],
  ['a negative number', { 'max-concurrent-downloads': -1 }, {}, ['max-concurrent-downloads']],
  ['a limit without a name', { 'default-ulimits': { nofile: { Soft: 1, Hard: 2 } } }, {}, ['default-ulimits']],
  [
    'a limit of no name that the kernel knows',
    { 'default-ulimits': { a: { ...limit, Name: 'files' } } },
    {},
    ['default-ulimits'],
  ],
  [
    'a soft limit above the hard one',
    { 'default-ulimits': { nofile: { ...limit, Hard: 1023 } } },
    {},
    ['default-ulimits'],
  ],
  [
    'no soft limit below a hard one',
    { 'default-ulimits': { nofile: { ...limit, Soft: -1 } } },
    {},
    ['default-ulimits'],
  ],
  ['no hard limit', { 'default-ulimits': { nofile: { ...limit, Hard: -1 } } }, {}, []],
  ['a limit', { 'default-ulimits': { nofile: limit } }, {}, []],
  [
    'a pool larger than its range',
    { 'default-address-pools': [{ base: '10.10.0.0/16', size: 8 }] },
    {},
    ['default-address-pools'],
  ],
  [
    'parts of a pool beyond 32 bits',
    { 'default-address-pools': [{ base: '10.10.0.0/16', size: 40 }] },
    {},
    ['default-address-pools'],
  ],
  ['a pool', { 'default-address-pools': [{ base: '10.10.0.0/16', size: 24 }] }, {}, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});

test('a password in a mirror is not repeated', () => {
  expect(JSON.stringify(traps({ 'registry-mirrors': ['https://shop:harbour7@registry.example'] }))).not.toContain(
    'harbour7',
  );
});
