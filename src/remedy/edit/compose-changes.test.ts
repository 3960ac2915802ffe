import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { SpecChange } from '../../model/spec-change.ts';
import { type Change, changedLines, containersOf, edited } from '../../../test/edited.ts';

const pids: SpecChange = { resources: { pids: 200 } };
const drop: SpecChange = { capabilities: { drop: ['ALL'] } };
const quiet: SpecChange = { security: { noNewPrivileges: true } };
const root: SpecChange = { readOnlyRoot: true };

function service(...more: readonly string[]): string {
  return ['services:', '  web:', '    image: "web:1"', ...more, '  # the end', ''].join('\n');
}

function lines(text: string, change: Change, index = 0): string[] {
  return changedLines(text, edited('compose', text, change, { index }));
}

describe('where a service says it already', () => {
  test.each<[string, string, SpecChange, string[]]>([
    [
      'a flag goes with its line',
      service('    privileged: true # for now'),
      { privileged: false },
      ['-    privileged: true # for now'],
    ],
    [
      'a value keeps its quotes and comment',
      service("    user: 'root'  # why"),
      { user: '10001:10001' },
      ["-    user: 'root'  # why", "+    user: '10001:10001'  # why"],
    ],
    [
      'a word in a block list goes',
      service('    cap_add:', '      - SYS_ADMIN # x', '      - kill'),
      { capabilities: { add: ['KILL'] } },
      ['-      - SYS_ADMIN # x'],
    ],
    [
      'a word in brackets goes',
      service('    cap_add: [CAP_SYS_ADMIN, KILL]'),
      { capabilities: { add: ['KILL'] } },
      ['-    cap_add: [CAP_SYS_ADMIN, KILL]', '+    cap_add: [KILL]'],
    ],
    [
      'a list goes with its last word',
      service('    cap_add:', '      - SYS_ADMIN'),
      { capabilities: { add: [] } },
      ['-    cap_add:', '-      - SYS_ADMIN'],
    ],
    [
      'a list gets a word in the quotes of the others',
      service('    cap_drop:', '      - "NET_RAW"'),
      { capabilities: { drop: ['NET_RAW', 'ALL'] } },
      ['+      - "ALL"'],
    ],
    [
      'a list that is not indented stays so',
      service('    cap_drop:', '    - NET_RAW'),
      drop,
      ['-    - NET_RAW', '+    - ALL'],
    ],
    [
      'an option is switched on where it is off',
      service('    security_opt:', '      - no-new-privileges=false', '      - label=disable'),
      quiet,
      ['-      - no-new-privileges=false', '+      - no-new-privileges:true'],
    ],
    [
      'an option that is there in its other notation stays',
      service('    security_opt: ["no-new-privileges=true"]', '    cap_add: [KILL]'),
      { ...quiet, capabilities: { add: [] } },
      ['-    cap_add: [KILL]'],
    ],
    [
      'options of SELinux go alone',
      service('    security_opt:', '      - label:disable', '      - apparmor:web'),
      { security: { selinux: [] } },
      ['-      - label:disable'],
    ],
    [
      'all paths are masked again',
      service('    security_opt: [systempaths=unconfined, apparmor:web]'),
      { maskedPaths: null, readOnlyPaths: null },
      ['-    security_opt: [systempaths=unconfined, apparmor:web]', '+    security_opt: [apparmor:web]'],
    ],
    [
      'a limit stands in deploy where the others do',
      service('    deploy:', '      resources:', '        limits:', '          memory: 1g'),
      { resources: { pids: 200, cpus: 0.5 } },
      ['+          cpus: "0.5"', '+          pids: 200'],
    ],
    [
      'a limit stands beside the others where they are not in deploy',
      service('    mem_limit: 1g', '    deploy: {resources: {limits: {}}}'),
      pids,
      ['+    pids_limit: 200'],
    ],
    [
      'a restart policy stands in deploy where one is',
      service('    deploy:', '      restart_policy:', '        condition: any'),
      { restart: { name: 'on-failure', maximumRetries: 5 } },
      ['-        condition: any', '+        condition: on-failure', '+        max_attempts: 5'],
    ],
    [
      'a restart policy takes the place of another',
      service('    restart: "always"'),
      { restart: { name: 'on-failure', maximumRetries: 5 } },
      ['-    restart: "always"', '+    restart: "on-failure:5"'],
    ],
    [
      'the OOM killer is left on',
      service('    oom_kill_disable: true'),
      { resources: { oomKillDisable: null } },
      ['-    oom_kill_disable: true'],
    ],
    [
      'so does its score',
      service('    oom_score_adj: -900'),
      { resources: { oomScoreAdjust: null } },
      ['-    oom_score_adj: -900'],
    ],
    [
      'only the ulimit that changes does',
      service('    ulimits:', '      nproc: 65535', '      nofile: {soft: 1, hard: 2}'),
      {
        ulimits: [
          { name: 'nproc', soft: 65535, hard: 65535 },
          { name: 'nofile', soft: 9, hard: 9 },
        ],
      },
      ['-      nofile: {soft: 1, hard: 2}', '+      nofile: 9'],
    ],
    [
      'a device goes, in the long form too',
      service('    devices:', '      - /dev/fuse', '      - source: /dev/kvm', '        target: /dev/kvm'),
      { devices: [] },
      ['-    devices:', '-      - /dev/fuse', '-      - source: /dev/kvm', '-        target: /dev/kvm'],
    ],
    [
      'a group goes, a number too',
      service('    group_add: [0, audio]'),
      { groups: ['audio'] },
      ['-    group_add: [0, audio]', '+    group_add: [audio]'],
    ],
    [
      'a kernel parameter goes from a list',
      service('    sysctls:', '      - net.core.somaxconn=1024', '      - kernel.msgmax=1'),
      { sysctls: { 'kernel.msgmax': null } },
      ['-      - kernel.msgmax=1'],
    ],
    [
      'a kernel parameter goes from a mapping',
      service('    sysctls:', '      kernel.msgmax: 1', '      net.core.somaxconn: 1024'),
      { sysctls: { 'kernel.msgmax': null } },
      ['-      kernel.msgmax: 1'],
    ],
    [
      'a namespace of the host goes',
      service('    pid: host', '    network_mode: host', '    userns_mode: "host"'),
      { namespaces: { pid: null, network: null, user: null } },
      ['-    pid: host', '-    network_mode: host', '-    userns_mode: "host"'],
    ],
  ])('%s', (_, text, change, expected) => {
    expect(lines(text, change)).toEqual(expected);
  });
});

