import { describe, expect, test } from 'vitest';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { type Change, containersOf, edited } from '../../../test/edited.ts';

const tmp: Mount = { kind: 'tmpfs', target: '/tmp', readOnly: false, options: { nosuid: '' } };

function without(at: string): Change {
  return ({ mounts }) => ({ mounts: mounts.filter(({ target }) => target !== at) });
}

function eachMount(change: (mount: Mount) => Mount): Change {
  return ({ mounts }) => ({ mounts: mounts.map(change) });
}

const readOnly = eachMount((mount) => ({ ...mount, readOnly: true }));
const apart = eachMount((mount) => ({ ...mount, propagation: 'rprivate' }));
const nosuid = eachMount((mount) => ({ ...mount, options: { ...mount.options, nosuid: '' } }));

function withTmp({ mounts }: ContainerSpec) {
  return { mounts: [...mounts, tmp] };
}

describe('in one line', () => {
  test.each<[string, Change, string]>([
    ['docker run web:1', { readOnlyRoot: true }, 'docker run --read-only web:1'],
    ['docker run --privileged web:1 serve --privileged', { privileged: false }, 'docker run web:1 serve --privileged'],
    ['docker run --privileged=true --rm web:1', { privileged: false }, 'docker run --rm web:1'],
    [
      'sudo -E docker container create --pid host -it web',
      { namespaces: { pid: null } },
      'sudo -E docker container create -it web',
    ],
    ['docker run --pid=host web # why', { namespaces: { pid: null } }, 'docker run web # why'],
    // A value takes the place of another, in the form that it has.
    ['docker run --user root web', { user: '1:1' }, 'docker run --user 1:1 web'],
    ['docker run --user="root" web', { user: '1:1' }, 'docker run --user=1:1 web'],
    ['docker run -u root web', { user: '1:1' }, 'docker run -u 1:1 web'],
    ['docker run -uroot web', { user: '1:1' }, 'docker run -u1:1 web'],
    ['docker run -itu root web', { user: '1:1' }, 'docker run -itu 1:1 web'],
    ['docker run -itu=root web', { user: '1:1' }, 'docker run -itu=1:1 web'],
    ['docker run -m 1g -m 2g web', { resources: { memory: 1024 ** 2 } }, 'docker run -m 1m web'],
    [
      'docker run --restart=always web',
      { restart: { name: 'on-failure', maximumRetries: 5 } },
      'docker run --restart=on-failure:5 web',
    ],
    // Repeated options go one by one.
    [
      'docker run --cap-add sys_admin --cap-add=KILL web',
      { capabilities: { add: ['KILL'] } },
      'docker run --cap-add=KILL web',
    ],
    [
      'docker run --cap-add A --cap-add=B web',
      { capabilities: { add: [], drop: ['ALL'] } },
      'docker run --cap-drop=ALL web',
    ],
    [
      'docker run --security-opt seccomp:unconfined --security-opt label=disable web',
      { security: { seccomp: null } },
      'docker run --security-opt label=disable web',
    ],
    [
      'docker run --security-opt no-new-privileges=false web',
      { security: { noNewPrivileges: true } },
      'docker run --security-opt no-new-privileges=true web',
    ],
    ['docker run --device /dev/fuse:/dev/fuse:rwm --device /dev/kvm web', { devices: [] }, 'docker run web'],
    [
      'docker run --ulimit nofile=1:2 web',
      { ulimits: [{ name: 'nofile', soft: 9, hard: 9 }] },
      'docker run --ulimit nofile=9:9 web',
    ],
    ['docker run --group-add 0 --group-add audio web', { groups: ['audio'] }, 'docker run --group-add audio web'],
    ['docker run --sysctl kernel.msgmax=1 web', { sysctls: { 'kernel.msgmax': null } }, 'docker run web'],
    ['docker run --net host web', { namespaces: { network: null } }, 'docker run web'],
    // Mounts.
    ['docker run -v /a:/a -v /b:/b web', without('/a'), 'docker run -v /b:/b web'],
    ['docker run -v/a:/a --tmpfs /b web', without('/a'), 'docker run --tmpfs /b web'],
    ['docker run -dv /a:/a web', without('/a'), 'docker run -d web'],
    ['docker run -v "$PWD/a:/a" web', readOnly, 'docker run -v "$PWD/a:/a:ro" web'],
    ['docker run --volume=/a:/a:rw,Z web', readOnly, 'docker run --volume=/a:/a:ro,Z web'],
    ['docker run -v /a:/a:rshared web', apart, 'docker run -v /a:/a web'],
    [
      "docker run --mount 'type=bind,src=/a,dst=/a' web",
      readOnly,
      "docker run --mount 'type=bind,src=/a,dst=/a,readonly' web",
    ],
    [
      'docker run --mount type=bind,src=/a,dst=/a,bind-propagation=shared web',
      apart,
      'docker run --mount type=bind,src=/a,dst=/a web',
    ],
    ['docker run --tmpfs /a:size=1m,suid web', nosuid, 'docker run --tmpfs /a:size=1m,suid,nosuid web'],
    ['docker run web', withTmp, 'docker run --tmpfs /tmp:nosuid web'],
    // Variables may hold more options.
    ['docker run $OPTS "$IMAGE" sh', { readOnlyRoot: true }, 'docker run $OPTS --read-only "$IMAGE" sh'],
  ])('%s', (text, change, expected) => {
    expect(edited('run', text, change)).toBe(expected);
    expect(edited('run', `set -e\n${text}\nexit\n`, change)).toBe(`set -e\n${expected}\nexit\n`);
  });
});

