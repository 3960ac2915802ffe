import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hidden } from '../../../test/subjects.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { DaemonProcess } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { parseDaemonConfiguration, positionAt, readDaemonConfiguration } from './daemon-configuration.ts';

const file = '/etc/docker/daemon.json';
const parse = (text: string) => parseDaemonConfiguration(file, text, 7);

function started(change: Partial<DaemonProcess>) {
  const usual = { pid: 1, arguments: ['dockerd'], uid: 0, started: 0, capabilityBoundingSet: 0n, proxies: 0 };
  return known<DaemonProcess>({ ...usual, ...change }, 'kernel', '/proc/1');
}

/** What a rootless engine that was started in this environment reads. */
async function settingsWith(environment: Record<string, string>) {
  const child = spawn('/bin/sleep', ['60'], { env: environment, stdio: 'ignore' });
  try {
    await once(child, 'spawn');
    const fact = readDaemonConfiguration(started({ pid: child.pid ?? 0, uid: 1000 }), 'docker');
    return fact.known ? fact.value?.values : fact.reason;
  } finally {
    child.kill();
  }
}

describe('what it says', () => {
  test('values, and where each key stands', () => {
    expect(parse('{\n  "icc": false,\n  "log-opts": { "max-size": "10m" },"debug":true\n}\n')).toEqual({
      known: true,
      source: 'file',
      path: file,
      value: {
        file,
        modified: 7,
        values: { icc: false, 'log-opts': { 'max-size': '10m' }, debug: true },
        positions: { icc: { line: 2, column: 3 }, 'log-opts': { line: 3, column: 3 }, debug: { line: 3, column: 37 } },
      },
    });
  });

  test.each(['', ' \n\t\n', '{}', '\uFEFF', '\uFEFF{}'])('%j sets nothing, and dockerd starts with it', (text) => {
    expect(parse(text)).toMatchObject({ known: true, value: { values: {}, positions: {} } });
  });

  test('a byte order mark moves no column', () => {
    expect(parse('\uFEFF{"icc": false}')).toMatchObject({
      value: { values: { icc: false }, positions: { icc: { line: 1, column: 2 } } },
    });
  });

  test('of a key that stands twice the last one holds, as for dockerd', () => {
    expect(parse('{"debug": true,\n "debug": false}')).toMatchObject({
      value: { values: { debug: false }, positions: { debug: { line: 2, column: 2 } } },
    });
  });

  test('lines that end as on Windows count as one', () => {
    expect(parse('{\r\n  "icc": false\r\n}')).toMatchObject({ value: { positions: { icc: { line: 2, column: 3 } } } });
  });

  test('keys that every object has are keys like others', () => {
    const fact = parse('{"__proto__": {"icc": true}, "constructor": 1}');
    const values = fact.known ? fact.value.values : {};
    expect(Object.keys(values)).toEqual(['__proto__', 'constructor']);
    expect(values.icc).toBeUndefined();
  });
});

test.each([
  ['{\n  "icc": false,\n}', '3:1', 'expected a key in double quotes'],
  ['{"icc": false, // why\n "a": 1}', '1:16', 'comments are not allowed'],
  ['/* head */ {}', '1:1', 'comments are not allowed'],
  ['{"icc" false}', '1:8', 'expected a colon'],
  ['{"icc": false "debug": true}', '1:15', 'expected a comma'],
  ['{"icc": }', '1:9', 'expected a value'],
  ['{"icc": yes}', '1:9', 'expected a JSON value, found a bare word'],
  ["{'icc': false}", '1:2', 'expected'],
  ['{icc: false}', '1:2', 'expected'],
  ['{"icc": false', '1:14', 'expected a closing brace'],
  ['{"hosts": ["unix:///a"', '1:23', 'expected a closing bracket'],
  ['{"icc": "false}', '1:9', 'expected a closing quote'],
  ['{"mtu": 01}', '1:10', 'expected a comma'],
  ['{"label": "a\tb"}', '1:11', 'expected printable characters'],
  ['{} {}', '1:4', 'expected the end of the file'],
  ['[{"icc": false}]', '1:1', 'expected an object'],
  ['"text"', '1:1', 'expected an object'],
  ['\n\n  42', '3:3', 'expected an object'],
])('%j is malformed at %s', (text, place, expectation) => {
  const fact = parse(text);
  expect(fact).toMatchObject({ known: false, source: 'file', path: file });
  const { reason, need } = fact.known ? { reason: undefined, need: undefined } : fact;
  expect(reason?.en).toMatch(new RegExp(`^${file}:${place}: `));
  expect(reason?.en).toContain(expectation);
  expect(reason?.zh).toMatch(new RegExp(`^${file}:${place}：应为`));
  expect(need?.en).toContain(`mend ${file}`);
});

