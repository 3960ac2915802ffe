import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseRelease } from '../../src/controls/daemon/engine-version.ts';
import { daemonTraps } from '../../src/fix/daemon-traps.ts';
import { known } from '../../src/model/fact.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { FileContent } from '../../src/model/plan.ts';
import { engine, host, info, machine } from '../subjects.ts';
import { startBriefly } from './brief-daemon.ts';
import { whyNoEngine } from './private-engine.ts';

const reason = whyNoEngine();

interface Stopped {
  readonly what: string;
  readonly configuration: JsonObject;
  readonly flags?: readonly string[];
  /** A key that the trap must name. */
  readonly key: string;
  /** Only engines before this release stop at it. */
  readonly before?: readonly [number, number];
}

/** Each of them keeps dockerd from starting. */
const stopped: readonly Stopped[] = [
  { what: 'an unknown key', configuration: { 'no-such': 1 }, key: 'no-such' },
  { what: 'a key in capitals', configuration: { ICC: false }, key: 'ICC' },
  {
    what: 'a key of 23.0',
    configuration: { 'http-proxy': 'http://proxy.example' },
    key: 'http-proxy',
    before: [23, 0],
  },
  { what: 'a key of 25.0', configuration: { 'log-format': 'json' }, key: 'log-format', before: [25, 0] },
  {
    what: 'a key that is only documented',
    configuration: { 'containerd-plugin-namespace': 'x' },
    key: 'containerd-plugin-namespace',
  },
  { what: 'a flag and a key', configuration: { debug: true }, flags: ['--debug'], key: 'debug' },
  { what: 'labels and --label', configuration: { labels: ['a=b'] }, flags: ['--label=c=d'], key: 'labels' },
  {
    what: 'hosts and -H',
    configuration: { hosts: ['unix://FOLDER/a.sock'] },
    flags: ['-H', 'unix:///tmp/plimsoll-none.sock'],
    key: 'hosts',
  },
  { what: 'userns-remap as true', configuration: { 'userns-remap': true }, key: 'userns-remap' },
  { what: 'a switch in quotes', configuration: { icc: 'false' }, key: 'icc' },
  { what: 'a list that is a text', configuration: { dns: '192.0.2.53' }, key: 'dns' },
  { what: 'a part of a number', configuration: { 'shutdown-timeout': 1.5 }, key: 'shutdown-timeout' },
  { what: 'a size without quotes', configuration: { 'default-shm-size': 64_000_000 }, key: 'default-shm-size' },
  { what: 'log options that are numbers', configuration: { 'log-opts': { 'max-size': 10 } }, key: 'log-opts' },
  { what: 'a limit that is a text', configuration: { 'default-ulimits': { nofile: '1:2' } }, key: 'default-ulimits' },
  { what: 'a feature that is a text', configuration: { features: { buildkit: 'x' } }, key: 'features' },
  {
    what: 'log options of another driver',
    configuration: { 'log-driver': 'syslog', 'log-opts': { 'max-size': '10m' } },
    key: 'log-opts',
  },
  { what: 'a log mode that is none', configuration: { 'log-opts': { mode: 'x' } }, key: 'log-opts' },
  {
    what: 'a buffer for a log that blocks',
    configuration: { 'log-opts': { 'max-buffer-size': '1m' } },
    key: 'log-opts',
  },
  {
    what: 'an address of no kind for logs',
    configuration: { 'log-driver': 'syslog', 'log-opts': { 'syslog-address': 'x://y' } },
    key: 'log-opts',
  },
  { what: 'a label without a value', configuration: { labels: ['abc'] }, key: 'labels' },
  { what: 'a label with two values', configuration: { labels: ['a=1', 'a=2'] }, key: 'labels' },
  { what: 'a label of Docker’s own', configuration: { labels: ['com.docker.x=1'] }, key: 'labels' },
  { what: 'a name server that is no address', configuration: { dns: ['x'] }, key: 'dns' },
  { what: 'a domain that is none', configuration: { 'dns-search': ['-a b'] }, key: 'dns-search' },
  { what: 'a user that is not there', configuration: { 'userns-remap': 'nosuchuser' }, key: 'userns-remap' },
  { what: 'a group that is not there', configuration: { group: 'nosuchgroup' }, key: 'group' },
  {
    what: 'a mirror without a scheme',
    configuration: { 'registry-mirrors': ['registry.example'] },
    key: 'registry-mirrors',
  },
  {
    what: 'a mirror with a path',
    configuration: { 'registry-mirrors': ['https://registry.example/a'] },
    key: 'registry-mirrors',
  },
  {
    what: 'an insecure registry that is none',
    configuration: { 'insecure-registries': ['registry.example/a'] },
    key: 'insecure-registries',
  },
  {
    what: 'a default runtime that is not there',
    configuration: { 'default-runtime': 'nosuch' },
    key: 'default-runtime',
  },
  {
    what: 'a runtime of dockerd’s own name',
    configuration: { runtimes: { runc: { path: '/bin/true' } } },
    key: 'runtimes',
  },
  { what: 'a profile that is not there', configuration: { 'seccomp-profile': '/nosuch.json' }, key: 'seccomp-profile' },
  {
    what: 'the builtin profile by name',
    configuration: { 'seccomp-profile': 'builtin' },
    key: 'seccomp-profile',
    before: [23, 0],
  },
  { what: 'a cgroup driver that is none', configuration: { 'exec-opts': ['native.cgroupdriver=x'] }, key: 'exec-opts' },
  {
    what: 'a path as parent under systemd',
    configuration: { 'exec-opts': ['native.cgroupdriver=systemd'], 'cgroup-parent': '/x' },
    key: 'cgroup-parent',
  },
  { what: 'icc and iptables off', configuration: { icc: false, iptables: false }, key: 'icc' },
  { what: 'ip6tables as no experiment', configuration: { ip6tables: true }, key: 'ip6tables', before: [27, 0] },
  { what: 'bridge and bip', configuration: { bridge: 'none', bip: '10.99.0.1/24' }, key: 'bip' },
  { what: 'a bridge that is not there', configuration: { bridge: 'nosuchbr0' }, key: 'bridge' },
  { what: 'an address without its network', configuration: { bridge: '', bip: '10.99.0.1' }, key: 'bip' },
  {
    what: 'a gateway outside of the bridge',
    configuration: { bridge: '', bip: '10.99.0.1/24', 'default-gateway': '10.1.0.1' },
    key: 'default-gateway',
  },
  {
    what: 'IPv6 without a range',
    configuration: { bridge: '', bip: '10.99.0.1/24', ipv6: true },
    key: 'ipv6',
    before: [27, 0],
  },
  {
    what: 'a pool that is none',
    configuration: { 'default-address-pools': [{ base: '10.0.0.0/8', size: 4 }] },
    key: 'default-address-pools',
  },
  {
    what: 'a storage driver that is none',
    configuration: { 'storage-driver': 'nosuch' },
    key: 'storage-driver',
    before: [29, 0],
  },
  {
    what: 'an option of another storage driver',
    configuration: { 'storage-driver': 'vfs', 'storage-opts': ['dm.basesize=10G'] },
    key: 'storage-opts',
    before: [29, 0],
  },
  { what: 'IPC of the host for all', configuration: { 'default-ipc-mode': 'host' }, key: 'default-ipc-mode' },
  { what: 'a log level that is none', configuration: { 'log-level': 'x' }, key: 'log-level' },
  { what: 'TLS without files', configuration: { tlsverify: true }, key: 'tlscert' },
  {
    what: 'TLS with files that are not there',
    configuration: { tlsverify: true, tlscacert: '/nosuch/ca', tlscert: '/nosuch/c', tlskey: '/nosuch/k' },
    key: 'tlskey',
  },
  { what: 'a host of no kind', configuration: { hosts: ['unix://FOLDER/a.sock', 'foo://x'] }, key: 'hosts' },
  { what: 'fd:// without systemd', configuration: { hosts: ['fd://'] }, key: 'hosts' },
  { what: 'a negative number', configuration: { 'max-concurrent-downloads': -1 }, key: 'max-concurrent-downloads' },
  { what: 'an address that is none', configuration: { ip: 'x' }, key: 'ip' },
  { what: 'figures at no address', configuration: { 'metrics-addr': 'x', experimental: true }, key: 'metrics-addr' },
];