/** A command with an option on each line. */
function lines(...options: readonly string[]): string {
  return ['docker run \\', ...options.map((each) => `  ${each} \\`), '  web:1 \\', '  serve', ''].join('\n');
}

describe('in several lines', () => {
  test.each<[string, string, Change, string]>([
    ['an option is added on a line of its own', lines('--rm'), { readOnlyRoot: true }, lines('--rm', '--read-only')],
    [
      'one goes with its line',
      lines('--rm', '--privileged', '-v /a:/a'),
      { privileged: false },
      lines('--rm', '-v /a:/a'),
    ],
    ['the last one too', lines('--rm', '--pid host'), { namespaces: { pid: null } }, lines('--rm')],
    [
      'one that others follow leaves them on their line',
      lines('--rm', '--privileged -it', '-d'),
      { privileged: false },
      lines('--rm', '-it', '-d'),
    ],
    ['one behind others leaves them', lines('-it --privileged', '-d'), { privileged: false }, lines('-it', '-d')],
    [
      'several go with their line',
      lines('--pid host --ipc=host', '-d'),
      { namespaces: { pid: null, ipc: null } },
      lines('-d'),
    ],
    [
      'where the image is on the line of an option, it keeps the last one',
      'docker run -d \\\n\t--rm web\n',
      { readOnlyRoot: true },
      'docker run -d \\\n\t--rm \\\n\t--read-only \\\n\tweb\n',
    ],
  ])('%s', (_, text, change, expected) => {
    expect(edited('run', text, change)).toBe(expected);
    expect(edited('run', text.replaceAll('\n', '\r\n'), change)).toBe(expected.replaceAll('\n', '\r\n'));
  });

  test('several changes at once', () => {
    const text = lines('--rm', '--privileged', '-u root -v /a:/a', '--cap-add ALL');
    const change: Change = {
      privileged: false,
      user: '1:1',
      mounts: [],
      capabilities: { add: [], drop: ['ALL'] },
      resources: { pids: 9 },
    };
    expect(edited('run', text, change)).toBe(lines('--rm', '-u 1:1', '--cap-drop=ALL', '--pids-limit=9'));
  });
});

describe('in other files', () => {
  test.each<[string, string, Change, string]>([
    [
      'Makefile',
      'run: build\n\tdocker run --rm \\\n\t  -v $(PWD):/src \\\n\t  --privileged \\\n\t  $(NAME):1 make all\n',
      { privileged: false, readOnlyRoot: true },
      'run: build\n\tdocker run --rm \\\n\t  -v $(PWD):/src \\\n\t  --read-only \\\n\t  $(NAME):1 make all\n',
    ],
    [
      'ci.yml',
      'job:\n  script:\n    - docker run --privileged x:1 # why\n    - |\n      docker run \\\n        --rm \\\n        y:1\n',
      { privileged: false, readOnlyRoot: true },
      'job:\n  script:\n    - docker run --read-only x:1 # why\n    - |\n      docker run \\\n        --rm \\\n        y:1\n',
    ],
    [
      'web.service',
      '[Service]\nExecStart=/usr/bin/docker run --privileged \\\n  web:1\nRestart=always\n',
      { privileged: false },
      '[Service]\nExecStart=/usr/bin/docker run \\\n  web:1\nRestart=always\n',
    ],
  ])('%s', (name, text, change, expected) => {
    expect(edited('run', text, change, { name })).toBe(expected);
  });

  test('the second command of a block', () => {
    const text = 'job:\n  script:\n    - docker run x:1\n    - |\n      docker run \\\n        --rm \\\n        y:1\n';
    expect(edited('run', text, { readOnlyRoot: true }, { name: 'ci.yml', index: 1 })).toBe(
      text.replace('--rm \\\n', '--rm \\\n        --read-only \\\n'),
    );
  });

  test('a command that YAML folds is not the shell’s to read', () => {
    const text = 'job:\n  script:\n    - >\n      docker run\n      --privileged\n      y:1\n';
    expect(containersOf('run', text, 'ci.yml')).toMatchObject([{ privileged: true }]);
    expect(edited('run', text, { privileged: false }, { name: 'ci.yml' })).toBeUndefined();
  });
});

test('what a command has no option for changes nothing', () => {
  expect(edited('run', 'docker run web', { maskedPaths: ['/proc/kcore'] })).toBeUndefined();
});

test('a password that is not shown is not written over the one that is there', () => {
  const text = 'docker run --mount type=volume,src=nas,dst=/a,volume-opt=o=password=hunter2 web';
  const change = eachMount((mount) => ({ ...mount, options: { ...mount.options, o: 'password=hunter2,nosuid' } }));
  expect(edited('run', text, change) ?? '').not.toContain('[redacted]');
});
