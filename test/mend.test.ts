import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mendFiles } from '../src/cli/mend-files.ts';
import { judgeSubjects } from '../src/judge/judge.ts';
import { resolvePolicy } from '../src/judge/policy.ts';
import type { ContainerSpec, Mount } from '../src/model/container-spec.ts';
import { bareContainer, everyField } from '../src/remedy/every-field.fixture.ts';
import { composeFile, podManifests, runCommands } from '../src/remedy/convert.ts';
import { unsaid } from '../src/remedy/unsaid.ts';
import type { KnownFile } from '../src/sources/files/collect.ts';
import type { FileKind } from '../src/sources/files/kinds.ts';
import { readFiles } from '../src/sources/files/read.ts';
import { writtenFile } from '../src/sources/files/written-file.ts';

const options = { environment: {} };
const circumstances = { policy: resolvePolicy({ only: ['container-*', 'network-*'] }), now: new Date('2026-07-01') };

interface Written {
  readonly kind: FileKind;
  readonly name: string;
  write(containers: readonly ContainerSpec[]): string;
}

const dialects: readonly Written[] = [
  { kind: 'compose', name: 'compose.yaml', write: composeFile },
  { kind: 'kubernetes', name: 'pod.yaml', write: podManifests },
  { kind: 'run', name: 'run.sh', write: runCommands },
];

const maybe = <T>(value: T) => fc.constantFrom(undefined, value);
const mounts: readonly Mount[] = [
  { kind: 'bind', source: '/etc', target: '/etc', readOnly: false, options: {} },
  { kind: 'bind', source: '/var/run/docker.sock', target: '/var/run/docker.sock', readOnly: true, options: {} },
  { kind: 'bind', source: '/srv/media', target: '/media', readOnly: false, propagation: 'rshared', options: {} },
  { kind: 'tmpfs', target: '/tmp', readOnly: false, options: {} },
  { kind: 'volume', source: 'data', target: '/data', readOnly: false, options: {} },
  { kind: 'volume', target: '/cache', readOnly: false, options: {}, anonymous: true },
];

/** Containers of all sorts, with the names of services. */
const anyContainer = fc
  .record({
    user: fc.constantFrom(undefined, 'root', '0:0', '1000', '10001:10001'),
    privileged: fc.boolean(),
    readOnlyRoot: fc.boolean(),
    add: fc.subarray(['SYS_ADMIN', 'NET_ADMIN', 'CAP_CHOWN', 'ALL', 'net_raw']),
    drop: fc.subarray(['NET_RAW', 'ALL']),
    noNewPrivileges: fc.constantFrom(undefined, true, false),
    seccomp: maybe('unconfined'),
    appArmor: maybe('unconfined'),
    selinux: fc.subarray(['type:spc_t']),
    mounts: fc.subarray([...mounts]),
    network: maybe('host'),
    pid: maybe('host'),
    ipc: maybe('host'),
    memory: maybe(1024 ** 3),
    cpus: maybe(2),
    pids: maybe(4096),
    groups: fc.subarray(['0', '999']),
    restart: fc.constantFrom(undefined, 'always' as const, 'on-failure' as const),
    command: fc.subarray(['serve', '--port', '80: 80', '# x', "it's $HOME"]),
    labels: fc.constantFrom({}, { owner: 'shop', 'org.example/x': 'a b' }),
    sysctls: fc.constantFrom({}, { 'net.core.somaxconn': '1024' }, { 'kernel.msgmax': '1' }),
  })
  .map((each): ContainerSpec => ({
    ...bareContainer,
    image: { reference: 'registry.example/shop/web:1.4.2' },
    command: each.command,
    ...(each.user === undefined ? {} : { user: each.user }),
    privileged: each.privileged,
    readOnlyRoot: each.readOnlyRoot,
    capabilities: { add: each.add, drop: each.drop },
    security: {
      selinux: each.selinux,
      ...(each.noNewPrivileges === undefined ? {} : { noNewPrivileges: each.noNewPrivileges }),
      ...(each.seccomp === undefined ? {} : { seccomp: each.seccomp }),
      ...(each.appArmor === undefined ? {} : { appArmor: each.appArmor }),
    },
    mounts: each.mounts,
    namespaces: {
      ...(each.network === undefined ? {} : { network: each.network }),
      ...(each.pid === undefined ? {} : { pid: each.pid }),
      ...(each.ipc === undefined ? {} : { ipc: each.ipc }),
    },
    resources: {
      ...(each.memory === undefined ? {} : { memory: each.memory, memorySwap: each.memory }),
      ...(each.cpus === undefined ? {} : { cpus: each.cpus }),
      ...(each.pids === undefined ? {} : { pids: each.pids }),
    },
    groups: each.groups,
    restart: each.restart === undefined ? {} : { name: each.restart },
    labels: each.labels,
    sysctls: each.sysctls,
    environment: everyField.environment,
  }));

const severalContainers = fc
  .array(anyContainer, { minLength: 1, maxLength: 3 })
  .map((containers) => containers.map((each, index) => ({ ...each, name: `web${index}` })));

function read(file: KnownFile) {
  const { subjects, problems } = readFiles([file], options);
  expect(problems).toEqual([]);
  const containers = subjects.flatMap((subject) => (subject.kind === 'container' ? [subject.value] : []));
  const failures = judgeSubjects(subjects, circumstances).filter(({ status }) => status === 'fail');
  return { containers, failures };
}

/** What no remedy of a container touches. */
function untouched({ name, image, entrypoint, command, labels, environment, ports, networks }: ContainerSpec) {
  return {
    name,
    image,
    entrypoint,
    command,
    labels,
    ports,
    networks,
    environment: environment.map((each) => each.name),
  };
}

describe.each(dialects)('$kind', ({ kind, name, write }) => {
  const mend = (text: string) => {
    const file: KnownFile = { kind, file: writtenFile(name, text) };
    const [result] = mendFiles([file], options, circumstances);
    if (!result) throw new Error('nothing was mended');
    return { ...result, file };
  };

  test('whatever a program can mend is mended, nothing else changes, and once is enough', () => {
    fc.assert(
      fc.property(severalContainers, (containers) => {
        const { file, after, refused } = mend(write(containers));
        const [before, next] = [read(file), read(after)];
        // What is left is a person's to decide.
        expect(refused.filter(({ finding }) => finding.remedy?.kind !== 'manual')).toEqual([]);
        expect(next.failures.filter(({ remedy }) => remedy?.kind !== 'manual')).toEqual([]);
        expect(next.containers.map(untouched)).toEqual(before.containers.map(untouched));
        const named = new Set(before.failures.map(({ control }) => control.id));
        for (const [index, container] of next.containers.entries()) {
          const old = before.containers[index];
          const changed = old ? unsaid(old, container).map(({ en }) => en) : [];
          if (!named.has('container-restart-bounded')) expect(changed).not.toContain('the restart policy');
          if (!named.has('container-group-add')) expect(changed).not.toContain('groups');
          expect(changed).not.toContain('published ports');
          expect(changed).not.toContain('variables');
        }
        expect(mend(after.file.text).text).toBe(after.file.text);
      }),
      { numRuns: 60 },
    );
  });
});
