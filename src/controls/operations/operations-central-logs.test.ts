import { describe, expect, test } from 'vitest';
import { contextOf, engine, hidden, host, info, machine } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { answered, judgeAnswered } from '../answered.fixture.ts';
import { operationsCentralLogs as control } from './operations-central-logs.ts';

const withDriver = (loggingDriver: string | undefined, logOptions: Record<string, string> = {}) =>
  machine({ engine: engine({ 'log-opts': logOptions }, { info: info({ loggingDriver }) }) });
const judged = (on: ReturnType<typeof machine>) => judgeAnswered(control, undefined, {}, on);
const judgedBy = (on: ReturnType<typeof machine>, remoteDrivers: string[]) =>
  control.judge(host({ enabledUnits: hidden }), contextOf(control, { machine: on, parameters: { remoteDrivers } }));
const kept = withDriver('json-file');

describe('the default log driver of the engine', () => {
  test.each(['gelf', 'splunk', 'awslogs', 'gcplogs'])('%s ships logs', (driver) => {
    expect(judged(withDriver(driver))).toMatchObject({
      status: 'pass',
      evidence: [{ source: 'engine-api', path: 'GET /info LoggingDriver', value: driver }],
    });
  });

  test.each(['tcp://logs.example:514', 'udp://192.0.2.7:514', 'tcp+tls://logs.example:6514'])(
    'syslog ships them to %s',
    (address) => {
      expect(judged(withDriver('syslog', { 'syslog-address': address }))).toMatchObject({
        status: 'pass',
        evidence: [{ path: '/etc/docker/daemon.json log-opts', value: address }],
      });
    },
  );

  test.each(['unix:///dev/log', 'udp://127.0.0.1:514', 'tcp://localhost:514', 'tcp://[::1]:514', 'udp://0.0.0.0:514'])(
    'syslog keeps them here on %s',
    (address) => {
      expect(judged(withDriver('syslog', { 'syslog-address': address })).status).toBe('unknown');
    },
  );

  test.each([
    ['gelf', 'gelf-address', 'udp://192.0.2.7:12201', 'pass'],
    ['gelf', 'gelf-address', 'udp://127.0.0.1:12201', 'unknown'],
    ['splunk', 'splunk-url', 'https://logs.example:8088', 'pass'],
    ['splunk', 'splunk-url', 'https://localhost:8088', 'unknown'],
  ])('%s with %s=%s: %s', (driver, option, address, status) => {
    expect(judged(withDriver(driver, { [option]: address })).status).toBe(status);
  });

  test('the site chooses which drivers count', () => {
    const gelf = withDriver('gelf', { 'gelf-address': 'udp://192.0.2.7:12201' });
    expect(judgedBy(gelf, []).status).toBe('unknown');
    expect(judgedBy(withDriver('syslog'), ['syslog']).status).toBe('pass');
  });

  test('a password in an address is not shown', () => {
    const verdict = judged(withDriver('splunk', { 'splunk-url': 'https://shop:hunter2@logs.example:8088' }));
    expect(verdict).toMatchObject({ status: 'pass', evidence: [{ value: 'https://logs.example:8088' }] });
  });

  test('any other shows nothing, and fails nothing: another control does', () => {
    for (const driver of ['syslog', 'json-file', 'journald', 'none', undefined])
      expect(judged(withDriver(driver)).status).toBe('unknown');
  });

  test('its flags count before its file', () => {
    const process = mapFact(engine().process, (before) => ({
      ...before,
      arguments: ['dockerd', '--log-opt', 'syslog-address=udp://logs.example:514'],
    }));
    const on = machine({ engine: engine({ 'log-opts': {} }, { info: info({ loggingDriver: 'syslog' }), process }) });
    expect(judged(on)).toMatchObject({ status: 'pass', evidence: [{ source: 'command-line' }] });
  });

  test('cannot be asked of an engine that does not answer', () => {
    const silent = { info: hidden, process: hidden, configuration: hidden };
    expect(judged(machine({ engine: engine({}, silent) })).status).toBe('unknown');
  });
});

test.each(['fluent-bit', 'vector', 'filebeat'])('%s ships logs', (name) => {
  const processes = known([{ pid: 500, name, uid: 0 }], 'kernel', '/proc');
  expect(judgeAnswered(control, undefined, { processes }, kept)).toMatchObject({
    status: 'pass',
    evidence: [{ path: '/proc/500/comm', value: name }],
  });
});

test('systemd-journald is on every host, and ships nothing', () => {
  const processes = known([{ pid: 300, name: 'systemd-journal', uid: 0 }], 'kernel', '/proc');
  expect(judgeAnswered(control, undefined, { processes }, kept).status).toBe('unknown');
});

test.each(['datadog-agent.service', 'amazon-cloudwatch-agent.service'])('%s ships no logs by default', (unit) => {
  const enabledUnits = known([unit], 'file', '/etc/systemd/system');
  expect(judgeAnswered(control, undefined, { enabledUnits }, kept).status).toBe('unknown');
});

test('otherwise a person answers, and knows better when it does not hold', () => {
  expect(judgeAnswered(control, answered(true), {}, kept).status).toBe('pass');
  expect(judgeAnswered(control, answered(false), {}, withDriver('gelf')).status).toBe('fail');
});
