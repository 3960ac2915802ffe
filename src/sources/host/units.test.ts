import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hidden } from '../../../test/subjects.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import type { DaemonProcess } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { readDaemonUnits } from './units.ts';

const daemon = known<DaemonProcess>(
  { pid: 400, arguments: ['dockerd'], uid: 0, started: 0, capabilityBoundingSet: 0n, proxies: 0 },
  'kernel',
  '/proc/400',
);
const unit = '[Service]\nExecStart=/usr/sbin/dockerd -H fd://\n';
const underSystemd = { 'proc/400/cgroup': '0::/system.slice/docker.service\n' };

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** The unit and its drop-ins as paths within the tree. */
function unitsIn(root: TemporaryFolder) {
  const fact = readDaemonUnits(daemon, root.path);
  if (!fact.known || fact.value === null) return fact;
  const { name, files, vendorFileIntact } = fact.value;
  return { name, vendorFileIntact, files: files.map(({ path, kind }) => [path.slice(root.path.length), kind]) };
}

test('the vendor’s unit alone', () => {
  using root = temporaryFolder({ ...underSystemd, 'usr/lib/systemd/system/docker.service': unit });
  expect(unitsIn(root)).toEqual({
    name: 'docker.service',
    files: [['/usr/lib/systemd/system/docker.service', 'vendor']],
    vendorFileIntact: null,
  });
});

test('a unit of the administrator hides the vendor’s, and drop-ins apply in the order of their names', () => {
  using root = temporaryFolder({
    ...underSystemd,
    'usr/lib/systemd/system/docker.service': unit,
    'etc/systemd/system/docker.service': unit,
    'etc/systemd/system/docker.service.d/50-proxy.conf': '',
    'etc/systemd/system/docker.service.d/README': '',
    'run/systemd/system/docker.service.d/10-early.conf': '',
    'usr/lib/systemd/system/docker.service.d/50-proxy.conf': '',
    'usr/lib/systemd/system/docker.service.d/99-late.conf': '',
  });
  expect(unitsIn(root)).toMatchObject({
    files: [
      ['/etc/systemd/system/docker.service', 'override'],
      ['/run/systemd/system/docker.service.d/10-early.conf', 'drop-in'],
      ['/etc/systemd/system/docker.service.d/50-proxy.conf', 'drop-in'],
      ['/usr/lib/systemd/system/docker.service.d/99-late.conf', 'drop-in'],
    ],
  });
});

test.each([
  ['as it was installed', unit, true],
  ['edited', `${unit}Environment=HTTP_PROXY=x\n`, false],
])('a vendor’s unit %s', (_, text, intact) => {
  using root = temporaryFolder({
    ...underSystemd,
    'usr/lib/systemd/system/docker.service': text,
    'var/lib/dpkg/info/docker.io.md5sums': `${md5('other')}  usr/sbin/dockerd\n${md5(unit)}  lib/systemd/system/docker.service\n`,
  });
  expect(unitsIn(root)).toMatchObject({ vendorFileIntact: intact });
});

test('a vendor’s unit that is reached over /lib is the same', () => {
  using root = temporaryFolder({
    ...underSystemd,
    'usr/lib/systemd/system/docker.service': unit,
    'var/lib/dpkg/info/docker-ce.md5sums': `${md5(unit)}  usr/lib/systemd/system/docker.service\n`,
  });
  symlinkSync('usr/lib', join(root.path, 'lib'));
  expect(unitsIn(root)).toMatchObject({ vendorFileIntact: true });
});

test.each([
  ['version 2', '0::/system.slice/podman.service\n', 'podman.service'],
  [
    'version 1',
    '5:memory:/x\n1:name=systemd:/system.slice/docker.service\n0::/system.slice/docker.service\n',
    'docker.service',
  ],
  ['a user’s own', '0::/user.slice/user-1000.slice/user@1000.service/app.slice/docker.service\n', 'docker.service'],
  ['a group below the unit', '0::/system.slice/docker.service/inner\n', 'docker.service'],
])('the unit’s name from the cgroup: %s', (_, cgroup, name) => {
  using root = temporaryFolder({ 'proc/400/cgroup': cgroup });
  expect(unitsIn(root)).toEqual({ name, files: [], vendorFileIntact: null });
});

test.each([
  '0::/\n',
  '0::/init.scope\n',
  '0::/user.slice/session-1.scope\n',
  // A terminal, and the user's service manager itself: whoever restarted that unit would end the whole session.
  '0::/user.slice/user-1000.slice/user@1000.service/app.slice/vte-spawn-1.scope\n',
  '0::/user.slice/user-1000.slice/user@1000.service/init.scope\n',
  '0::/user.slice/user-1000.slice/user@1000.service\n',
  // A container inside of a service's group.
  '0::/system.slice/runner.service/docker-4f5e.scope\n',
  '',
])('an engine in the cgroup %j is not run by systemd', (cgroup) => {
  using root = temporaryFolder({ 'proc/400/cgroup': cgroup });
  expect(readDaemonUnits(daemon, root.path)).toMatchObject({ known: true, value: null });
});

test('the unit of a user’s own service manager is not the system’s of the same name', () => {
  const path = 'home/shop/.config/systemd/user/docker.service';
  using root = temporaryFolder({
    'proc/400/cgroup': '0::/user.slice/user-1000.slice/user@1000.service/app.slice/docker.service\n',
    'proc/400/environ': 'HOME=/home/shop\0',
    'usr/lib/systemd/system/docker.service': `${unit}# edited\n`,
    'var/lib/dpkg/info/docker-ce.md5sums': `${md5(unit)}  usr/lib/systemd/system/docker.service\n`,
    'etc/systemd/system/docker.service.d/proxy.conf': '',
    [path]: unit,
    [`${path}.d/limits.conf`]: '',
  });
  const fact = readDaemonUnits(known({ ...daemon.value, uid: 1000 }, 'kernel', ''), root.path);
  expect(fact).toMatchObject({ value: { name: 'docker.service', vendorFileIntact: null } });
  expect(fact.known && fact.value?.files.map((file) => [file.path.slice(root.path.length + 1), file.kind])).toEqual([
    [path, 'override'],
    [`${path}.d/limits.conf`, 'drop-in'],
  ]);
});

test('of a process that has ended it is not known what ran it', () => {
  using root = temporaryFolder();
  expect(readDaemonUnits(daemon, root.path)).toMatchObject({ known: false });
});

test('drop-ins that cannot be listed are unknown', () => {
  using root = temporaryFolder({ ...underSystemd, 'etc/systemd/system/docker.service.d': 'a file in the way' });
  expect(readDaemonUnits(daemon, root.path)).toMatchObject({ known: false, path: 'docker.service' });
});

test('a unit that is a folder does no harm', () => {
  using root = temporaryFolder(underSystemd);
  mkdirSync(join(root.path, 'usr/lib/systemd/system/docker.service'), { recursive: true });
  expect(readDaemonUnits(daemon, root.path)).toMatchObject({ known: true });
});

test('of a process that is not known no unit is', () => {
  expect(readDaemonUnits(hidden)).toBe(hidden);
});