test('lists within lists without end are malformed, not a fault', () => {
  const fact = parse(`{"hosts": ${'['.repeat(100_000)}`);
  expect(fact).toMatchObject({ known: false, reason: { en: `${file}:1:1: expected fewer levels` } });
});

test('whatever stands there is either read as JSON.parse reads it, or malformed', () => {
  const keys = fc.constantFrom('icc', 'debug', 'hosts', 'mtu');
  const object = fc.dictionary(keys, fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(object, fc.nat(40), fc.constantFrom('', ',', '}', '//', '"'), (value, at, inserted) => {
      const whole = JSON.stringify(value, null, 1);
      const text = whole.slice(0, at) + inserted + whole.slice(at);
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        expected = undefined;
      }
      const fact = parse(text);
      expect(fact.known ? fact.value?.values : undefined).toEqual(expected);
    }),
  );
});

test('positions count lines and columns from 1', () => {
  expect(positionAt('ab\ncd', 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt('ab\ncd', 3)).toEqual({ line: 2, column: 1 });
  expect(positionAt('ab\ncd', 5)).toEqual({ line: 2, column: 3 });
});

describe('which file', () => {
  test.each([
    ['--config-file', (path: string) => ['--config-file', path]],
    ['--config-file=', (path: string) => [`--config-file=${path}`]],
    ['the last of two', (path: string) => ['--config-file=/nowhere.json', '--config-file', path]],
  ])('%s on the command line names it', (_, flags) => {
    using folder = temporaryFolder();
    const path = folder.write('engine.json', '{"icc": false}');
    const fact = readDaemonConfiguration(started({ arguments: ['dockerd', ...flags(path)] }), 'docker');
    expect(fact).toMatchObject({ known: true, path, value: { file: path, values: { icc: false } } });
    expect(fact.known && fact.value ? fact.value.modified : 0).toBeGreaterThan(Date.UTC(2020, 0));
  });

  test('a rootless engine reads it from its own home, or from where XDG_CONFIG_HOME says', async () => {
    using folder = temporaryFolder({
      'home/.config/docker/daemon.json': '{"mtu": 1}',
      'xdg/docker/daemon.json': '{"mtu": 2}',
    });
    const home = join(folder.path, 'home');
    expect(await settingsWith({ HOME: home })).toEqual({ mtu: 1 });
    expect(await settingsWith({ HOME: home, XDG_CONFIG_HOME: join(folder.path, 'xdg') })).toEqual({ mtu: 2 });
  });

  test('none is a fact too', () => {
    const fact = readDaemonConfiguration(
      started({ arguments: ['dockerd', '--config-file=/nowhere/daemon.json'] }),
      'docker',
    );
    expect(fact).toEqual({ known: true, value: null, source: 'file', path: '/nowhere/daemon.json' });
  });

  test('one that cannot be read is unknown', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'daemon.json');
    mkdirSync(path);
    chmodSync(path, 0);
    const fact = readDaemonConfiguration(started({ arguments: ['dockerd', `--config-file=${path}`] }), 'docker');
    expect(fact).toMatchObject({ known: false, path });
  });

  test('without a process it is the usual one', () => {
    expect(readDaemonConfiguration(hidden, 'docker')).toMatchObject({ path: '/etc/docker/daemon.json' });
  });
});

test('Podman does not read the file of a Docker beside it', () => {
  using folder = temporaryFolder({ 'daemon.json': '{"icc": false}' });
  const named = { arguments: ['/usr/bin/podman', '--config-file', join(folder.path, 'daemon.json')] };
  expect(readDaemonConfiguration(started(named), 'podman')).toMatchObject({ known: true, value: null });
  // An engine that could not be asked is known by its program.
  expect(readDaemonConfiguration(started(named), 'docker')).toMatchObject({ known: true, value: null });
  const docker = { arguments: ['dockerd', ...named.arguments.slice(1)] };
  expect(readDaemonConfiguration(started(docker), 'docker')).toMatchObject({ value: { values: { icc: false } } });
});
