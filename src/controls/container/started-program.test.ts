import { expect, test } from 'vitest';
import { container } from '../../../test/subjects.ts';
import { startedPrograms } from './started-program.ts';

test.each<[string[], string[], string[]]>([
  [[], [], []],
  [[], ['/usr/bin/web', '--port', '80'], ['web']],
  [['/entrypoint.sh'], ['nginx', '-g', 'daemon off;'], ['entrypoint.sh', 'nginx']],
  [['tini', '--', '/app'], [], ['app']],
  [['tini'], [], ['tini']],
  [['tini', '-v'], [], ['tini']],
  [['/bin/sh', '/run.sh'], [], ['run.sh']],
  [['bash'], [], ['bash']],
  [['sh', '-c'], ['A=1 exec a; b | c && (d)'], ['a', 'b', 'c', 'd']],
  [['sh', '-c'], ['service cron start && /etc/init.d/sshd start'], ['crond', 'sshd']],
])('%j %j starts %j', (entrypoint, command, programs) => {
  expect(startedPrograms(container({ entrypoint, command }))).toEqual(programs);
});
