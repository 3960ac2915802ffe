import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readEnabledUnits } from './enabled-units.ts';

const unit = '[Service]\n';

/** What is enabled where these links lead to these targets. */
function enabled(links: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  using root = temporaryFolder({ 'usr/lib/systemd/system/docker.service': unit, ...files });
  for (const [link, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root.path, link)), { recursive: true });
    symlinkSync(target, join(root.path, link));
  }
  const fact = readEnabledUnits(root.path);
  return fact.known ? fact.value : fact;
}

const wanted = 'etc/systemd/system/multi-user.target.wants/docker.service';
const vendor = '/usr/lib/systemd/system';

test('what is linked to from .wants and .requires is enabled, each once', () => {
  const links = {
    [wanted]: `${vendor}/docker.service`,
    'etc/systemd/system/docker.service.requires/docker.socket': `${vendor}/docker.socket`,
    'etc/systemd/system/sockets.target.wants/docker.socket': `${vendor}/docker.socket`,
    'run/systemd/system/timers.target.wants/prune.timer': '/run/systemd/system/prune.timer',
    'usr/lib/systemd/system/sysinit.target.wants/udev.service': '../udev.service',
    'etc/systemd/system/dbus-org.example.service': `${vendor}/example.service`,
  };
  expect(enabled(links)).toEqual(['docker.service', 'docker.socket', 'prune.timer', 'udev.service']);
});

test('masked units are left out', () => {
  const link = { [wanted]: `${vendor}/docker.service` };
  expect(enabled({ ...link, 'etc/systemd/system/docker.service': '/dev/null' })).toEqual([]);
  expect(enabled({ ...link, 'run/systemd/system/docker.service': '/dev/null' })).toEqual([]);
  expect(enabled(link, { 'etc/systemd/system/docker.service': '' })).toEqual([]);
  const overridden = { 'etc/systemd/system/docker.service': unit };
  expect(enabled({ ...link, 'run/systemd/system/docker.service': '/dev/null' }, overridden)).toEqual([
    'docker.service',
  ]);
});

test.each(['/usr/local/lib/systemd/system', '/lib/systemd/system'])('%s counts too', (folder) => {
  const link = { [`${folder.slice(1)}/multi-user.target.wants/docker.service`]: '../docker.service' };
  expect(enabled(link)).toEqual(['docker.service']);
  expect(enabled({ [wanted]: '/gone', [`${folder.slice(1)}/gone.service`]: '/dev/null' })).toEqual(['docker.service']);
});

test('folders that lead in circles leave it open', () => {
  expect(enabled({ 'etc/systemd/system': '/etc/systemd/system' })).toMatchObject({ known: false });
});

test('a link to /dev/null hides the vendor’s link of the same name', () => {
  const links = {
    [wanted]: '/dev/null',
    'usr/lib/systemd/system/multi-user.target.wants/docker.service': '../docker.service',
  };
  expect(enabled(links)).toEqual([]);
});

test('a folder may be a link within the root', () => {
  const files = { 'usr/share/units/multi-user.target.wants/docker.service': unit };
  expect(enabled({ 'etc/systemd/system': '/usr/share/units' }, files)).toEqual(['docker.service']);
});

test('without systemd it is not known what starts', () => {
  using root = temporaryFolder();
  expect(readEnabledUnits(root.path)).toMatchObject({ known: false, path: join(root.path, 'etc/systemd/system') });
});

test('on the machine itself it takes no privilege', () => {
  expect(readEnabledUnits().path).toBe('/etc/systemd/system');
});
