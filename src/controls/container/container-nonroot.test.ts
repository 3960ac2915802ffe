import { describe, expect, test } from 'vitest';
import {
  container,
  contextOf,
  engine,
  exemplarEffective,
  hidden,
  info,
  judge,
  machine,
  running,
} from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { containerNonroot as control } from './container-nonroot.ts';

const seen = (uid: number, hostUid: number) =>
  known({ uid, hostUid, hostGid: hostUid }, 'kernel', '/proc/412/status Uid');
const stopped = (user: string | null): ContainerSpec => ({ ...container({ user }), state: 'stopped' });
const plain = machine({ engine: engine({}, { info: info({ securityOptions: [] }) }) });

describe('on paper', () => {
  // docker-bench lets `0:0` and `00` pass.
  test.each(['0', '0:0', '00', '+0', '-0', '0:1000', 'root', 'root:app', 'toor', ':1000'])('%s is root', (user) => {
    const verdict = judge(control, container({ user }));
    expect(verdict.status).toBe('fail');
    expect(verdict.field).toBe('user');
    expect(verdict.message.en).toContain(user);
  });

  test.each(['1', '1000', '1000:0', '010', '65534:65534'])('%s is not root', (user) => {
    expect(judge(control, container({ user })).status).toBe('pass');
  });

  test('a name is taken on trust, and the message says so', () => {
    const verdict = judge(control, container({ user: 'app:app' }));
    expect(verdict.status).toBe('pass');
    expect(verdict.message.en).toContain('app;');
    expect(verdict.message.en).toContain('trust');
  });

  test('a site may name its other names of root', () => {
    const parameters = { rootNames: ['root', 'admin'] };
    expect(judge(control, container({ user: 'admin' }), { parameters }).status).toBe('fail');
  });

  test('a created container without a user is root: the engine has copied the one of the image', () => {
    expect(judge(control, stopped(null)).status).toBe('fail');
    expect(judge(control, stopped('')).status).toBe('fail');
  });

  test('before creation the image decides, and is not known here', () => {
    const verdict = judge(control, container({ user: null }));
    expect(verdict.status).toBe('unknown');
    expect(verdict.need?.en).toContain('user');
  });
});

describe('running', () => {
  test('the process outranks the configured user, both ways', () => {
    expect(judge(control, running({ user: seen(1000, 1000) }, { user: 'root' })).status).toBe('pass');
    const verdict = judge(control, running({ user: seen(0, 0) }));
    expect(verdict).toMatchObject({ status: 'fail', field: 'user', evidence: [{ source: 'kernel' }] });
  });

  test('root of the container fails even where it is mapped; so does any uid that is root of the host', () => {
    const mapped = judge(control, running({ user: seen(0, 110_000) }));
    expect(mapped.status).toBe('fail');
    expect(mapped.message.en).toContain('110000');
    expect(judge(control, running({ user: seen(1000, 0) })).status).toBe('fail');
  });

  test('a process that became root fails, although the first is not', () => {
    const processes = known(
      [
        { pid: 412, parent: 1, name: 'web', hostUid: 1000 },
        { pid: 420, parent: 412, name: 'cron', hostUid: 0 },
      ],
      'kernel',
      '/proc/*/cgroup',
    );
    const verdict = judge(control, running({ user: seen(1000, 1000), processes }));
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain('cron (420)');
    expect(judge(control, running({ user: seen(1000, 1000), processes: hidden })).status).toBe('pass');
  });

  test('an unreadable process leaves the configuration to decide', () => {
    expect(judge(control, running({ user: hidden })).evidence[0]?.source).toBe('engine-api');
    expect(judge(control, running({ user: hidden }, { user: null })).status).toBe('fail');
  });
});

const severityOf = (subject: ContainerSpec, circumstances = {}) =>
  typeof control.severity === 'string'
    ? control.severity
    : control.severity.of(subject, contextOf(control, circumstances));

describe('severity', () => {
  test('is medium where the engine maps root, unless the container opts out', () => {
    expect(severityOf(container({ user: '0' }))).toBe('medium');
    expect(severityOf(container({ user: '0', namespaces: { user: 'host' } }))).toBe('high');
    expect(severityOf(container({ user: '0' }), { machine: plain })).toBe('high');
    expect(severityOf(container({ user: '0' }), { machine: undefined })).toBe('high');
  });

  test('is medium with a rootless engine, whatever the container asks for', () => {
    const rootless = machine({ engine: engine({}, { info: info({ securityOptions: ['name=rootless'] }) }) });
    expect(severityOf(container({ user: '0', namespaces: { user: 'host' } }), { machine: rootless })).toBe('medium');
  });

  test('is medium with a user namespace of its own', () => {
    expect(severityOf(container({ user: '0', namespaces: { user: 'auto' } }), { machine: plain })).toBe('medium');
    expect(severityOf(container({ user: '0', namespaces: { user: 'container:db' } }), { machine: plain })).toBe('high');
  });

  test('follows the map of the running process before anything that is configured', () => {
    expect(severityOf(running({ user: seen(0, 0) }))).toBe('high');
    expect(severityOf(running({ user: seen(0, 110_000) }), { machine: plain })).toBe('medium');
    expect(severityOf(running({ user: hidden }))).toBe('medium');
  });
});

test('the remedy names a user, or shuts the way to root where the user is not root already', () => {
  const remedy = control.remedy(container({ user: '0' }), contextOf(control));
  expect(remedy).toMatchObject({ kind: 'spec', change: { user: '10001:10001' } });
  const became = { ...container(), effective: exemplarEffective };
  expect(control.remedy(became, contextOf(control))).toMatchObject({ change: { security: { noNewPrivileges: true } } });
});

test('where the image makes a name uid 0, the remedy is another user', () => {
  const subject = running({ user: seen(0, 0) }, { user: 'app' });
  expect(control.remedy(subject, contextOf(control))).toMatchObject({ change: { user: '10001:10001' } });
  const climbed = running({ user: seen(0, 0) }, { user: '1000' });
  expect(control.remedy(climbed, contextOf(control))).toMatchObject({
    change: { security: { noNewPrivileges: true } },
  });
});

test('a pod may demand that no image runs as root; without it, nothing keeps it from that', () => {
  const pod = { ...container({ user: null }), dialect: 'pod' as const };
  expect(judge(control, { ...pod, nonRootDemanded: true }).status).toBe('pass');
  expect(judge(control, pod)).toMatchObject({ status: 'fail', field: 'user' });
  expect(judge(control, { ...pod, user: '0', nonRootDemanded: true }).status).toBe('fail');
});

test('a Dockerfile that names no user makes an image that runs as root', () => {
  expect(judge(control, { ...container({ user: null }), dialect: 'dockerfile' })).toMatchObject({ status: 'fail' });
});