/** Near-by ones that dockerd starts with, so that none of them is a trap. */
const fine: readonly JsonObject[] = [
  {
    debug: true,
    'live-restore': true,
    'no-new-privileges': true,
    labels: ['a=1', 'b='],
    dns: ['192.0.2.53'],
    'dns-search': ['shop.example'],
    'insecure-registries': ['registry.example:5000', '10.0.0.0/8', 'http://a.example'],
    'registry-mirrors': ['https://registry.example/'],
    'default-shm-size': '64M',
    'default-ulimits': { nofile: { Name: 'nofile', Soft: 1024, Hard: 65_536 } },
    'log-driver': 'json-file',
    'log-opts': { 'max-size': '10m', 'max-file': '3', mode: 'non-blocking', 'max-buffer-size': '4m' },
    'default-address-pools': [{ base: '10.10.0.0/16', size: 24 }],
    'containerd-plugins-namespace': 'shop',
    'default-ipc-mode': 'private',
    features: { buildkit: true },
    group: 'root',
    mtu: 1450,
    tls: false,
    'userns-remap': '',
  },
  {
    'log-driver': 'syslog',
    'log-opts': { 'syslog-address': 'udp://192.0.2.53:514' },
    runtimes: { shell: { path: '/bin/sh' } },
    'default-runtime': 'shell',
  },
];

