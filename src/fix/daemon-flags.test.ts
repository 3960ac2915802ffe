import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDaemonFlags } from '../model/daemon-setting.ts';
import type { JsonValue } from '../model/json.ts';
import { flagChange, placedFlags } from './daemon-flags.ts';

const places = (...options: string[]) =>
  placedFlags(['dockerd', ...options]).map(({ key, from, length, shared }) => [key, from, length, shared]);

describe('where flags stand', () => {
  test('with their value, in one word or in two', () => {
    expect(places('-H', 'fd://', '--icc=false', '--log-driver', 'syslog', '--debug', '-lwarn')).toEqual([
      ['hosts', 1, 2, false],
      ['icc', 3, 1, false],
      ['log-driver', 4, 2, false],
      ['debug', 6, 1, false],
      ['log-level', 7, 1, false],
    ]);
  });

  test('several in one word share it', () => {
    expect(places('-DH', 'fd://', '--init')).toEqual([
      ['debug', 1, 2, true],
      ['hosts', 1, 2, true],
      ['init', 3, 1, false],
    ]);
  });

  test('the last one may lack its value, and after -- there are none', () => {
    expect(places('--log-driver')).toEqual([['log-driver', 1, 1, false]]);
    expect(places('--', '--debug')).toEqual([]);
  });

  test('they are those that the parser of the model finds', () => {
    const words = fc.array(
      fc.constantFrom('-H', 'fd://', '-D', '--icc=false', '--debug', '-DlH', '--', 'x', '-Dr', '--mtu'),
    );
    fc.assert(
      fc.property(words, (options) => {
        const found = placedFlags(['dockerd', ...options]).map(({ name, value }) => ({ name, value }));
        expect(found).toEqual(parseDaemonFlags(['dockerd', ...options]));
      }),
    );
  });
});

const change = (key: string, value: JsonValue, ...options: string[]) => {
  const made = flagChange(key, value, placedFlags(['dockerd', ...options]));
  return made && { out: made.takenOut.map(({ from }) => from), ...made.setting };
};

describe('what becomes of flags', () => {
  test('all flags of a key go, whatever they are called', () => {
    expect(change('debug', false, '-D', '--icc', '--debug=true')).toEqual({ out: [1, 3], value: false });
    expect(change('log-opts', { tag: 'x' }, '--log-opt', 'a=b', '--log-opt=c=d')).toEqual({
      out: [1, 3],
      value: { tag: 'x' },
    });
  });

  test('limits become those of the file', () => {
    const wanted = { nofile: '1024:2048', core: '0', nproc: { Name: 'nproc', Soft: 1, Hard: 2 } };
    expect(change('default-ulimits', wanted, '--default-ulimit=nofile=1024:2048')?.value).toEqual({
      nofile: { Name: 'nofile', Soft: 1024, Hard: 2048 },
      core: { Name: 'core', Soft: 0, Hard: 0 },
      nproc: { Name: 'nproc', Soft: 1, Hard: 2 },
    });
  });
});

describe('listeners', () => {
  test('an unwanted one goes, and those that stay stay on the command line', () => {
    expect(change('hosts', ['fd://'], '-H', 'fd://', '-H', 'tcp://0.0.0.0:2375')).toEqual({ out: [3] });
    expect(change('hosts', ['unix:///run/docker.sock'], '-Htcp://:2375', '-H', 'unix:///run/docker.sock')).toEqual({
      out: [1],
    });
  });

  test('fd:// stays although nobody asks for it', () => {
    expect(change('hosts', null, '-H', 'fd://', '--host=tcp://0.0.0.0:2375')).toEqual({ out: [3] });
  });

  test('without fd:// other hosts go into the file, all of them', () => {
    const hosts = ['unix:///run/docker.sock', 'tcp://127.0.0.1:2375'];
    expect(change('hosts', hosts, '-H', 'unix:///run/docker.sock', '-H', 'tcp://0.0.0.0:2375')).toEqual({
      out: [1, 3],
      value: hosts,
    });
    expect(change('hosts', null, '-H', 'tcp://0.0.0.0:2375')).toEqual({ out: [1], value: null });
  });

  test('beside fd:// they cannot be had', () => {
    expect(
      change('hosts', ['fd://', 'tcp://127.0.0.1:2375'], '-H', 'fd://', '-H', 'tcp://0.0.0.0:2375'),
    ).toBeUndefined();
  });

  test('where no flag names one the file may', () => {
    expect(change('hosts', ['fd://'], '--debug')).toEqual({ out: [], value: ['fd://'] });
  });
});
