import { basename } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engine, hidden, host, machine } from '../../../test/subjects.ts';
import { daemonUnixSocketOnly } from '../../controls/daemon/daemon-unix-socket-only.ts';
import { daemonIccDisabled } from '../../controls/daemon/daemon-icc-disabled.ts';
import type { Control } from '../../model/control.ts';
import type { EngineFacts, UnitFile } from '../../model/engine.ts';
import { known, mapFact } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import type { FileContent } from '../../model/plan.ts';
import { byHand } from '../../model/remedy.ts';
import type { Failure } from '../planning.ts';
import { serviceArguments, serviceCommand } from '../unit-command.ts';
import { type DropInContext, type DropInPlan, planUnitDropIn } from './unit-drop-in.ts';

/** Units as distributions bring them; only what matters here. */
const dockerCe = `[Unit]
Description=Docker Application Container Engine
After=network-online.target docker.socket firewalld.service containerd.service time-set.target
Requires=docker.socket

[Service]
Type=notify
# the default is not to use systemd for cgroups because the delegate issues still
# exists and systemd currently does not support the cgroup feature set required
ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
ExecReload=/bin/kill -s HUP $MAINPID
Restart=always
Delegate=yes

[Install]
WantedBy=multi-user.target
`;
const debian = dockerCe
  .replace('ExecStart=', 'EnvironmentFile=-/etc/default/docker\nExecStart=')
  .replace('/usr/bin/dockerd', '/usr/sbin/dockerd')
  .replace('containerd.sock\n', 'containerd.sock $DOCKER_OPTS\n');
const openSuse = `[Service]
EnvironmentFile=/etc/sysconfig/docker
Environment="DOCKER_BUILDKIT=1"
Type=notify
NotifyAccess=all
ExecStart=/usr/bin/dockerd --add-runtime oci=/usr/sbin/runc $DOCKER_NETWORK_OPTIONS $DOCKER_OPTS
ExecReload=/bin/kill -s HUP $MAINPID
`;
const fedora = `[Service]
Type=notify
EnvironmentFile=-/etc/sysconfig/docker
EnvironmentFile=-/etc/sysconfig/docker-storage
EnvironmentFile=-/etc/sysconfig/docker-network
ExecStart=/usr/bin/dockerd \\
          --host=fd:// \\
          --exec-opt native.cgroupdriver=systemd \\
          $OPTIONS \\
          $DOCKER_STORAGE_OPTIONS \\
          $DOCKER_NETWORK_OPTIONS \\
          $INSECURE_REGISTRY
ExecReload=/bin/kill -s HUP $MAINPID
`;
const fedoraOptions = `# Modify these options if you want to change the way the docker daemon runs
OPTIONS="--selinux-enabled \\
  --log-driver=journald \\
  --live-restore \\
  --default-ulimit nofile=1024:1024 \\
  --init-path /usr/libexec/docker/docker-init \\
  --userland-proxy-path /usr/libexec/docker/docker-proxy \\
"
`;
const snapUnit = `[Service]
EnvironmentFile=-/etc/environment
ExecStart=/usr/bin/snap run docker.dockerd
`;

const vendor = '/usr/lib/systemd/system/docker.service';
const folder = '/etc/systemd/system/docker.service.d';
const target = `${folder}/60-plimsoll.conf`;

interface Scene {
  readonly files: Readonly<Record<string, string>>;
  /** Arguments of the process, where they are not those that its units say. */
  readonly arguments?: readonly string[];
  /** Links, by path: where they lead. */
  readonly links?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly unit?: string;
  readonly facts?: Partial<EngineFacts>;
  readonly root?: boolean;
}

