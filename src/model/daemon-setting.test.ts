import { describe, expect, test } from 'vitest';
import { engine, hidden } from '../../test/subjects.ts';
import { daemonSetting, flagsFor, keyOfFlag, parseDaemonFlags } from './daemon-setting.ts';
import type { EngineFacts } from './engine.ts';
import { mapFact } from './fact.ts';

/** The flags of a command line, `name=value`, a switch as `name=true`. */
const flagsOf = (...options: string[]) =>
  parseDaemonFlags(['/usr/bin/dockerd', ...options]).map(({ name, value }) => `${name}=${value}`);

/** Tried on dockerd 20.10.24, which says what it read when a flag and its file conflict; newer flags are from its source. */
describe('a command line is read as dockerd reads it', () => {
  test('long flags take their value after = or as the next argument', () => {
    expect(flagsOf('--log-driver=syslog', '--log-level', 'warn')).toEqual(['log-driver=syslog', 'log-level=warn']);
    expect(flagsOf('--cgroup-parent=')).toEqual(['cgroup-parent=']);
    expect(flagsOf('--log-opt', 'tag={{.ID}}=x')).toEqual(['log-opt=tag={{.ID}}=x']);
  });

  test('the program itself is not an argument', () => {
    expect(parseDaemonFlags(['--icc'])).toEqual([]);
    expect(parseDaemonFlags([])).toEqual([]);
  });

  test('a switch stands alone, and only = can give it a value', () => {
    expect(flagsOf('--icc', '-H', 'fd://')).toEqual(['icc=true', 'H=fd://']);
    expect(flagsOf('--icc=false', '--debug=0', '-D=false', '--tls=T')).toEqual([
      'icc=false',
      'debug=false',
      'D=false',
      'tls=true',
    ]);
  });

  test.each(['cri-containerd', 'ip-forward-no-drop', 'validate', 'disable-legacy-registry'])(
    'the switch --%s does not swallow what follows it',
    (name) => {
      expect(flagsOf(`--${name}`, '-H', 'fd://')).toEqual([`${name}=true`, 'H=fd://']);
    },
  );

  test('a letter takes its value after a space, after = or at once', () => {
    expect(flagsOf('-H', 'fd://')).toEqual(['H=fd://']);
    expect(flagsOf('-H=fd://')).toEqual(['H=fd://']);
    expect(flagsOf('-Hfd://')).toEqual(['H=fd://']);
    expect(flagsOf('-Hunix:///run/docker.sock')).toEqual(['H=unix:///run/docker.sock']);
    expect(flagsOf('-lwarn')).toEqual(['l=warn']);
  });

  test('letters can be written together: switches first, then one that takes a value', () => {
    expect(flagsOf('-DH', 'fd://')).toEqual(['D=true', 'H=fd://']);
    expect(flagsOf('-Dlwarn')).toEqual(['D=true', 'l=warn']);
    expect(flagsOf('-Dl', 'warn', '--icc')).toEqual(['D=true', 'l=warn', 'icc=true']);
  });

  test('a long name behind one dash is its first letter with a value', () => {
    expect(flagsOf('-log-level=warn')).toEqual(['l=og-level=warn']);
  });

  test('two dashes end the flags', () => {
    expect(flagsOf('--icc', '--', '-l', 'warn')).toEqual(['icc=true']);
  });

  test('a flag that lacks its value has an empty one', () => {
    expect(flagsOf('--log-driver')).toEqual(['log-driver=']);
    expect(flagsOf('-H')).toEqual(['H=']);
  });
});

