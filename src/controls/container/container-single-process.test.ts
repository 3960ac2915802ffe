import { expect, test } from 'vitest';
import { container, hidden, judge, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { containerSingleProcess as control } from './container-single-process.ts';

/** `412 sh > 413 nginx`: the pid and the name of each process, below the one before the `>`. */
function tree(...lines: string[]) {
  const processes = lines.map((line) => {
    const [, parent, pid = '', name = ''] = /^(?:(\d+) > )?(\d+) (.+)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent ?? 1), name, hostUid: 0 };
  });
  return running({ processes: known(processes, 'kernel', '/sys/fs/cgroup/f0/cgroup.procs') });
}

test.each([
  ['a program and its workers', ['412 nginx', '412 > 413 nginx', '412 > 414 nginx']],
  ['an init and its child', ['412 tini', '412 > 413 node']],
  ["docker's own init and its child", ['412 docker-init', '412 > 413 sshd', '413 > 414 sshd-session']],
  ['a shell and what it starts', ['412 sh', '412 > 413 nginx', '412 > 414 tail']],
  ['a script, by its cut name', ['412 docker-entrypoi', '412 > 413 mysqld']],
  ['a wrapper of the server', ['412 mysqld_safe', '412 > 413 mysqld']],
  ['short-lived shells', ['412 java', '412 > 413 sh', '413 > 414 ps']],
  ['helpers of no known name', ['412 node', '412 > 413 chrome', '412 > 414 esbuild']],
  ['a script of unknown programs', ['412 bash', '412 > 413 node', '412 > 414 python3']],
  ['cron and its jobs', ['412 crond', '412 > 413 sh', '413 > 414 backup']],
  ['a shell of docker exec', ['412 nginx', '500 bash', '500 > 501 vi']],
  ['a supervisor and one program', ['412 supervisord', '412 > 413 node', '412 > 414 node']],
])('%s is one service', (_, lines) => {
  expect(judge(control, tree(...lines)).status).toBe('pass');
});

test.each([
  ['a daemon below a program', ['412 node', '412 > 413 cron'], ['cron', 'node']],
  ['two daemons of a script', ['412 start.sh', '412 > 413 php-fpm8.2', '412 > 414 nginx'], ['nginx', 'php-fpm']],
  ['a daemon beside a program of unknown name', ['412 bash', '412 > 413 node', '412 > 414 crond'], ['crond', 'node']],
  ["a supervisor's programs", ['412 supervisord', '412 > 413 node', '412 > 414 celery'], ['celery', 'node']],
  [
    "a supervisor's programs below an init",
    [
      '412 tini',
      '412 > 413 s6-svscan',
      '413 > 414 s6-supervise',
      '414 > 415 a',
      '413 > 416 s6-supervise',
      '416 > 417 b',
    ],
    ['a', 'b'],
  ],
  ['a daemon whose name the kernel cut', ['412 web', '412 > 413 systemd-journal'], ['systemd-journal', 'web']],
  ['a daemon that left its parent', ['412 web', '700 rsyslogd'], ['rsyslogd', 'web']],
  ['an unrelated program named like entry', ['412 sentry', '412 > 413 redis-server'], ['redis-server', 'sentry']],
])('%s makes several', (_, lines, services) => {
  const verdict = judge(control, tree(...lines));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]).toMatchObject({ source: 'kernel', value: services });
});

test('a site can name its own daemons', () => {
  const subject = tree('412 web', '412 > 413 metrics-agent-o');
  expect(judge(control, subject).status).toBe('pass');
  expect(judge(control, subject, { parameters: { daemons: ['metrics-agent-of-ours'] } }).status).toBe('fail');
});

test('only what runs can be asked', () => {
  expect(judge(control, container()).status).toBe('not-applicable');
  expect(judge(control, running({ processes: hidden })).status).toBe('unknown');
  expect(judge(control, { ...container(), state: 'running' }).status).toBe('unknown');
});
