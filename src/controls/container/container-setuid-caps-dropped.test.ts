import { expect, test } from 'vitest';
import { container, engine, hidden, judge, machine, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { containerSetuidCapsDropped as control } from './container-setuid-caps-dropped.ts';

const both = (1n << 6n) | (1n << 7n);
const held = known({ effective: both, permitted: both, bounding: both }, 'kernel', '/proc/412/status CapEff');
const processes = (...uids: number[]) =>
  known(
    uids.map((hostUid, index) => ({ pid: 412 + index, parent: index === 0 ? 1 : 412, name: 'web', hostUid })),
    'kernel',
    '/proc/*/cgroup',
  );
const root = { user: '0', capabilities: { drop: [] } };

test('dropping both, or ALL, passes', () => {
  expect(judge(control, container({ user: '0', capabilities: { drop: ['setuid', 'CAP_SETGID'] } })).status).toBe(
    'pass',
  );
  expect(judge(control, container({ user: '0' })).status).toBe('pass');
});

test('one of them is enough to fail, at the place that gives it', () => {
  const kept = judge(control, container({ user: '0', capabilities: { drop: ['SETUID'] } }));
  expect(kept).toMatchObject({ status: 'fail', field: 'capabilities.drop' });
  expect(kept.message.en).toContain('SETGID');
  expect(kept.message.en).not.toContain('SETUID');
  const added = judge(control, container({ user: '0', capabilities: { add: ['SETUID'] } }));
  expect(added).toMatchObject({ status: 'fail', field: 'capabilities.add[0]' });
  expect(judge(control, container({ privileged: true })).field).toBe('privileged');
});

test('a user other than root that can gain no privileges cannot use them', () => {
  expect(judge(control, container({ capabilities: { drop: [] } })).status).toBe('pass');
  expect(judge(control, container({ user: 'app', capabilities: { drop: [] } })).status).toBe('pass');
});

test('either half of that alone is not enough', () => {
  expect(judge(control, container(root)).status).toBe('fail');
  const open = container({ capabilities: { drop: [] }, security: { noNewPrivileges: false } });
  expect(judge(control, open).status).toBe('fail');
});

test('the engine may set no-new-privileges for all', () => {
  const subject = container({ capabilities: { drop: [] }, security: { noNewPrivileges: null } });
  expect(judge(control, subject).status).toBe('pass');
  expect(judge(control, subject, { machine: undefined }).status).toBe('fail');
});

test('a user that only the image knows is unknown', () => {
  const subject = container({ user: null, capabilities: { drop: [] } });
  expect(judge(control, subject).status).toBe('unknown');
});

test('an engine that does not tell its default is unknown', () => {
  const subject = container({ capabilities: { drop: [] }, security: { noNewPrivileges: null } });
  const silent = machine({ engine: engine({}, { info: hidden, configuration: hidden, process: hidden }) });
  expect(judge(control, subject, { machine: silent }).status).toBe('unknown');
});

test('the kernel outranks the configuration, both ways', () => {
  expect(judge(control, running({}, root)).status).toBe('pass');
  const verdict = judge(control, running({ capabilities: held }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.source).toBe('kernel');
});

test('a container whose processes switch users is not asked', () => {
  const verdict = judge(control, running({ capabilities: held, processes: processes(0, 101) }, root));
  expect(verdict.status).toBe('not-applicable');
  expect(verdict.message.en).toContain('web (413)');
});

test('processes of one user, and one entered from outside, switch nothing', () => {
  expect(judge(control, running({ capabilities: held, processes: processes(0, 0) }, root)).status).toBe('fail');
  const entered = known(
    [
      { pid: 412, parent: 1, name: 'web', hostUid: 1000 },
      { pid: 500, parent: 499, name: 'sh', hostUid: 0 },
    ],
    'kernel',
    '/proc/*/cgroup',
  );
  expect(judge(control, running({ capabilities: held, processes: entered }, root)).status).toBe('fail');
  expect(judge(control, running({ capabilities: held, processes: hidden }, root)).status).toBe('fail');
});
