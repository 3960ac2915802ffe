import { describe, expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { daemonSingleConfigSource as control } from './daemon-single-config-source.ts';

/** An engine that was started with these options and whose file holds nothing but `values`. */
const both = (options: readonly string[], values: JsonObject) =>
  engine(
    {},
    {
      process: mapFact(engine().process, (before) => ({ ...before, arguments: ['/usr/bin/dockerd', ...options] })),
      configuration: mapFact(engine().configuration, (before) => (before === null ? null : { ...before, values })),
    },
  );

test('the usual case: -H fd:// in the unit and hosts in the file', () => {
  const subject = both(['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'], {
    hosts: ['unix:///run/docker.sock'],
  });
  const verdict = judge(control, subject);
  expect(verdict).toMatchObject({ status: 'fail', field: 'hosts' });
  expect(verdict.message.en).toContain('-H / hosts');
  expect(verdict.evidence.map(({ source }) => source)).toEqual(['command-line', 'file']);
});

test('options that are in one place only pass', () => {
  expect(
    judge(control, both(['-H', 'fd://', '--log-driver=journald'], { icc: false, 'log-opts': { tag: 'x' } })).status,
  ).toBe('pass');
});

describe('a flag conflicts under any of its names', () => {
  test.each([
    ['-D', 'debug', true],
    ['--debug=false', 'debug', true],
    ['--log-level=warn', 'log-level', 'warn'],
    ['-lwarn', 'log-level', 'info'],
    ['--label=a=b', 'labels', ['c=d']],
    ['--storage-opt=size=1G', 'storage-opts', []],
    ['--insecure-registry=x', 'insecure-registries', []],
    ['--default-ulimit=nofile=1', 'default-ulimits', {}],
    ['--log-opt=tag=x', 'log-opts', { 'max-size': '1m' }],
    ['--cgroup-parent=', 'cgroup-parent', null],
  ])('%s and %s', (flag, key, value) => {
    expect(judge(control, both([flag], { [key]: value }))).toMatchObject({ status: 'fail', field: key });
  });
});

test('keys within a group conflict too, and those within a map do not', () => {
  expect(
    judge(control, both(['--http-proxy=http://proxy:3128'], { proxies: { 'http-proxy': 'http://proxy:3128' } })),
  ).toMatchObject({
    status: 'fail',
    field: 'http-proxy',
  });
  expect(judge(control, both(['--debug'], { features: { debug: true }, 'log-opts': { debug: 'x' } })).status).toBe(
    'pass',
  );
});

test('runtimes may be in both, and where the file is is no setting', () => {
  const options = ['--add-runtime=kata=/usr/bin/kata', '--config-file=/etc/docker/daemon.json'];
  expect(judge(control, both(options, { runtimes: { gvisor: { path: 'runsc' } } })).status).toBe('pass');
});

test('a unit that changed after the start may have mended it', () => {
  const subject = both(['-H', 'fd://'], { hosts: ['fd://'] });
  const units = mapFact(
    subject.units,
    (before) =>
      before && {
        ...before,
        files: [
          {
            path: '/etc/systemd/system/docker.service.d/x.conf',
            kind: 'drop-in' as const,
            modified: Date.UTC(2026, 5, 3),
          },
        ],
      },
  );
  const verdict = judge(control, { ...subject, units });
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('a restart is all that is missing');
  expect(judge(control, subject).message.en).not.toContain('restart is all');
});

test('neither values of flags nor of keys are shown: they may hold passwords', () => {
  const subject = both(['--http-proxy=http://u:hunter2@proxy'], {
    proxies: { 'http-proxy': 'http://u:hunter3@proxy' },
  });
  expect(JSON.stringify([judge(control, subject), control.remedy(subject, contextOf(control))])).not.toMatch(/hunter/);
});

test('without a file the question does not arise', () => {
  const configuration = mapFact(engine().configuration, () => null);
  expect(judge(control, engine({}, { configuration })).status).toBe('not-applicable');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
  expect(judge(control, engine({}, { process: hidden })).status).toBe('unknown');
});

describe('the remedy', () => {
  test('takes a key out of the file where the flag says the same: nothing restarts', () => {
    const subject = both(['--mtu', '1400', '-H', 'fd://'], { mtu: 1400, hosts: ['fd://'], icc: false });
    expect(control.remedy(subject, contextOf(control))).toMatchObject({
      kind: 'daemon',
      set: { mtu: null, hosts: null },
      disruption: 'none',
    });
  });

  test('leaves the choice to a person where they differ', () => {
    const subject = both(['--mtu=1400'], { mtu: 1500 });
    const remedy = control.remedy(subject, contextOf(control));
    expect(remedy.kind).toBe('manual');
    expect(remedy.summary.en).toContain('--mtu');
  });
});
