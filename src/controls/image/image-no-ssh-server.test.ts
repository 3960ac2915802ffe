import { expect, test } from 'vitest';
import { contextOf, hidden, image, judge } from '../../../test/subjects.ts';
import { historyOf, run } from '../../../test/image-history.ts';
import { imageNoSshServer as control } from './image-no-ssh-server.ts';

test.each([
  [['/usr/sbin/sshd', '-D'], []],
  [['tini', '--', 'dropbear', '-F'], []],
  [['/bin/sh', '-c'], ['service ssh start && web']],
])('an image that starts %j %j fails', (entrypoint, command) => {
  expect(judge(control, image({}, { entrypoint, command }))).toMatchObject({
    status: 'fail',
    field: 'configuration.command',
  });
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

test('an image is no container: without a history it is unknown', () => {
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
  expect(control.remedy(image(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
