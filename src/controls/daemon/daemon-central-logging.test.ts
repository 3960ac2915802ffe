import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonCentralLogging as control } from './daemon-central-logging.ts';

const using = (loggingDriver: string | undefined) => engine({}, { info: info({ loggingDriver }) });

test.each(['syslog', 'fluentd', 'gelf', 'splunk', 'awslogs', 'gcplogs'])('%s ships logs', (driver) => {
  expect(judge(control, using(driver)).status).toBe('pass');
});

test.each(['json-file', 'local', 'journald'])(
  '%s keeps logs here, and passes only when they are declared as collected',
  (driver) => {
    expect(judge(control, using(driver))).toMatchObject({ status: 'fail', field: 'log-driver' });
    expect(judge(control, using(driver), { parameters: { collectors: [driver] } }).status).toBe('pass');
  },
);

test('a collector of one local driver says nothing of another', () => {
  expect(judge(control, using('json-file'), { parameters: { collectors: ['journald'] } }).status).toBe('fail');
});

test('none leaves no logs, whatever is declared', () => {
  const parameters = { collectors: ['none'], remoteDrivers: ['none'] };
  expect(judge(control, using('none'), { parameters }).status).toBe('fail');
});

test('a plugin passes once it is declared, with or without its tag', () => {
  const plugin = using('grafana/loki-docker-driver:3.3.2');
  expect(judge(control, plugin).status).toBe('fail');
  expect(judge(control, plugin, { parameters: { remoteDrivers: ['grafana/loki-docker-driver'] } }).status).toBe('pass');
  expect(
    judge(control, using('registry.example:5000/logs'), { parameters: { remoteDrivers: ['registry.example'] } }).status,
  ).toBe('fail');
});

test('the running engine outranks its file, both ways', () => {
  const local = engine({ 'log-driver': 'syslog' }, { info: info({ loggingDriver: 'json-file' }) });
  expect(judge(control, local).status).toBe('fail');
  const remote = engine({ 'log-driver': 'json-file' }, { info: info({ loggingDriver: 'syslog' }) });
  expect(judge(control, remote).status).toBe('pass');
});

test('an engine that does not answer, or names no driver, is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
  expect(judge(control, using(undefined)).status).toBe('unknown');
  expect(judge(control, using('')).status).toBe('unknown');
});

test('no address is made up: without one the remedy is left to a person', () => {
  expect(control.remedy(using('json-file'), contextOf(control)).kind).toBe('manual');
});

test('the remedy replaces the old driver’s options, which would keep dockerd from starting', () => {
  const subject = engine({ 'log-driver': 'json-file', 'log-opts': { 'max-size': '10m' } });
  const parameters = { syslogAddress: 'tcp+tls://logs.example:6514' };
  expect(control.remedy(subject, contextOf(control, { parameters }))).toMatchObject({
    kind: 'daemon',
    set: { 'log-driver': 'syslog', 'log-opts': { 'syslog-address': 'tcp+tls://logs.example:6514' } },
    disruption: 'daemon-restart',
  });
});

test('the remedy does not write what the command line says into the file as well', () => {
  const process = mapFact(engine().process, (before) => ({
    ...before,
    arguments: ['dockerd', '--log-driver=json-file'],
  }));
  const parameters = { syslogAddress: 'udp://logs.example:514' };
  const remedy = control.remedy(engine({}, { process }), contextOf(control, { parameters }));
  expect(remedy.kind).toBe('manual');
  expect(remedy.summary.en).toContain('--log-driver');
});
