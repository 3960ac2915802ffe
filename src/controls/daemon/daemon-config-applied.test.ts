import { describe, expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import type { EngineFacts, UnitFile } from '../../model/engine.ts';
import { mapFact } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { daemonConfigApplied as control } from './daemon-config-applied.ts';

const started = Date.UTC(2026, 5, 2);
const later = started + 60_000;

/** The exemplary engine with a file that holds `values` and was written at `modified`. */
const withFile = (values: JsonObject, modified: number, facts: Partial<EngineFacts> = {}) => {
  const subject = engine({}, facts);
  const configuration = mapFact(subject.configuration, (before) => before && { ...before, values, modified });
  return { ...subject, configuration };
};
/** Every setting that the exemplary engine shows, as it shows it. */
const inForce = {
  'authorization-plugins': ['plimsoll-guard'],
  icc: false,
  'live-restore': true,
  'log-driver': 'syslog',
  'no-new-privileges': true,
  'selinux-enabled': true,
};
const notRemapped = info({
  securityOptions: ['name=seccomp,profile=builtin', 'name=selinux', 'name=no-new-privileges'],
});
const edited = (values: JsonObject, facts: Partial<EngineFacts> = {}) =>
  withFile({ ...inForce, ...values }, later, { info: notRemapped, ...facts });

test('a configuration older than the process is in force', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, withFile({ anything: 'at all' }, started)).status).toBe('pass');
});

test('the second that the start can be off does not count', () => {
  expect(judge(control, withFile({ mtu: 1400 }, started + 1000)).status).toBe('pass');
  expect(judge(control, withFile({ debug: true }, started + 1001)).status).toBe('fail');
});

describe('no file at all', () => {
  const configuration = mapFact(engine().configuration, () => null);
  const bridge = mapFact(engine().bridge, () => null);
  const usual = info({
    authorizationPlugins: [],
    liveRestore: false,
    loggingDriver: 'json-file',
    securityOptions: ['name=seccomp,profile=builtin'],
  });

  test('is in force where the engine shows nothing but what it does unasked', () => {
    expect(judge(control, engine({}, { configuration, bridge, info: usual })).status).toBe('pass');
  });

  test('fails where it must have been there: it was taken away, and the next start changes everything', () => {
    const subject = engine({}, { configuration, bridge, info: notRemapped });
    const verdict = judge(control, subject);
    expect(verdict).toMatchObject({ status: 'fail', evidence: [{}, { source: 'file', value: null }] });
    expect(verdict.message.en).toMatch(/gone.*live-restore.*log-driver/);
    expect(control.remedy(subject, contextOf(control))).toMatchObject({ disruption: 'daemon-restart' });
  });

  test('does not count for what the command line says', () => {
    const process = mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', '--live-restore'] }));
    const living = mapFact(usual, (before) => ({ ...before, liveRestore: true }));
    expect(judge(control, engine({}, { configuration, bridge, process, info: living })).status).toBe('pass');
  });

  test('is unknown where the engine does not answer', () => {
    expect(judge(control, engine({}, { configuration, info: hidden })).status).toBe('unknown');
  });
});

