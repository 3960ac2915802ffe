import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, host, judge, machine, running } from '../../../test/subjects.ts';
import type { Mount } from '../../model/container-spec.ts';
import type { EngineVersion } from '../../model/engine.ts';
import { known, mapFact } from '../../model/fact.ts';
import { containerSensitiveMountsReadonly as control } from './container-sensitive-mounts-readonly.ts';

const bind = (change: Partial<Mount> = {}): Mount => ({
  kind: 'bind',
  source: '/etc',
  target: '/host',
  readOnly: true,
  options: {},
  ...change,
});
const table = (entries: Record<string, string>) =>
  known(
    Object.entries(entries).map(([target, options]) => ({
      target,
      options: options.split(','),
      propagation: [],
      fileSystem: 'ext4',
      source: '/dev/vda',
    })),
    'kernel',
    '/proc/412/mountinfo',
  );
const seen = (entries: Record<string, string>, ...mounts: Mount[]) =>
  judge(control, running({ mounts: table(entries) }, { mounts }));
const older = (change: Partial<EngineVersion>, kernel = '6.12.0') => {
  const version = mapFact(engine().version, (before) => ({ ...before, ...change }));
  const kernelRelease = known(kernel, 'kernel', '/proc/sys/kernel/osrelease');
  return { machine: machine({ engine: engine({}, { version }), host: host({ kernelRelease }) }) };
};

test('a writable sensitive mount fails at its place, a read-only one passes', () => {
  const verdict = judge(control, container({ mounts: [bind({ source: '/srv' }), bind({ readOnly: false })] }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('mounts[1]');
  expect(judge(control, container({ mounts: [bind()] })).status).toBe('pass');
  expect(judge(control, container({ mounts: [bind()] }), { machine: undefined }).status).toBe('pass');
});

test('where nothing sensitive is mounted the question does not arise', () => {
  expect(judge(control, container()).status).toBe('not-applicable');
  expect(judge(control, container({ mounts: [bind({ source: '/srv', readOnly: false })] })).status).toBe(
    'not-applicable',
  );
  expect(judge(control, container({ mounts: [bind({ source: '/etc/localtime' })] })).status).toBe('not-applicable');
});

test('a harmless file is harmless read-only', () => {
  const subject = container({ mounts: [bind({ source: '/etc/localtime', readOnly: false })] });
  expect(judge(control, subject).status).toBe('fail');
});

test('a writable volume that binds a sensitive path fails', () => {
  const options = { type: 'none', o: 'bind', device: '/root' };
  expect(judge(control, container({ mounts: [bind({ kind: 'volume', options, readOnly: false })] })).status).toBe(
    'fail',
  );
});

test('the mount table outranks the configuration, both ways', () => {
  const writable = seen({ '/host': 'rw,relatime' }, bind());
  expect(writable.status).toBe('fail');
  expect(writable.evidence[0]?.source).toBe('kernel');
  expect(seen({ '/host': 'ro,relatime' }, bind({ readOnly: false })).status).toBe('pass');
});

test('an unreadable mount table, or one without the target, falls back to the configuration', () => {
  expect(judge(control, running({ mounts: hidden }, { mounts: [bind({ readOnly: false })] })).status).toBe('fail');
  expect(seen({ '/': 'ro' }, bind({ readOnly: false })).evidence[0]?.source).toBe('engine-api');
});

// Seen on Docker 20.10: `-v /srv:/ro:ro` leaves /ro/sub `rw`.
test('a writable mount below a read-only one fails and is named', () => {
  const verdict = seen({ '/host': 'ro', '/host/keys': 'rw,relatime', '/hosted': 'rw' }, bind());
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('writable below it: /host/keys');
  expect(verdict.message.en).not.toContain('/hosted');
  expect(seen({ '/host': 'ro', '/host/keys': 'ro' }, bind()).status).toBe('pass');
});

test('of several mounts at one target the last one counts', () => {
  expect(seen({ '/host': 'ro', '/host/a': 'ro' }, bind()).status).toBe('pass');
  const twice = [
    { target: '/host', options: ['rw'], propagation: [], fileSystem: 'ext4', source: 'a' },
    { target: '/host', options: ['ro'], propagation: [], fileSystem: 'ext4', source: 'a' },
  ];
  const mounts = known(twice, 'kernel', '/proc/412/mountinfo');
  expect(judge(control, running({ mounts }, { mounts: [bind()] })).status).toBe('pass');
});

test('a mount of its own below it, and what the engine puts into /etc, are not its holes', () => {
  const own = bind({ kind: 'volume', source: 'cache', target: '/host/cache/', readOnly: false });
  expect(seen({ '/host': 'ro', '/host/cache': 'rw', '/host/cache/a': 'rw' }, bind(), own).status).toBe('pass');
  const onEtc = bind({ target: '/etc' });
  expect(seen({ '/etc': 'ro', '/etc/hosts': 'rw', '/etc/resolv.conf': 'rw' }, onEtc).status).toBe('pass');
});

test('a read-only request for the mount alone fails on paper, unless the kernel shows nothing writable', () => {
  const alone = bind({ readOnlyNonRecursive: true });
  expect(judge(control, container({ mounts: [alone] })).status).toBe('fail');
  expect(seen({ '/host': 'ro' }, alone).status).toBe('pass');
});

test('an older engine or kernel does not hold below the mount, so that paper alone is not enough', () => {
  const subject = container({ mounts: [bind()] });
  expect(judge(control, subject, older({ version: '20.10.24+dfsg1' })).status).toBe('unknown');
  expect(judge(control, subject, older({}, '5.11.22-generic')).status).toBe('unknown');
  expect(judge(control, subject, older({ version: '25.0.0' }, '5.12.0')).status).toBe('pass');
  const podman = machine({ engine: engine({}, { kind: 'podman' }) });
  expect(judge(control, subject, { machine: podman }).status).toBe('unknown');
  const live = running({ mounts: table({ '/host': 'ro' }) }, { mounts: [bind()] });
  expect(judge(control, live, older({ version: '20.10.24' })).status).toBe('pass');
});

test('the remedy makes the mount read-only throughout, or leaves it to a person where it already is', () => {
  const alone = bind({ readOnlyNonRecursive: true });
  const remedy = control.remedy(container({ mounts: [alone] }), contextOf(control));
  expect(remedy).toMatchObject({ kind: 'spec', change: { mounts: [bind()] } });
  expect(control.remedy(container({ mounts: [bind()] }), contextOf(control)).kind).toBe('manual');
});

// Seen on Docker 20.10 with an image whose /var/run is a link.
test("a target below the image's /var/run is found in the mount table below /run", () => {
  const below = bind({ target: '/var/run/host' });
  expect(seen({ '/': 'rw', '/run/host': 'ro' }, below).status).toBe('pass');
  expect(seen({ '/': 'rw', '/run/host': 'rw' }, below).status).toBe('fail');
  expect(seen({ '/': 'rw', '/run/host': 'rw', '/var/run/host': 'ro' }, below).status).toBe('pass');
});
