import { expect, test } from 'vitest';
import { contextOf, hidden, image, judge, machine } from '../../../test/subjects.ts';
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