describe('a newer file', () => {
  test('passes when everything in it is seen in force', () => {
    expect(judge(control, edited({})).status).toBe('pass');
    expect(
      judge(control, edited({ debug: false, 'data-root': '/var/lib/docker/', 'storage-driver': 'overlay2' })).status,
    ).toBe('pass');
  });

  test.each([
    ['debug', true],
    ['experimental', true],
    ['icc', true],
    ['live-restore', false],
    ['log-driver', 'journald'],
    ['no-new-privileges', false],
    ['selinux-enabled', false],
    ['authorization-plugins', ['other']],
    ['data-root', '/srv/docker'],
    ['default-runtime', 'kata'],
    ['insecure-registries', ['10.0.0.0/8']],
    ['seccomp-profile', 'unconfined'],
    ['storage-driver', 'btrfs'],
    ['userns-remap', 'default'],
  ])('fails by the name of %s, which is not in force', (key, value) => {
    const verdict = judge(control, edited({ [key]: value }));
    expect(verdict).toMatchObject({ status: 'fail', field: key });
    expect(verdict.message.en).toContain(`not in force: ${key}`);
  });

  test('is unknown by the name of a key that the engine does not show', () => {
    const verdict = judge(control, edited({ 'default-ulimits': {} }));
    expect(verdict.status).toBe('unknown');
    expect(verdict.message.en).toContain('perhaps not in force: default-ulimits');
    expect(judge(control, edited({ 'default-ulimits': {}, debug: true })).status).toBe('fail');
  });

  test('fails when a setting was taken out of it that is still in force', () => {
    const verdict = judge(control, withFile({}, later, { info: notRemapped }));
    expect(verdict.message.en).toMatch(/not in force: .*live-restore/);
    expect(verdict.message.en).toContain('icc');
  });

  test('is compared with nothing where the engine does not answer', () => {
    const verdict = judge(control, edited({}, { info: hidden }));
    expect(verdict.status).toBe('unknown');
    expect(verdict.message.en).toContain('perhaps not in force');
  });

  test('says the same as the engine in other words', () => {
    const remapped = info({
      dataRoot: '/var/lib/docker/100000.100000',
      insecureRegistries: ['127.0.0.0/8', '10.0.0.0/8'],
      registries: { 'lab:5000': false },
      securityOptions: ['name=seccomp,profile=default'],
    });
    const values = {
      ...inForce,
      'no-new-privileges': false,
      'selinux-enabled': false,
      'data-root': '/var/lib/docker',
      'insecure-registries': ['lab:5000', '10.0.0.0/8'],
    };
    expect(judge(control, withFile(values, later, { info: remapped })).status).toBe('pass');
  });

  test('is not the place of what the command line says', () => {
    const process = mapFact(engine().process, (before) => ({
      ...before,
      arguments: ['dockerd', '--log-driver=syslog'],
    }));
    const { 'log-driver': _moved, ...others } = inForce;
    expect(judge(control, withFile(others, later, { info: notRemapped, process })).status).toBe('pass');
  });
});

const unit = (modified: number, path = '/etc/systemd/system/docker.service.d/flags.conf'): UnitFile => ({
  path,
  kind: 'drop-in',
  modified,
});
const withUnits = (...files: UnitFile[]) => ({
  units: mapFact(engine().units, (before) => before && { ...before, files }),
});

test('a unit file newer than the process fails: what it changes cannot be seen', () => {
  const verdict = judge(
    control,
    engine({}, withUnits(unit(started - 1), unit(later, '/etc/systemd/system/docker.service'))),
  );
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('/etc/systemd/system/docker.service');
  expect(verdict.message.en).not.toContain('flags.conf');
});

test('an engine that systemd does not run has no units to compare', () => {
  expect(judge(control, engine({}, { units: mapFact(engine().units, () => null) })).status).toBe('pass');
});

test('what cannot be read is unknown, and units only where nothing fails before', () => {
  expect(judge(control, engine({}, { process: hidden })).status).toBe('unknown');
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
  expect(judge(control, engine({}, { units: hidden })).status).toBe('unknown');
  expect(judge(control, edited({ debug: true }, { units: hidden })).status).toBe('fail');
});

describe('the remedy', () => {
  test('is a reload where every key allows it', () => {
    expect(control.remedy(edited({ debug: true }), contextOf(control))).toMatchObject({
      disruption: 'reload',
      commands: ['dockerd --validate --config-file=/etc/docker/daemon.json', 'systemctl reload docker.service'],
    });
  });

  test('is a restart otherwise: for other keys, for keys that are gone, for units', () => {
    const { 'live-restore': _gone, ...others } = inForce;
    for (const subject of [
      edited({ icc: true }),
      withFile(others, later, { info: notRemapped }),
      edited({ debug: true }, withUnits(unit(later))),
    ]) {
      expect(control.remedy(subject, contextOf(control))).toMatchObject({ disruption: 'daemon-restart' });
    }
  });

  test('leaves the units of other engines alone where systemd does not run this one', () => {
    const bare = { units: mapFact(engine().units, () => null) };
    const check = 'dockerd --validate --config-file=/etc/docker/daemon.json';
    expect(control.remedy(edited({ debug: true }, bare), contextOf(control))).toMatchObject({
      commands: [check, 'kill -HUP 400'],
    });
    expect(control.remedy(edited({ icc: true }, bare), contextOf(control))).toMatchObject({ commands: [check] });
  });

  test('does not ask an engine before 23.0 to validate', () => {
    const version = mapFact(engine().version, (before) => ({ ...before, version: '20.10.24+dfsg1' }));
    expect(control.remedy(edited({ icc: true }, { version }), contextOf(control))).toMatchObject({
      commands: ['systemctl daemon-reload', 'systemctl restart docker.service'],
    });
  });
});