function unitsOf({ files, unit = 'docker.service' }: Scene): UnitFile[] {
  const named = Object.keys(files).filter((path) => path.endsWith(`/${unit}`));
  const dropIns = Object.keys(files).filter((path) => path.endsWith('.conf') && path.includes(`/${unit}.d/`));
  const main = named.find((path) => !path.startsWith('/usr/')) ?? named[0];
  return [
    ...(main === undefined
      ? []
      : [{ path: main, kind: main.startsWith('/usr/') ? 'vendor' : 'override', modified: 0 } as const]),
    ...dropIns
      .toSorted((left, right) => (basename(left) < basename(right) ? -1 : 1))
      .map((path) => ({ path, kind: 'drop-in', modified: 0 }) as const),
  ];
}

function startedWith(scene: Scene): string[] {
  const { files } = scene;
  const units = unitsOf(scene).map((each) => ({ ...each, text: files[each.path] ?? '' }));
  const command = serviceCommand(units, (path) => files[path]);
  return (command && serviceArguments(command))?.map(({ text }) => text ?? '?') ?? [];
}

function contextOf(scene: Scene): DropInContext {
  const { files, links = {}, uid = 0, unit = 'docker.service', facts = {} } = scene;
  const folders = new Set(Object.keys(files).flatMap((path) => [path, ...foldersOf(path)]));
  for (const each of ['/etc/systemd/system', '/home/ada/.config'])
    for (const one of foldersOf(`${each}/x`)) folders.add(one);
  const subject = engine(
    {},
    {
      process: mapFact(engine().process, (before) => ({
        ...before,
        uid,
        arguments: scene.arguments ?? startedWith(scene),
      })),
      configuration: known(null, 'file', '/etc/docker/daemon.json'),
      units: known({ name: unit, files: unitsOf(scene), vendorFileIntact: null }, 'file', unit),
      ...facts,
    },
  );
  return {
    machine: machine({
      engine: subject,
      host: host({
        root: scene.root ?? uid === 0,
        accounts: known(
          { users: [{ name: 'ada', uid: 1000, gid: 1001, home: '/home/ada', shell: '/bin/sh' }], groups: [] },
          'file',
          '/etc/passwd',
        ),
      }),
    }),
    text: (path) => files[links[path] ?? path],
    file: (path) => (path in links || (folders.has(path) && !(path in files)) ? undefined : content(files[path])),
    realPath: (path) => links[path] ?? (folders.has(path) ? path : undefined),
    engine: () => Promise.resolve(null),
    allowRemoval: false,
    now: new Date(0),
  };
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

function content(text: string | undefined): FileContent | null {
  return text === undefined
    ? null
    : { bytes: Buffer.from(text).toString('base64'), access: { mode: 0o640, uid: 0, gid: 7 } };
}

const anyControl = daemonIccDisabled as unknown as Control;

function failure(settings: JsonObject, id = 'daemon-icc-disabled'): Failure {
  const remedy = { ...byHand({ en: 'x', zh: '甲' }), settings };
  return { control: { ...anyControl, id }, subject: { kind: 'engine', id: 'engine', value: engine() }, remedy };
}

function plan(scene: Scene, ...settings: JsonObject[]): DropInPlan {
  const failures = settings.map((each, index) => failure(each, `daemon-${index}`));
  return planUnitDropIn({ keys: Object.assign({}, ...settings) as JsonObject, failures }, contextOf(scene));
}

/** The files as they would be after the steps. */
function after(scene: Scene, { steps }: DropInPlan): Scene {
  const written = steps.map(
    ({ path, after: next }) => [path, Buffer.from(next?.bytes ?? '', 'base64').toString()] as const,
  );
  return { ...scene, files: { ...scene.files, ...Object.fromEntries(written) } };
}

function writtenAt(result: DropInPlan, path: string): string {
  const step = result.steps.find((each) => each.path === path);
  return Buffer.from(step?.after?.bytes ?? '', 'base64').toString();
}

const isNothing = { steps: [], takenOut: [] };

describe('the drop-in', () => {
  const scene: Scene = {
    files: { [vendor]: dockerCe.replace('fd:// ', 'fd:// --icc=true --log-driver json-file -H tcp://0.0.0.0:2375 ') },
  };

  test('clears the command and sets it to the same without the options', () => {
    const result = plan(scene, { icc: false }, { 'log-driver': 'syslog' });
    expect(result).toMatchObject({
      takenOut: ['--icc=true', '--log-driver json-file'],
      settings: { icc: false, 'log-driver': 'syslog' },
      refused: [],
    });
    expect(result.steps).toMatchObject([
      { path: target, before: null, after: { access: { mode: 0o640, uid: 0, gid: 0 } }, folders: [folder] },
    ]);
    const lines = writtenAt(result, target).split('\n');
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([
      '[Service]',
      'ExecStart=',
      'ExecStart=/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2375 --containerd=/run/containerd/containerd.sock',
      '',
    ]);
  });

  test('an unwanted listener goes, -H fd:// stays, and hosts do not come into the file', () => {
    const subject = contextOf(scene).machine.engine;
    const context = { parameters: { allowedSockets: [] }, now: new Date(0) };
    const remedy = daemonUnixSocketOnly.remedy(subject, context);
    expect(remedy).toMatchObject({ kind: 'manual', settings: { hosts: ['fd://'] } });
    const result = plan(scene, { hosts: ['fd://'] });
    expect(result).toMatchObject({ takenOut: ['-H tcp://0.0.0.0:2375'], settings: {}, refused: [] });
    expect(startedWith(after(scene, result))).toEqual([
      '/usr/bin/dockerd',
      '-H',
      'fd://',
      '--icc=true',
      '--log-driver',
      'json-file',
      '--containerd=/run/containerd/containerd.sock',
    ]);
  });

  test('a folder that is there is not made', () => {
    const there = { files: { ...scene.files, [`${folder}/10-own.conf`]: '[Service]\nLimitNOFILE=1\n' } };
    expect(plan(there, { icc: false }).steps[0]).not.toHaveProperty('folders');
  });

  test('settings that are not on the command line go through', () => {
    expect(plan(scene, { 'live-restore': true, 'userns-remap': null })).toEqual({
      ...isNothing,
      settings: { 'live-restore': true, 'userns-remap': null },
      refused: [],
    });
  });

  test('secrets are not shown', () => {
    const result = plan(
      { files: { [vendor]: dockerCe.replace('fd:// ', 'fd:// --log-opt splunk-token=abc123 ') } },
      { 'log-opts': {} },
    );
    expect(result.takenOut).toEqual(['--log-opt splunk-token=[redacted]']);
  });

  test('specifiers, quotes, variables and prefixes stay as they are written', () => {
    const command = String.raw`-/usr/bin/dockerd "--label=a b" --label=%H --mtu=\x31400 '--dns=${'${DNS}'}' --debug $$X`;
    const odd = {
      files: { [vendor]: `[Service]\nEnvironment=DNS=10.0.0.1\nExecStart=${command}\n` },
      arguments: [
        '/usr/bin/dockerd',
        '--label=a b',
        '--label=harbour',
        '--mtu=1400',
        '--dns=10.0.0.1',
        '--debug',
        '$X',
      ],
    };
    expect(writtenAt(plan(odd, { debug: null }), target)).toContain(`\nExecStart=${command.replace(' --debug', '')}\n`);
  });
});

describe('its name', () => {
  const flagged = dockerCe.replace('fd:// ', 'fd:// --debug ');
  const own = '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --debug --init\n';

  test.each([
    ['10-own.conf', '60-plimsoll.conf'],
    ['60-plimsoll.conf.conf', '70-plimsoll.conf'],
    ['zzz.conf', 'zzzz-plimsoll.conf'],
    ['override.conf', 'overridez-plimsoll.conf'],
    ['75-own.conf', '80-plimsoll.conf'],
  ])('comes behind %s, which sets the command', (name, expected) => {
    const scene = { files: { [vendor]: flagged, [`${folder}/${name}`]: own } };
    const result = plan(scene, { debug: false });
    expect(result.steps.map(({ path }) => path)).toEqual([`${folder}/${expected}`]);
    expect(startedWith(after(scene, result))).toEqual(['/usr/bin/dockerd', '-H', 'fd://', '--init']);
  });

  test('need not come behind one that sets something else', () => {
    const scene = { files: { [vendor]: flagged, [`${folder}/90-limits.conf`]: '[Service]\nLimitNOFILE=1\n' } };
    expect(plan(scene, { debug: false }).steps[0]?.path).toBe(target);
  });

  test('is that of an earlier fix, which is written anew', () => {
    const first: Scene = { files: { [vendor]: flagged.replace('--debug', '--debug --icc') } };
    const second = after(first, plan(first, { debug: false }));
    const result = plan(second, { icc: false });
    expect(result.steps).toMatchObject([
      { path: target, before: { access: { mode: 0o640, gid: 7 } }, after: { access: { mode: 0o640, gid: 7 } } },
    ]);
    expect(startedWith(after(second, result))).toEqual(startedWith({ files: { [vendor]: dockerCe } }));
  });

  test.each([
    ['of somebody else', own],
    ['of an earlier fix, with something added', `# Written by plimsoll fix.\n${own}LimitNOFILE=1\n`],
  ])('is not that of a file %s', (_, text) => {
    expect(plan({ files: { [vendor]: flagged, [target]: text } }, { debug: false }).steps[0]?.path).toBe(
      `${folder}/70-plimsoll.conf`,
    );
  });

  test('does not hide one that stands in another folder', () => {
    const scene = {
      files: { [vendor]: flagged, '/run/systemd/system/docker.service.d/60-plimsoll.conf': '[Service]\nNice=1\n' },
    };
    expect(plan(scene, { debug: false }).steps[0]?.path).toBe(`${folder}/70-plimsoll.conf`);
  });
});

describe('options in a variable', () => {
  test('go out of the file that sets it: Debian', () => {
    const scene = {
      files: { [vendor]: debian, '/etc/default/docker': '# own\nDOCKER_OPTS="--icc=true --dns 10.0.0.1"\n' },
    };
    const result = plan(scene, { icc: false });
    expect(result.steps).toMatchObject([
      { path: '/etc/default/docker', after: { access: { mode: 0o640, uid: 0, gid: 7 } } },
    ]);
    expect(writtenAt(result, '/etc/default/docker')).toBe('# own\nDOCKER_OPTS="--dns 10.0.0.1"\n');
    expect(result).toMatchObject({ takenOut: ['--icc=true'], settings: { icc: false } });
  });

  test('over several lines: Fedora', () => {
    const scene = { files: { [vendor]: fedora, '/etc/sysconfig/docker': fedoraOptions } };
    const result = plan(scene, { 'log-driver': 'syslog', 'default-ulimits': { nofile: '1024:1024' } });
    expect(writtenAt(result, '/etc/sysconfig/docker')).toBe(
      fedoraOptions.replace('  --log-driver=journald \\\n', '').replace('  --default-ulimit nofile=1024:1024 \\\n', ''),
    );
    expect(result.settings).toEqual({
      'log-driver': 'syslog',
      'default-ulimits': { nofile: { Name: 'nofile', Soft: 1024, Hard: 1024 } },
    });
  });

  test('and out of the command, in one plan', () => {
    const scene = { files: { [vendor]: fedora, '/etc/sysconfig/docker': fedoraOptions } };
    const result = plan(scene, { 'exec-opts': null, 'live-restore': true });
    expect(result.steps.map(({ path }) => path)).toEqual([target, '/etc/sysconfig/docker']);
    expect(writtenAt(result, target)).toContain(
      '\nExecStart=/usr/bin/dockerd --host=fd:// $OPTIONS $DOCKER_STORAGE_OPTIONS $DOCKER_NETWORK_OPTIONS $INSECURE_REGISTRY\n',
    );
    expect(startedWith(after(scene, result))).toEqual(
      startedWith(scene).filter((word) => !/^--exec-opt|^native|^--live-restore$/.test(word)),
    );
  });

  test('openSUSE: an option in the file, another in the command', () => {
    const scene = {
      files: { [vendor]: openSuse, '/etc/sysconfig/docker': 'DOCKER_OPTS="--icc"\nDOCKER_NETWORK_OPTIONS=""\n' },
    };
    expect(writtenAt(plan(scene, { icc: false }), '/etc/sysconfig/docker')).toBe(
      'DOCKER_OPTS=""\nDOCKER_NETWORK_OPTIONS=""\n',
    );
  });

  test('not where a unit sets the variable', () => {
    const scene = {
      files: { [vendor]: debian, [`${folder}/opts.conf`]: '[Service]\nEnvironment="DOCKER_OPTS=--icc"\n' },
    };
    const result = plan(scene, { icc: false });
    expect(result).toMatchObject({ ...isNothing, settings: {} });
    expect(result.refused[0]?.reason.en).toContain(`DOCKER_OPTS, which ${folder}/opts.conf:2 sets`);
  });

  test('not where the file is a link', () => {
    const real = '/srv/docker.env';
    const scene = {
      files: { [vendor]: debian, [real]: 'DOCKER_OPTS=--icc\n' },
      arguments: ['/usr/sbin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock', '--icc'],
      links: { '/etc/default/docker': real },
    };
    expect(plan(scene, { icc: false }).refused[0]?.reason.en).toContain('/etc/default/docker is a link');
  });

  test('every time that the command has the variable', () => {
    const scene = {
      files: {
        [vendor]: debian.replace('$DOCKER_OPTS', '$DOCKER_OPTS --debug $DOCKER_OPTS'),
        '/etc/default/docker': 'DOCKER_OPTS="--init --icc"\n',
      },
    };
    const result = plan(scene, { icc: false });
    expect(startedWith(after(scene, result)).slice(-3)).toEqual(['--init', '--debug', '--init']);
  });

  test('not where another option would change with it', () => {
    const scene = {
      files: {
        [vendor]: debian.replace('$DOCKER_OPTS', '$DOCKER_OPTS --label=${DOCKER_OPTS}'),
        '/etc/default/docker': 'DOCKER_OPTS=--icc\n',
      },
    };
    const result = plan(scene, { icc: false });
    expect(result).toMatchObject({ ...isNothing, settings: {}, refused: [{ control: 'daemon-0', why: 'refused' }] });
    expect(result.refused[0]?.reason.en).toContain('without changing others');
  });
});

describe('it is refused', () => {
  const flagged: Scene = { files: { [vendor]: dockerCe.replace('fd:// ', 'fd:// --icc=true ') } };
  const refusal = (scene: Scene, settings: JsonObject = { icc: false }) => {
    const result = plan(scene, settings);
    expect(result).toMatchObject({ ...isNothing, settings: {} });
    expect(result.refused).toHaveLength(1);
    expect(result.refused[0]?.reason.zh).toMatch(/\p{Script=Han}/u);
    return result.refused[0];
  };

  test('where hosts would stand in daemon.json beside -H fd://', () => {
    const scene = { files: { [vendor]: dockerCe.replace('fd:// ', 'fd:// -H tcp://0.0.0.0:2376 ') } };
    expect(refusal(scene, { hosts: ['fd://', 'tcp://127.0.0.1:2376'] })?.reason.en).toContain('-H fd://');
    const changedSince = {
      configuration: known(
        { file: '/etc/docker/daemon.json', values: { hosts: [] }, modified: 0, positions: {} },
        'file',
        'x',
      ),
    };
    expect(refusal({ ...scene, facts: changedSince }, { hosts: ['fd://'] })?.reason.en).toContain('-H fd://');
  });

  test('where the process has other arguments than its units say', () => {
    const other = refusal({ ...flagged, arguments: ['/usr/bin/dockerd', '-H', 'fd://', '--icc=true'] });
    expect(other?.reason.en).toContain('--icc are among the options');
    expect(other?.commands).toContain('systemctl restart docker.service');
  });

  test('where only the next start would have the option', () => {
    const scene = {
      ...flagged,
      arguments: ['/usr/bin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock'],
    };
    expect(refusal(scene)?.reason.en).toContain('--icc are among the options');
    expect(plan(scene, { 'live-restore': true })).toMatchObject({ settings: { 'live-restore': true }, refused: [] });
  });

  test('where several options share a word', () => {
    expect(
      refusal({ files: { [vendor]: '[Service]\nExecStart=/usr/bin/dockerd -DH fd://\n' } }, { debug: false })?.reason
        .en,
    ).toContain('-DH is several options');
  });

  test('where the command is not one', () => {
    const scene = {
      files: { [vendor]: `${flagged.files[vendor]}[Service]\nExecStart=/bin/true\n` },
      arguments: ['/usr/bin/dockerd', '--icc'],
    };
    expect(refusal(scene)?.reason.en).toContain('no single ExecStart');
  });

  test('where a folder on the way is a link, or a link that leads nowhere', () => {
    expect(refusal({ ...flagged, links: { [folder]: '/srv/units' } })?.reason.en).toContain(`${folder} is a link`);
    expect(refusal({ ...flagged, links: { '/etc/systemd/system': '/nix/store/units' } })?.reason.en).toContain(
      'is a link',
    );
  });

  test('where the unit or the process cannot be read', () => {
    const unread = { path: vendor, kind: 'vendor', modified: 0 } as const;
    const units = known({ name: 'docker.service', files: [unread], vendorFileIntact: null }, 'file' as const, vendor);
    expect(refusal({ files: {}, arguments: ['/usr/bin/dockerd', '--icc'], facts: { units } })?.reason.en).toContain(
      `${vendor} cannot be read`,
    );
    expect(refusal({ ...flagged, facts: { units: hidden } })?.reason.en).toContain('permission denied');
    expect(refusal({ ...flagged, facts: { process: hidden } }, { 'live-restore': true })?.advice?.en).toBe(
      'run as root',
    );
  });

  test('of a snap', () => {
    const unit = 'snap.docker.dockerd.service';
    const scene = {
      files: { [`/etc/systemd/system/${unit}`]: snapUnit },
      unit,
      arguments: ['dockerd', '--group', 'docker', '--exec-root=/run/snap.docker', '--icc'],
    };
    expect(refusal(scene)?.advice?.en).toContain('/var/snap/docker/current/config/daemon.json');
    expect(plan(scene, { 'live-restore': true }).settings).toEqual({ 'live-restore': true });
  });

  const withoutUnit = { units: known(null, 'kernel' as const, '/proc/1/cgroup') };

  test.each([
    ['OpenRC', '/etc/conf.d/docker', 'rc-service docker restart'],
    ['SysV', '/etc/default/docker', 'service docker restart'],
  ])('where a script of %s starts it', (_, path, restart) => {
    const files = { [path]: '# options\n\nDOCKER_OPTS="--dns 10.0.0.1 \\\n  --icc=true"\n' };
    const other = refusal({ files, arguments: ['/usr/bin/dockerd', '--icc=true'], facts: withoutUnit });
    expect(other?.reason.en).toContain(`DOCKER_OPTS in ${path}:4`);
    expect(other?.commands).toContain(restart);
  });

  test('where somebody started it', () => {
    const scene = { files: {}, arguments: ['dockerd', '--icc=true'], facts: withoutUnit };
    expect(refusal(scene)?.reason.en).toContain('no service manager');
    expect(plan(scene, { debug: false }).settings).toEqual({ debug: false });
  });
});

test('a failure is refused as a whole, and others are answered', () => {
  const scene = { files: { [vendor]: '[Service]\nExecStart=/usr/bin/dockerd -DH fd:// --icc --log-level=debug\n' } };
  const result = plan(scene, { icc: false }, { debug: false, 'log-level': 'info' }, { 'live-restore': true });
  expect(result).toMatchObject({
    takenOut: ['--icc'],
    settings: { icc: false, 'live-restore': true },
    refused: [{ control: 'daemon-1' }],
  });
  expect(Object.keys(result.settings)).toHaveLength(2);
});

test('what asks for nothing on the command line is answered although the drop-in cannot be written', () => {
  const scene: Scene = {
    files: { [vendor]: dockerCe.replace('fd:// ', 'fd:// --icc ') },
    links: { [folder]: '/srv/units' },
  };
  expect(plan(scene, { icc: false }, { 'live-restore': true })).toMatchObject({
    ...isNothing,
    settings: { 'live-restore': true },
    refused: [{ control: 'daemon-0' }],
  });
});

describe('a rootless engine', () => {
  const own = '/home/ada/.config/systemd/user/docker.service';
  const unit = '[Service]\nExecStart=/home/ada/bin/dockerd-rootless.sh --icc\nExecReload=/bin/kill -s HUP $MAINPID\n';
  const scene: Scene = { files: { [own]: unit }, arguments: ['dockerd', '--icc'], uid: 1000 };

  test('has its drop-in in the home of the user', () => {
    expect(plan(scene, { icc: false }).steps).toMatchObject([
      {
        path: `${own}.d/60-plimsoll.conf`,
        folders: [`${own}.d`],
        after: { access: { mode: 0o640, uid: 1000, gid: 1001 } },
      },
    ]);
    const packaged = { ...scene, files: { '/usr/lib/systemd/user/docker.service': unit } };
    expect(plan(packaged, { icc: false }).steps[0]?.folders).toEqual([
      '/home/ada/.config/systemd',
      '/home/ada/.config/systemd/user',
      `${own}.d`,
    ]);
  });

  test('root does not write there', () => {
    expect(plan({ ...scene, root: true }, { icc: false }).refused[0]?.advice?.en).toBe('Run plimsoll fix as ada.');
  });
});

/** Words of a command and how they may be written. */
const harmless = fc.constantFrom(
  '-H fd://',
  '--containerd=/run/containerd/containerd.sock',
  '--label="a b"',
  "--dns '10.0.0.1'",
  '--mtu=\\x31400',
  '$OPTS',
  '--label=%%',
  '--bip ${BIP}',
);
const leaving = fc.constantFrom(
  '--icc',
  '--icc=true',
  '"--log-driver=syslog"',
  '--log-driver "json-file"',
  '-l warn',
  "--log-'level'=info",
  '-lwarn',
  '--log-level \\x77arn',
);
const gap = fc.constantFrom(' ', '  ', '\t', ' \\\n  ', ' \\\n# a comment\n ');

test('reading what was written gives the same words without the options', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(harmless, leaving), gap), { minLength: 1, maxLength: 8 }), (parts) => {
      const command = `/usr/bin/dockerd${parts.map(([word, space]) => space + word.replaceAll(' ', space)).join('')}`;
      const scene = {
        files: {
          [vendor]: `[Service]\nEnvironment=BIP=10.1.0.1/16\nEnvironmentFile=/e\nExecStart=${command}\n`,
          '/e': `OPTS="--init --icc --debug"\n`,
        },
      };
      const result = plan(scene, { icc: false }, { 'log-driver': 'journald' }, { 'log-level': 'info' });
      const twice = parts.filter(([word]) => word === '$OPTS').length > 1;
      expect(result.refused).toEqual([]);
      const kept: string[] = [];
      const words = startedWith(scene);
      for (let index = 0; index < words.length; index += 1) {
        const word = words[index] ?? '';
        if (/^(--log-driver|-l)$|^--log-level$/.test(word)) index += 1;
        else if (!/^--icc|^--log-driver=|^--log-level=|^-lwarn$/.test(word)) kept.push(word);
      }
      expect(startedWith(after(scene, result))).toEqual(kept);
      expect(twice || result.takenOut.length > 0 || kept.length === words.length).toBe(true);
    }),
  );
});
