import { describe, expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { daemonLogOptsConsistent as control } from './daemon-log-opts-consistent.ts';

const using = (driver: string | null, options: JsonObject | null) =>
  engine({ 'log-driver': driver, 'log-opts': options });
const statusOf = (driver: string | null, options: JsonObject | null) => judge(control, using(driver, options)).status;
const bounded = { 'max-size': '10m', 'max-file': '3' };

describe('json-file', () => {
  test('needs a size and a number of files', () => {
    expect(statusOf('json-file', bounded)).toBe('pass');
    expect(judge(control, using('json-file', { 'max-size': '10m' })).message.en).toContain('max-file');
    expect(judge(control, using('json-file', { 'max-file': '3' }))).toMatchObject({
      status: 'fail',
      field: 'log-opts',
    });
    expect(statusOf('json-file', null)).toBe('fail');
  });

  test('is the driver where none is named', () => {
    expect(statusOf(null, null)).toBe('fail');
    expect(statusOf(null, bounded)).toBe('pass');
  });

  test.each(['-1', '0', '', 'ten', '10 elephants'])('a max-size of "%s" bounds nothing', (size) => {
    expect(statusOf('json-file', { ...bounded, 'max-size': size })).toBe('fail');
  });

  test.each(['100k', '10MB', '1.5g', '10 MiB', '1048576'])('a max-size of "%s" is one', (size) => {
    expect(statusOf('json-file', { ...bounded, 'max-size': size })).toBe('pass');
  });

  test.each(['0', '-1', '2.5', ''])('a max-file of "%s" is none', (count) => {
    expect(statusOf('json-file', { ...bounded, 'max-file': count })).toBe('fail');
  });

  test('a number without quotes keeps dockerd from starting', () => {
    const subject = using('json-file', { 'max-size': '10m', 'max-file': 3 });
    expect(judge(control, subject).message.en).toContain('max-file must be written as a string');
    expect(control.remedy(subject, contextOf(control))).toMatchObject({ set: { 'log-opts': bounded } });
  });
});

test('local rotates by itself, but not with a size that it refuses', () => {
  expect(statusOf('local', null)).toBe('pass');
  expect(statusOf('local', { 'max-size': '50m' })).toBe('pass');
  expect(statusOf('local', { 'max-size': '0' })).toBe('fail');
});

describe('the trap of seed 003: max-size left behind for syslog', () => {
  const subject = using('syslog', { 'syslog-address': 'tcp://logs.example:514', 'max-size': '10m' });

  test('it fails, because dockerd does not start with it', () => {
    const verdict = judge(control, subject);
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain('max-size is no option of syslog');
  });

  test('the remedy drops it and keeps the address', () => {
    expect(control.remedy(subject, contextOf(control))).toMatchObject({
      kind: 'daemon',
      set: { 'log-opts': { 'syslog-address': 'tcp://logs.example:514' } },
    });
  });
});

describe('syslog', () => {
  test.each(['tcp://logs.example:514', 'udp://10.0.0.9:514', 'tcp+tls://[2001:db8::9]:6514'])(
    '%s is another machine',
    (address) => {
      expect(statusOf('syslog', { 'syslog-address': address })).toBe('pass');
    },
  );

  test.each([
    'unix:///dev/log',
    'unixgram:///dev/log',
    'udp://127.0.0.1:514',
    'tcp://localhost:514',
    'tcp://[::1]:514',
    '',
  ])('"%s" is this machine', (address) => {
    expect(statusOf('syslog', { 'syslog-address': address })).toBe('fail');
  });

  test('no address is the syslog daemon of this host, which may forward', () => {
    const subject = using('syslog', null);
    expect(judge(control, subject).status).toBe('fail');
    expect(judge(control, subject, { parameters: { localSyslog: true } }).status).toBe('pass');
    expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
  });
});

describe('other drivers', () => {
  test.each([
    ['journald', { tag: '{{.Name}}' }],
    ['fluentd', { 'fluentd-address': 'logs.example:24224', 'fluentd-async': 'true' }],
    ['gelf', { 'gelf-address': 'udp://logs.example:12201' }],
    ['awslogs', { 'awslogs-group': 'shop', 'awslogs-region': 'eu-central-1' }],
    ['gcplogs', { 'gcp-project': 'shop' }],
    ['splunk', { 'splunk-token': 'x', 'splunk-url': 'https://splunk.example:8088' }],
  ])('%s takes its own options and those of every driver', (driver, options) => {
    expect(
      statusOf(driver, { ...options, mode: 'non-blocking', 'max-buffer-size': '4m', 'cache-disabled': 'true' }),
    ).toBe('pass');
    expect(statusOf(driver, { ...options, 'max-size': '10m' })).toBe('fail');
  });

  test.each([
    ['gelf', 'gelf-address'],
    ['awslogs', 'awslogs-group'],
    ['splunk', 'splunk-token'],
  ])('%s needs %s', (driver, option) => {
    expect(judge(control, using(driver, null)).message.en).toContain(option);
  });

  test('none has nothing to bound', () => {
    expect(statusOf('none', { 'max-size': '10m' })).toBe('not-applicable');
  });

  test('a plugin alone knows its options', () => {
    expect(statusOf('loki', { 'loki-url': 'https://logs.example' })).toBe('not-applicable');
  });
});

test('values of other drivers are secrets, and appear nowhere', () => {
  const subject = using('splunk', {
    'splunk-token': 'B5A79AAD',
    'splunk-url': 'https://u:hunter2@splunk.example',
    'max-size': '1m',
  });
  const said = JSON.stringify([judge(control, subject), control.remedy(subject, contextOf(control))]);
  expect(said).toContain('splunk-token');
  expect(said).not.toMatch(/B5A79AAD|hunter2/);
});

const withContainer = (driver: string, options: Record<string, string>) =>
  machine({ containers: [container({ name: 'old', logging: { driver, options } })] });

describe('containers that exist', () => {
  test('must bound their json-file logs themselves, whatever the engine would do for new ones', () => {
    const verdict = judge(control, engine(), { machine: withContainer('json-file', {}) });
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain('old');
    const context = contextOf(control, { machine: withContainer('json-file', {}) });
    expect(control.remedy(engine(), context)).toMatchObject({ kind: 'manual', disruption: 'recreate' });
  });

  test('pass with a size, or with a driver that needs none', () => {
    expect(judge(control, engine(), { machine: withContainer('json-file', { 'max-size': '10m' }) }).status).toBe(
      'pass',
    );
    expect(judge(control, engine(), { machine: withContainer('local', {}) }).status).toBe('pass');
  });

  test('fail even where the configuration cannot be read', () => {
    const subject = engine({}, { configuration: hidden });
    expect(judge(control, subject, { machine: withContainer('json-file', {}) }).status).toBe('fail');
    expect(judge(control, subject, { machine: withContainer('journald', {}) }).status).toBe('unknown');
  });
});

test('without a machine only the configuration is judged', () => {
  expect(judge(control, engine(), { machine: undefined }).status).toBe('pass');
});

test('the driver in force counts where none is written', () => {
  const subject = engine({ 'log-driver': null, 'log-opts': null }, { info: info({ loggingDriver: 'journald' }) });
  expect(judge(control, subject).status).toBe('pass');
});

test('options on the command line are judged, and left to a person', () => {
  const process = mapFact(engine().process, (before) => ({
    ...before,
    arguments: ['dockerd', '--log-driver=journald', '--log-opt', 'max-size=10m'],
  }));
  const subject = engine({ 'log-driver': null, 'log-opts': null }, { process });
  expect(judge(control, subject).status).toBe('fail');
  expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
});
