import { expect, test } from 'vitest';
import { container } from '../../../test/subjects.ts';
import { type Case, trappedKeys } from './trapped.fixture.ts';

const certificate = '-----BEGIN CERTIFICATE-----\n';
const key = '-----BEGIN EC PRIVATE KEY-----\n';
const files = { '/ca.pem': certificate, '/cert.pem': certificate, '/key.pem': key };
const tls = { tlsverify: true, tlscacert: '/ca.pem', tlscert: '/cert.pem', tlskey: '/key.pem' };
const old = { version: '20.10.24' };
const runsc = { runsc: { path: '/usr/bin/runsc' } };
const withRunsc = { files: { '/usr/bin/runsc': '' } };

const cases: readonly Case[] = [
  ['TLS with its three files', tls, { files }, []],
  ['a file behind a link', tls, { files: { ...files, '/key.pem': undefined } }, []],
  ['no authority', { ...tls, tlscacert: null }, { files }, ['tlscacert tls tlsverify']],
  ['an authority that is not there', tls, { files: { ...files, '/ca.pem': undefined, '/cert.pem': certificate } }, []],
  ['a certificate that is not there', { ...tls, tlscert: '/none.pem' }, { files }, ['tlscert tls tlsverify']],
  [
    'a certificate in place of the key',
    tls,
    { files: { ...files, '/key.pem': certificate } },
    ['tlskey tls tlsverify'],
  ],
  [
    'a key that is encrypted',
    tls,
    { files: { ...files, '/key.pem': '-----BEGIN ENCRYPTED PRIVATE KEY-----\n' } },
    ['tlskey tls tlsverify'],
  ],
  [
    'tlsverify false, which is TLS all the same',
    { tlsverify: false },
    {},
    ['tlscert tls tlsverify', 'tlskey tls tlsverify'],
  ],
  ['no TLS', { tls: false, tlscacert: '/none.pem' }, {}, []],
  [
    'tls alone verifies since 20.10',
    { tls: true, tlscert: '/cert.pem', tlskey: '/key.pem' },
    { files },
    ['tlscacert tls tlsverify'],
  ],
  [
    'tls alone does not before',
    { tls: true, tlscert: '/cert.pem', tlskey: '/key.pem' },
    { files, version: '19.03.15' },
    [],
  ],

  ['an address without TLS', { hosts: ['unix:///a', 'tcp://192.0.2.10:2375'] }, {}, ['hosts tls tlsverify']],
  ['an address with TLS', { ...tls, hosts: ['unix:///a', 'tcp://192.0.2.10:2376'] }, { files }, []],
  [
    'TLS taken away from an address that stays',
    { hosts: ['unix:///a', 'tcp://192.0.2.10:2376'] },
    { files, before: { ...tls, hosts: ['unix:///a', 'tcp://192.0.2.10:2376'] }, changed: ['tlsverify'] },
    ['hosts tls tlsverify'],
  ],

  ['a profile that is not there', { 'seccomp-profile': '/none.json' }, {}, ['seccomp-profile']],
  ['a profile that is no JSON', { 'seccomp-profile': '/a.json' }, { files: { '/a.json': '{' } }, ['seccomp-profile']],
  ['JSON that is no profile', { 'seccomp-profile': '/a.json' }, { files: { '/a.json': '{}' } }, ['seccomp-profile']],
  ['a profile', { 'seccomp-profile': '/a.json' }, { files: { '/a.json': '{"defaultAction":"SCMP_ACT_ERRNO"}' } }, []],
  ['builtin before 23.0', { 'seccomp-profile': 'builtin' }, old, ['seccomp-profile']],
  ['builtin since', { 'seccomp-profile': 'builtin' }, {}, []],

  ['a runtime that is not there', { runtimes: runsc }, {}, ['runtimes']],
  ['a runtime', { runtimes: runsc }, withRunsc, []],
  ['a runtime of dockerd’s own name', { runtimes: { runc: { path: '/usr/bin/runsc' } } }, withRunsc, ['runtimes']],
  ['a default that nobody named', { 'default-runtime': 'runsc' }, {}, ['default-runtime runtimes']],
  ['a default that the file names', { 'default-runtime': 'runsc', runtimes: runsc }, withRunsc, []],
  [
    'a default that a flag names',
    { 'default-runtime': 'runsc' },
    { flags: ['--add-runtime', 'runsc=/usr/bin/runsc'] },
    [],
  ],
  [
    'a default of the file beside a flag',
    { 'default-runtime': 'runsc', runtimes: runsc },
    { ...withRunsc, flags: ['--add-runtime', 'a=/a'] },
    [],
  ],
  [
    'a default whose program is not there',
    { 'default-runtime': 'runsc', runtimes: runsc },
    {},
    ['runtimes default-runtime'],
  ],
  ['a shim since 23.0', { 'default-runtime': 'io.containerd.runc.v2' }, {}, []],
  ['a shim before', { 'default-runtime': 'io.containerd.runc.v2' }, old, ['default-runtime runtimes']],
  [
    'a runtime that a container has',
    {},
    { before: { runtimes: runsc }, containers: [{ ...container(), runtime: 'runsc' }] },
    ['runtimes'],
  ],
  ['a runtime that none has', {}, { before: { runtimes: runsc } }, []],

  ['an init that is not there', { init: true, 'init-path': '/none' }, {}, ['init-path init']],
  ['an init', { init: true, 'init-path': '/init' }, { files: { '/init': '' } }, []],
  ['a proxy that is not there', { 'userland-proxy-path': '/none' }, old, ['userland-proxy-path userland-proxy']],
  ['a proxy that is not used', { 'userland-proxy-path': '/none', 'userland-proxy': false }, {}, []],
  ['a containerd that is not there', { containerd: '/none.sock' }, {}, ['containerd']],
  [
    'a containerd',
    { containerd: '/run/containerd/containerd.sock' },
    { files: { '/run/containerd/containerd.sock': undefined } },
    [],
  ],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});

test('a proxy that is not there stops dockerd since 23.0, whatever else is changed', () => {
  const before = { 'userland-proxy-path': '/none' };
  const after = { ...before, debug: true };
  expect(trappedKeys(after, { before })).toEqual(['userland-proxy-path userland-proxy debug']);
  expect(trappedKeys(after, { before, ...old })).toEqual([]);
});