describe('a flag and a key of daemon.json', () => {
  test.each([
    ['H', 'hosts'],
    ['host', 'hosts'],
    ['D', 'debug'],
    ['l', 'log-level'],
    ['G', 'group'],
    ['s', 'storage-driver'],
    ['b', 'bridge'],
    ['p', 'pidfile'],
    ['add-runtime', 'runtimes'],
    ['authorization-plugin', 'authorization-plugins'],
    ['cdi-spec-dir', 'cdi-spec-dirs'],
    ['default-address-pool', 'default-address-pools'],
    ['default-network-opt', 'default-network-opts'],
    ['default-ulimit', 'default-ulimits'],
    ['dns', 'dns'],
    ['dns-opt', 'dns-opts'],
    ['dns-search', 'dns-search'],
    ['exec-opt', 'exec-opts'],
    ['feature', 'features'],
    ['host-gateway-ip', 'host-gateway-ips'],
    ['insecure-registry', 'insecure-registries'],
    ['label', 'labels'],
    ['log-opt', 'log-opts'],
    ['node-generic-resource', 'node-generic-resources'],
    ['registry-mirror', 'registry-mirrors'],
    ['storage-opt', 'storage-opts'],
    ['userns-remap', 'userns-remap'],
  ])('%s sets %s', (flag, key) => {
    expect(keyOfFlag(flag)).toBe(key);
    expect(flagsFor(['dockerd', flag.length > 1 ? `--${flag}=x` : `-${flag}=x`], key)).toHaveLength(1);
  });
});

const started = (...options: string[]) => ({
  process: mapFact(engine().process, (before) => ({ ...before, arguments: ['/usr/bin/dockerd', ...options] })),
});

const settingOf = (subject: EngineFacts, key: string) => {
  const setting = daemonSetting(subject, key);
  if (!setting.known) throw new Error('the setting is not known');
  return setting;
};

describe('a setting', () => {
  test('is what the file says, with the file and the key as its place', () => {
    expect(settingOf(engine({ mtu: 1400 }), 'mtu')).toMatchObject({
      value: 1400,
      source: 'file',
      path: '/etc/docker/daemon.json mtu',
    });
  });

  test('is what the command line says, the last of several', () => {
    const subject = engine({}, started('--log-level=debug', '-lwarn'));
    expect(settingOf(subject, 'log-level')).toMatchObject({ value: 'warn', source: 'command-line', path: '--l' });
  });

  test('is undefined where nobody made it, with or without a file', () => {
    expect(settingOf(engine(), 'mtu').value).toBeUndefined();
    const configuration = mapFact(engine().configuration, () => null);
    expect(settingOf(engine({}, { configuration }), 'mtu').value).toBeUndefined();
  });

  test('is not known where the file, or the command line of a silent file, cannot be read', () => {
    expect(daemonSetting(engine({}, { configuration: hidden }), 'mtu').known).toBe(false);
    expect(daemonSetting(engine({}, { process: hidden }), 'mtu').known).toBe(false);
    expect(settingOf(engine({ mtu: 1400 }, { process: hidden }), 'mtu').value).toBe(1400);
    expect(settingOf(engine({}, { ...started('--mtu=1400'), configuration: hidden }), 'mtu').value).toBe('1400');
  });

  test('that may be given several times is a list', () => {
    const subject = engine({}, started('-H', 'fd://', '--host=tcp://10.0.0.1:2376', '--dns-opt=rotate'));
    expect(settingOf(subject, 'hosts').value).toEqual(['fd://', 'tcp://10.0.0.1:2376']);
    expect(settingOf(subject, 'dns-opts').value).toEqual(['rotate']);
  });

  test('that is made of names and values is an object', () => {
    const subject = engine(
      {},
      started('--log-opt', 'max-size=10m', '--log-opt=tag=a=b', '--default-ulimit=nofile=1:2'),
    );
    expect(settingOf(subject, 'log-opts').value).toEqual({ 'max-size': '10m', tag: 'a=b' });
    expect(settingOf(subject, 'default-ulimits').value).toEqual({ nofile: '1:2' });
  });

  test('of features is on or off', () => {
    const subject = engine({}, started('--feature', 'cdi', '--feature=buildkit=false', '--feature=x=true'));
    expect(settingOf(subject, 'features').value).toEqual({ cdi: true, buildkit: false, x: true });
  });
});
