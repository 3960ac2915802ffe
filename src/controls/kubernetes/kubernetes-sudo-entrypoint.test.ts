import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesSudoEntrypoint as control } from './kubernetes-sudo-entrypoint.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('the word that starts it fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      command:
        - /usr/bin/sudo
        - web
    - name: log
      command: [sh, -c]
      args:
        - |
          set -e
          sudo chown log /log
`);
  expect(failingLines(control, pod)).toEqual([7, 12]);
});

test.each([
  '{command: [sudo, -u, web, web]}',
  '{args: [sudo, web]}',
  '{command: [tini, --], args: [sudo, web]}',
  '{command: [dumb-init, sudo, web]}',
  '{command: [/bin/bash, -ec, "cd /data && exec sudo -E web"]}',
  '{command: [sh, -c, "if true; then MODE=fast sudo web; fi"]}',
  '{command: [sh, -c, "chown web $(sudo cat /owner)"]}',
])('%s fails', (container) => {
  expect(statusIn(control, podOf(`{containers: [${container}]}`))).toBe('fail');
});

test.each([
  '{command: [web, sudo]}',
  '{command: [sh, -c, "echo do not use sudo"]}',
  '{command: [sh, -c, "# sudo web"]}',
  '{command: [sh, -c, "apt-get install -y sudo"]}',
  '{command: [sh, sudo.sh]}',
  '{command: [tini]}',
  '{command: null, args: [5]}',
  '{}',
])('%s passes', (container) => {
  expect(statusIn(control, podOf(`{containers: [${container}]}`))).toBe('pass');
});
