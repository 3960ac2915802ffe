import { expect, test } from 'vitest';
import { contextOf, halfRead, hidden, image, judge, machine, opened, openedWith } from '../../../test/subjects.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import { historyOf, run, stepOf } from '../../../test/image-history.ts';
import { imageNoSshServer as control } from './image-no-ssh-server.ts';

test.each([
  [['/usr/sbin/sshd', '-D'], [], 'configuration.entrypoint'],
  [['tini', '--', 'dropbear', '-F'], [], 'configuration.entrypoint'],
  [['/entrypoint.sh'], ['/usr/sbin/sshd', '-D'], 'configuration.command'],
  [['/bin/sh', '-c'], ['service ssh start && web'], 'configuration.command'],
])('an image that starts %j %j fails', (entrypoint, command, field) => {
  expect(judge(control, image({}, { entrypoint, command }))).toMatchObject({ status: 'fail', field });
});

test.each([
  ['22/tcp', 'fail'],
  ['20-25/tcp', 'fail'],
  ['22/udp', 'pass'],
  ['2222/tcp', 'pass'],
])('port %s: %s', (port, status) => {
  expect(judge(control, image({}, { exposedPorts: [port] })).status).toBe(status);
});

test.each([
  [[run('apt-get update && apt-get install -y openssh-server')], 'fail'],
  [['/bin/sh -c apk add --no-cache openssh'], 'fail'],
  [[run('apt-get install -y openssh-server'), run('apt-get purge -y openssh-server')], 'pass'],
  [[run('apt-get install -y openssh-client')], 'pass'],
  [[run('apk add openssh-client git')], 'pass'],
  [[run('echo openssh-server')], 'pass'],
])('the steps %j: %s', (steps, status) => {
  expect(judge(control, image({ history: historyOf(...steps) })).status).toBe(status);
});

test('the steps of a base are left to it only where it is here', () => {
  const step = run('apt-get install -y openssh-server');
  const noted = stepOf('/bin/sh -c make', { comment: 'FROM registry.example/base:1' });
  const base = image({ id: 'sha256:base', layers: ['a'], history: historyOf(step) });
  const built = image({ layers: ['a', 'b'], history: historyOf(step, noted) });
  expect(judge(control, built).status).toBe('fail');
  expect(judge(control, built, { machine: machine({ images: [base, built] }) }).status).toBe('pass');
  expect(judge(control, base).evidence).toMatchObject([{ path: expect.stringContaining('step 1') }]);
});

test('an image is no container: without a history it is unknown', () => {
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
  expect(control.remedy(image(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test('what is in it outranks its history', () => {
  const history = historyOf(run('apt-get install -y openssh-server'), run('rm /usr/sbin/sshd'));
  expect(judge(control, opened({}, { history })).status).toBe('pass');
  expect(judge(control, opened({}, { history: hidden })).status).toBe('pass');
  const server = { kind: 'ssh-server', path: '/usr/sbin/sshd', detail: 'sshd' } as const;
  expect(judge(control, openedWith(server))).toMatchObject({ status: 'fail', evidence: [{ path: '/usr/sbin/sshd' }] });
  const keys = { kind: 'authorized-keys', path: '/root/.ssh/authorized_keys', detail: 'ssh-rsa' } as const;
  expect(judge(control, openedWith(keys)).status).toBe('fail');
});

test('a package that is installed counts where its program was not seen', () => {
  const [own] = exemplarContents.packages;
  const packages = own ? [{ ...own, name: 'openssh-server' }] : [];
  expect(judge(control, opened({ packages }))).toMatchObject({ status: 'fail', field: 'contents.packages' });
});

test('a layer that was not read leaves it to the history to fail, and to nothing to pass', () => {
  const history = historyOf(run('apt-get install -y openssh-server'));
  expect(judge(control, opened(halfRead, { history })).status).toBe('fail');
  expect(judge(control, opened(halfRead)).status).toBe('unknown');
});
