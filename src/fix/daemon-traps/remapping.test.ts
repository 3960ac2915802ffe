import { expect, test } from 'vitest';
import { container } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { type Case, trappedKeys, traps } from './trapped.fixture.ts';

const remapped = { info: { securityOptions: ['name=userns'] } };
const empty = {
  info: { containers: 0 },
  containers: [],
  engine: {
    images: known([], 'engine-api' as const, 'GET /images/json'),
    volumes: known([], 'engine-api' as const, 'GET /volumes'),
  },
};

function people(name: string, ranges: readonly string[]): Partial<HostFacts> {
  const list = ranges.map((owner) => ({ owner, start: 100_000, count: 65_536 }));
  return {
    accounts: known(
      {
        users: [{ name, uid: 900, gid: 900, home: '/', shell: '/bin/false' }],
        groups: [{ name, gid: 900, members: [] }],
      },
      'file',
      '/etc/passwd',
    ),
    subordinateIds: known({ users: list, groups: list }, 'file', '/etc/subuid'),
  };
}

const cases: readonly Case[] = [
  ['an engine with things in it', { 'userns-remap': 'default' }, {}, ['userns-remap']],
  ['an empty engine', { 'userns-remap': 'default' }, empty, []],
  ['an engine that remaps already', { 'userns-remap': 'default' }, remapped, []],
  [
    'the setting taken back: what was made since is hidden',
    {},
    { ...remapped, before: { 'userns-remap': 'default' } },
    ['userns-remap'],
  ],
  [
    'an engine with a volume only',
    { 'userns-remap': 'default' },
    { ...empty, engine: { images: empty.engine.images } },
    ['userns-remap'],
  ],
  ['a user that is not there', { 'userns-remap': 'nobody-here' }, empty, ['userns-remap']],
  ['a user with ranges', { 'userns-remap': 'shop' }, { ...empty, host: people('shop', ['shop']) }, []],
  ['a user with ranges by number', { 'userns-remap': '900' }, { ...empty, host: people('shop', ['900']) }, []],
  ['a user without ranges', { 'userns-remap': 'shop' }, { ...empty, host: people('shop', []) }, ['userns-remap']],
  [
    'a group that is not there',
    { 'userns-remap': 'shop:port' },
    { ...empty, host: people('shop', ['shop']) },
    ['userns-remap'],
  ],
  [
    'dockremap that has lost its ranges',
    { 'userns-remap': 'default' },
    { ...empty, host: people('dockremap', []) },
    ['userns-remap'],
  ],
  ['dockremap that dockerd makes', { 'userns-remap': 'default' }, { ...empty, host: people('other', []) }, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});

test.each([
  ['privileged', { privileged: true }],
  ['with the host’s network', { namespaces: { network: 'host' } }],
  ['with the host’s processes', { namespaces: { pid: 'host' } }],
])('a container that is %s is named', (_what, change) => {
  const broken = { ...container(), ...change, name: 'agent' };
  const reasons = (each: typeof broken) =>
    traps({ 'userns-remap': 'default' }, { containers: [each] }).map(({ reason }) => reason.en);
  expect(reasons(broken)).toContainEqual(expect.stringContaining('agent cannot be created'));
  expect(reasons({ ...broken, namespaces: { ...broken.namespaces, user: 'host' } })).toHaveLength(1);
});
