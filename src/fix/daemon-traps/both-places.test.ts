import { engine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { expect, test } from 'vitest';
import { type Case, trappedKeys, traps } from './trapped.fixture.ts';

const unix = 'unix:///var/run/docker.sock';
const notBySystemd = { engine: { units: known(null, 'file' as const, '/proc/1/comm') } };

const cases: readonly Case[] = [
  ['a switch in both, with the same value', { 'live-restore': true }, { flags: ['--live-restore'] }, ['live-restore']],
  ['another key', { 'live-restore': true }, { flags: ['--debug'] }, []],
  ['hosts beside -H', { hosts: [unix] }, { flags: ['-H', 'fd://'] }, ['hosts']],
  ['hosts beside --host', { hosts: [unix] }, { flags: ['--host=fd://'] }, ['hosts']],
  ['hosts alone', { hosts: [unix] }, {}, []],
  ['labels beside --label', { labels: ['a=b'] }, { flags: ['--label', 'c=d'] }, ['labels']],
  ['log-opts beside --log-opt', { 'log-opts': { 'max-size': '10m' } }, { flags: ['--log-opt', 'env=A'] }, ['log-opts']],
  ['dns beside --dns', { dns: ['192.0.2.53'] }, { flags: ['--dns=192.0.2.54'] }, ['dns']],
  ['a key within a group', { proxies: { 'no-proxy': 'x.example' } }, { flags: ['--no-proxy=y.example'] }, ['no-proxy']],
  [
    'runtimes, which are merged',
    { runtimes: { a: { path: '/a' } } },
    { flags: ['--add-runtime', 'b=/b'], files: { '/a': '' } },
    [],
  ],
  ['hosts without a unix socket', { hosts: ['tcp://192.0.2.10:2376'], tls: false }, {}, ['hosts']],
  ['fd:// without systemd', { hosts: ['fd://'] }, notBySystemd, ['hosts']],
  ['fd:// with systemd', { hosts: ['fd://'] }, {}, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});

test('the flag is named, and the unit that it stands in', () => {
  const [trap] = traps({ hosts: [unix] }, { flags: ['-H', 'fd://'] });
  expect(trap?.reason.en).toContain('-H');
  expect(trap?.commands).toContain('systemctl edit docker.service');
  expect(engine().units.known).toBe(true);
});
