import { expect, test } from 'vitest';
import { applyAuditSteps, parseAuditRules } from './audit-rule-text.ts';

function rules(...lines: readonly string[]) {
  return applyAuditSteps(parseAuditRules(lines.join('\n')));
}

/** `PATH permissions`, with `/**` where everything below counts. */
function watched(...lines: readonly string[]) {
  return rules(...lines).watches.map(
    ({ path, recursive, permissions }) => `${path}${recursive ? '/**' : ''} ${permissions}`,
  );
}

test.each([
  ['-w /etc/docker -p wa -k docker', '/etc/docker/** wa'],
  ['  -w /etc/docker/ -p aw', '/etc/docker/** wa'],
  ['-w/etc/docker -pwa -kdocker', '/etc/docker/** wa'],
  ['-w "/srv/my data" -p w -k "my data"', '/srv/my data/** w'],
  ['-w /etc/docker', '/etc/docker/** rwxa'],
  ['-w / -p wa', '//** wa'],
  ['-a always,exit -F path=/usr/bin/dockerd -F perm=wa -k docker', '/usr/bin/dockerd wa'],
  ['-a exit,always -F dir=/etc/docker -F perm=wa -F key=docker', '/etc/docker/** wa'],
  ['-a always,exit -S all -F dir=/etc/docker -F perm=wa', '/etc/docker/** wa'],
  ['-a always,exit -F arch=b64 -S all -F path=/etc/x -F perm=wa -F key=x', '/etc/x wa'],
  ['-a always,exit -F dir=/etc/docker', '/etc/docker/** rwxa'],
  ['-A always,exit -F "path=/etc/x" -F perm=w', '/etc/x w'],
  ['-a always,exit -F path=/usr/bin/dockerd \\\r\n  -F perm=wa \\\n  -k docker', '/usr/bin/dockerd wa'],
])('%s', (line, expected) => {
  expect(watched(line)).toEqual([expected]);
});

test.each([
  '',
  '# -w /etc/docker -p wa',
  'No rules',
  '-b 8192',
  '--backlog_wait_time 60000',
  '-w relative -p wa',
  '-a always,exit -F arch=b32 -F path=/etc/x -F perm=wa',
  '-a always,exit -F path=/etc/x -F perm=wa -F auid>=1000',
  '-a always,exit -F path=/etc/x -F perm=wa -F auid!=unset',
  '-a always,exit -F dir=/etc/x -S openat -F perm=wa',
  '-a always,exit -F dir=/etc/x -C uid!=euid',
  '-a always,exit -F path!=/etc/x',
  '-a always,exit -F arch=b64 -S mount -k mounts',
  '-a always,exclude -F msgtype=CWD',
  '-a always,user -F path=/etc/x',
  '-a possible,exit -F path=/etc/x',
  '-a',
  '-w',
  '"',
])('%j watches no file', (line) => {
  expect(watched(line)).toEqual([]);
});

test('rules are taken away again', () => {
  const added = ['-w /etc/docker -p wa -k docker', '-a always,exit -F path=/etc/x -F perm=wa'];
  expect(watched(...added, '-W /etc/docker -p wa -k docker')).toEqual(['/etc/x wa']);
  expect(watched(...added, '-W /etc/docker -p r')).toHaveLength(2);
  expect(watched(...added, '-d always,exit -F path=/etc/x -F perm=wa')).toEqual(['/etc/docker/** wa']);
  expect(watched(...added, '-D', '-w /etc/y -p wa')).toEqual(['/etc/y/** wa']);
  expect(watched(...added, '-D -k docker')).toHaveLength(2);
});

test('a rule before it that drops the same events makes a watch useless', () => {
  const watch = '-w /var/lib/docker/volumes -p wa';
  const never = '-a never,exit -F dir=/var/lib/docker';
  expect(watched(never, watch)).toEqual([]);
  expect(watched(watch, never)).toHaveLength(1);
  expect(watched(watch, '-A exit,never -F dir=/var/lib/docker')).toEqual([]);
  expect(watched('-a never,exit -F path=/var/lib/docker', watch)).toHaveLength(1);
  expect(watched(`${never} -F perm=r`, watch)).toHaveLength(1);
  expect(watched(`${never} -F auid=33`, watch)).toHaveLength(1);
  expect(watched('-a never,exit -S all', watch)).toEqual([]);
  expect(watched('-a never,exit -S adjtimex', watch)).toHaveLength(1);
  expect(watched('-a never,exit -F auid=unset', watch)).toHaveLength(1);
});

test('auditing may be switched off', () => {
  expect(rules('-w /etc/x -p wa')).not.toHaveProperty('enabled');
  expect(rules('-e 2')).toMatchObject({ enabled: true });
  expect(rules('-e 1', '-e 0')).toMatchObject({ enabled: false });
});

test('where the calls of tasks are not recorded, no file is watched', () => {
  expect(rules('-a task,never', '-w /etc/x -p wa', '-e 1')).toMatchObject({ enabled: false });
  expect(rules('-a never,task', '-D')).not.toHaveProperty('enabled');
  expect(rules('-a never,task -F uid=33')).not.toHaveProperty('enabled');
});