describe.skipIf(reason !== undefined)(`dockerd itself${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let version: string;
  beforeAll(() => {
    version = /version ([^,\s]+)/.exec(execFileSync('dockerd', ['--version']).toString())?.[1] ?? '';
  });

  function trappedKeys(after: JsonObject, processArguments: readonly string[]): string[] {
    const facts = engine(
      {},
      {
        version: known(
          { version, apiVersion: '', minimumApiVersion: '', experimental: false, components: {} },
          'engine-api',
          '',
        ),
        info: info({ containers: 0, authorizationPlugins: [], securityOptions: [], storageDriver: 'overlay2' }),
        images: known([], 'engine-api', ''),
        volumes: known([], 'engine-api', ''),
        units: known(null, 'file', ''),
        process: known(
          {
            pid: 1,
            arguments: processArguments,
            uid: 0,
            started: 0,
            capabilityBoundingSet: 0n,
            proxies: 0,
            interfaces: ['lo'],
          },
          'kernel',
          '',
        ),
      },
    );
    const context = {
      engine: facts,
      machine: machine({ engine: facts, host: host(), containers: [] }),
      file: readRegularFile,
    };
    return daemonTraps({ before: {}, after, changed: Object.keys(after) }, context).flatMap(({ keys }) => keys);
  }

  test.concurrent.for(stopped)('does not start with $what, and that is a trap', async (each, { skip }) => {
    skip(each.before !== undefined && !isBefore(version, each.before), 'this engine starts with it');
    const daemon = await startBriefly(each.configuration, each.flags);
    expect(daemon).toMatchObject({ started: false });
    expect(trappedKeys(each.configuration, daemon.arguments)).toContain(each.key);
  });

  test.concurrent.each(fine)('starts with what is no trap (%#)', async (configuration) => {
    const daemon = await startBriefly(configuration);
    expect(daemon).toMatchObject({ started: true });
    expect(trappedKeys(configuration, daemon.arguments)).toEqual([]);
  });
});

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const release = parseRelease(version);
  return (
    release !== undefined &&
    (release.numbers[0] < major || (release.numbers[0] === major && release.numbers[1] < minor))
  );
}

function readRegularFile(path: string): FileContent | null | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return null;
  if (!status.isFile()) return undefined;
  return {
    bytes: readFileSync(path).toString('base64'),
    access: { mode: status.mode & 0o7777, uid: status.uid, gid: status.gid },
  };
}
