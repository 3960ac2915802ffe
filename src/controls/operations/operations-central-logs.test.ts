import { describe, expect, test } from 'vitest';
import { engine, hidden, info, machine } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { answered, judgeAnswered } from '../answered.fixture.ts';
import { operationsCentralLogs as control } from './operations-central-logs.ts';

const withDriver = (loggingDriver: string | undefined, logOptions: Record<string, string> = {}) =>
  machine({ engine: engine({ 'log-opts': logOptions }, { info: info({ loggingDriver }) }) });
const judged = (on: ReturnType<typeof machine>) => judgeAnswered(control, undefined, {}, on);
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

  test.each(['unix:///dev/log', 'udp://127.0.0.1:514', 'tcp://localhost:514', 'tcp://[::1]:514'])(
    'syslog keeps them here on %s',
    (address) => {
      expect(judged(withDriver('syslog', { 'syslog-address': address })).status).toBe('unknown');
    },
  );

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

test('otherwise a person answers, and knows better when it does not hold', () => {
  expect(judgeAnswered(control, answered(true), {}, kept).status).toBe('pass');
  expect(judgeAnswered(control, answered(false), {}, withDriver('gelf')).status).toBe('fail');
});