describe('where a service does not say it yet', () => {
  test('it is added below what is there, and above a comment that speaks of what follows', () => {
    expect(edited('compose', service('    environment:', '      - A=1'), pids)).toBe(
      service('    environment:', '      - A=1', '    pids_limit: 200'),
    );
  });

  test('in brackets it is added in brackets, as tight as they are', () => {
    const text = 'services: {web: {image: web}, db: { image: db }}\n';
    expect(edited('compose', text, pids)).toBe('services: {web: {image: web, pids_limit: 200}, db: { image: db }}\n');
  });

  test('a level is as wide as the levels around it', () => {
    const text = 'services:\n    web:\n        image: web\n        cap_add:\n            - KILL\n';
    expect(lines(text, { ...root, resources: { blockIoWeight: 300 } })).toEqual([
      '+        read_only: true',
      '+        blkio_config:',
      '+            weight: 300',
    ]);
  });
});

const shared = `x-base: &base
  restart: always
  privileged: true
  cap_add: [SYS_ADMIN]
services:
  web:
    <<: *base # shared
    image: web
  worker: *base
  other:
    image: other
    <<: [*base]
`;

describe('what others use is left to them', () => {
  test.each<[string, SpecChange, number, Record<string, unknown>]>([
    ['a field is written over a merged one', { restart: { name: 'no' } }, 0, { restart: 'no' }],
    ['a flag that is merged in is switched off', { privileged: false }, 0, { privileged: false }],
    ['a list that is merged in is written out without a word', { capabilities: { add: [] } }, 0, { cap_add: [] }],
    ['so it is where a list of mappings is merged', { capabilities: { add: [] } }, 2, { cap_add: [] }],
  ])('%s', (_, change, index, expected) => {
    const after = edited('compose', shared, change, { index }) ?? '';
    const [old, next] = [shared, after].map((text) => parse(text, { merge: true }) as Services);
    const name = Object.keys(next?.services ?? {})[index] ?? '';
    expect(next?.services[name]).toEqual({ ...old?.services[name], ...expected });
    expect(next?.['x-base']).toEqual(old?.['x-base']);
    expect(changedLines(shared, after).filter((line) => line.startsWith('-'))).toEqual([]);
  });

  test('a service that is an alias becomes a mapping with it', () => {
    expect(lines(shared, { ...pids }, 1)).toEqual([
      '-  worker: *base',
      '+  worker:',
      '+    <<: *base',
      '+    pids_limit: 200',
    ]);
  });

  test('what a service takes from another of the same file is not edited there', () => {
    const text =
      'services:\n  base:\n    image: b\n    volumes: [/etc:/etc]\n  web:\n    extends: base\n    user: "0"\n';
    expect(edited('compose', text, { mounts: [] }, { index: 1 })).toBeUndefined();
    expect(lines(text, { user: '1:1' }, 1)).toEqual(['-    user: "0"', '+    user: "1:1"']);
  });
});

interface Services {
  readonly services: Readonly<Record<string, object>>;
  readonly 'x-base': object;
}

test('line ends stay as they are', () => {
  const text = service('    user: root').replaceAll('\n', '\r\n');
  expect(edited('compose', text, { user: '1:1', ...root })).toBe(
    service('    user: "1:1"', '    read_only: true').replaceAll('\n', '\r\n'),
  );
});

test('a change without a word for it in Compose changes nothing', () => {
  expect(edited('compose', service(), { resources: { memoryNodes: '0' } })).toBeUndefined();
});

test('what is written is read as what was meant', () => {
  const [before] = containersOf('compose', service('    cap_add: [SYS_ADMIN]'));
  const [after] = containersOf(
    'compose',
    edited('compose', service('    cap_add: [SYS_ADMIN]'), { ...drop, ...quiet, ...root, ...pids, user: '7' }) ?? '',
  );
  expect(after).toMatchObject({
    user: '7',
    readOnlyRoot: true,
    resources: { pids: 200 },
    capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
  });
  expect({ ...after, locate: 0 }).toEqual({
    ...before,
    locate: 0,
    user: '7',
    readOnlyRoot: true,
    resources: { pids: 200 },
    capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
    security: { selinux: [], noNewPrivileges: true },
  });
});
