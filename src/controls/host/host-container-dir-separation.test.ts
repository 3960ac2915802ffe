import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { hostContainerDirSeparation as control } from './host-container-dir-separation.ts';

const mount = (hostPath: string, change: Partial<Mount> = {}): Mount => ({
  kind: 'bind',
  source: hostPath,
  hostPath,
  target: '/srv',
  readOnly: false,
  options: {},
  ...change,
});

function named(name: string, path: string | Mount, change: Partial<ContainerSpec> = {}): ContainerSpec {
  const mounts = [typeof path === 'string' ? mount(path) : path];
  return { ...container({ mounts }), name, id: name.padEnd(64, '0'), ...change };
}

function judged(containers: readonly ContainerSpec[], parameters = {}, facts = {}) {
  return judge(control, host(facts), { machine: machine({ containers }), parameters });
}

const project = (name: string, service = name): Partial<ContainerSpec> => ({
  owner: { kind: 'compose', project: name, service },
});
const pod = (name: string): Partial<ContainerSpec> => ({
  owner: { kind: 'kubernetes', project: 'shop', service: name },
});
const trust = (value: string): Partial<ContainerSpec> => ({ labels: { 'plimsoll.trust-group': value } });

test('two that stand alone and write to one folder fail, by name', () => {
  expect(judged([named('web', '/srv/shop'), named('job', '/srv/shop/')])).toMatchObject({
    status: 'fail',
    evidence: [{ source: 'engine-api', path: 'Mounts /srv/shop', value: ['job', 'web'] }],
  });
});

test.each([
  ['folders of their own', '/srv/a', '/srv/b', 'pass'],
  ['names that only begin alike', '/srv/a', '/srv/ab', 'pass'],
  ['a folder inside of the other’s', '/srv', '/srv/a/b', 'fail'],
  ['one folder by two names', mount('/srv/a', { hostInode: '1:2' }), mount('/mnt/a', { hostInode: '1:2' }), 'fail'],
  ['one that only reads', '/srv/a', mount('/srv/a', { readOnly: true }), 'pass'],
  ['a socket', '/run/docker.sock', '/run/docker.sock', 'not-applicable'],
  ['what the kernel shows', '/dev/snd', '/dev/snd', 'not-applicable'],
])('%s', (_, first, second, status) => {
  expect(judged([named('web', first), named('job', second)]).status).toBe(status);
});

test('a volume that is a bind in disguise counts, one of the engine’s own does not', () => {
  const disguised = mount('/srv/a', { kind: 'volume', options: { type: 'none', o: 'bind', device: '/srv/a' } });
  expect(judged([named('web', disguised), named('job', '/srv/a')]).status).toBe('fail');
  const { hostPath: _, ...own } = mount('data', { kind: 'volume' });
  expect(judged([named('web', own), named('job', own)]).status).toBe('not-applicable');
});

test.each([
  ['of one project', project('shop', 'web'), project('shop', 'job'), 'pass'],
  ['of two projects', project('shop'), project('blog'), 'fail'],
  ['of one pod', pod('web'), pod('web'), 'pass'],
  ['of two pods', pod('web'), pod('job'), 'fail'],
  ['with one trust label', trust('a'), trust('a'), 'pass'],
  [
    'of one project with two labels',
    { ...project('shop'), ...trust('a') },
    { ...project('shop'), ...trust('b') },
    'fail',
  ],
])('containers %s', (_, first, second, status) => {
  expect(judged([named('web', '/srv/a', first), named('job', '/srv/a', second)]).status).toBe(status);
});

test('a site names its own label, and paths that may be shared', () => {
  const both = [
    named('web', '/srv/a/b', { labels: { team: 'x' } }),
    named('job', '/srv/a/b', { labels: { team: 'x' } }),
  ];
  expect(judged(both).status).toBe('fail');
  expect(judged(both, { trustLabel: 'team' }).status).toBe('pass');
  expect(judged(both, { sharedPaths: ['/srv/a'] }).status).toBe('not-applicable');
  expect(judged(both, { sharedPaths: ['/srv/a/'] }).status).toBe('not-applicable');
  expect(judged(both, { sharedPaths: ['/srv/a/bc'] }).status).toBe('fail');
});

test('the host says what is no folder', () => {
  const status = { path: '/srv/q', realPath: '/srv/q', kind: 'other', uid: 0, gid: 0, mode: 0o600 } as const;
  const facts = { bindSources: known({ '/srv/q': status }, 'file', 'bind mounts') };
  expect(judged([named('web', '/srv/q'), named('job', '/srv/q')], {}, facts).status).toBe('not-applicable');
});

test('unknown where containers could not be asked for', () => {
  const silent = machine({ containers: [], engine: engine({}, { info: hidden }) });
  expect(judge(control, host(), { machine: silent }).status).toBe('unknown');
  const counted = machine({ containers: [], engine: engine({}, { info: info({ containers: 3 }) }) });
  expect(judge(control, host(), { machine: counted }).status).toBe('unknown');
  expect(judge(control, host()).status).toBe('not-applicable');
});

test('the remedy is for a person', () => {
  expect(control.remedy(host(), contextOf(control))).toMatchObject({ kind: 'manual', disruption: 'recreate' });
});
