import { describe, expect, test } from 'vitest';
import type { ContainerSpec } from '../../../model/container-spec.ts';
import type { JsonObject } from '../../../model/json.ts';
import { podContainer } from '../../../remedy/dialects/pod.ts';
import { bareContainer, everyField, fieldPaths, withOnly } from '../../../remedy/every-field.fixture.ts';
import { writtenFile } from '../written-file.ts';
import { kubernetesReading } from './reading.ts';

/** A container written as a pod and read again. */
function reread(spec: ContainerSpec): ContainerSpec {
  const { container, pod, metadata } = podContainer(spec);
  const object: JsonObject = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...pod, containers: [container] } };
  const { subjects, problems } = kubernetesReading([writtenFile('pod.json', JSON.stringify(object))]);
  expect(problems).toEqual([]);
  const [read] = subjects.flatMap(({ kind, value }) => (kind === 'container' ? [value] : []));
  if (!read) throw new Error('no container');
  return read;
}

function fieldAt(spec: ContainerSpec, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], spec);
}

describe('what is written is read back', () => {
  test.each([
    'name',
    'image',
    'entrypoint',
    'user',
    'privileged',
    'capabilities.add',
    'security.noNewPrivileges',
    'security.seccomp',
    'security.appArmor',
    'security.selinux',
    'readOnlyRoot',
    'maskedPaths',
    'readOnlyPaths',
    'namespaces.network',
    'namespaces.pid',
    'namespaces.ipc',
    'namespaces.user',
    'sysctls',
    'resources.memory',
    'resources.memoryReservation',
    'resources.cpus',
    'resources.cpuShares',
    'exposedPorts',
    'restart.name',
    'healthCheck',
    'runtime',
  ])('%s', (path) => {
    expect(fieldPaths).toContain(path);
    expect(fieldAt(reread(withOnly(path)), path)).toEqual(fieldAt(everyField, path));
  });

  test('capabilities, in the words of a pod', () => {
    expect(reread(withOnly('capabilities.drop')).capabilities.drop).toEqual(['NET_RAW']);
  });

  test('arguments, without what looks like a secret', () => {
    expect(reread(withOnly('command')).command).toEqual(['exec web "$HOME"', '--password', '[redacted]']);
  });

  test('groups by number', () => {
    expect(reread(withOnly('groups')).groups).toEqual(['100']);
  });

  test('ports of the node, and the others as declared', () => {
    const read = reread(withOnly('ports'));
    expect(read.ports).toEqual(everyField.ports.slice(0, 3));
    expect(read.exposedPorts).toEqual(['82/sctp']);
  });

  test('names of the environment', () => {
    expect(reread(withOnly('environment')).environment.map(({ name }) => name)).toEqual(['DATABASE']);
  });

  test('devices, by the name that a pod has for them', () => {
    expect(reread(withOnly('deviceRequests')).deviceRequests).toEqual(['nvidia.com/gpu']);
  });

  test('mounts', () => {
    const read = reread(withOnly('mounts')).mounts;
    expect(read.map(({ kind, target, readOnly }) => ({ kind, target, readOnly }))).toEqual(
      everyField.mounts.map(({ kind, target, readOnly }) => ({ kind, target, readOnly })),
    );
    expect(read).toMatchObject([
      { source: '/etc,x"y', readOnlyNonRecursive: true, propagation: 'rslave' },
      { source: '/srv' },
      { options: { size: '64m' } },
      { source: 'share', driver: 'persistentVolumeClaim' },
      { driver: 'emptyDir' },
      { source: 'tools:1', options: { subpath: 'bin' } },
    ]);
  });
});

test('what is read and written once more stays as it is', () => {
  const once = podContainer(
    reread({ ...everyField, mounts: everyField.mounts.slice(0, 4), labels: { owner: 'shop' } }),
  );
  const [read] = kubernetesReading([
    writtenFile(
      'pod.json',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: once.metadata,
        spec: { ...once.pod, containers: [once.container] },
      }),
    ),
  ]).subjects.flatMap(({ kind, value }) => (kind === 'container' ? [value] : []));
  expect(read && podContainer(read)).toEqual(once);
});

test('a bare container is read as one, but that no filter of system calls is on by itself', () => {
  const about = { origin: undefined, owner: undefined, locate: undefined };
  expect({ ...reread(bareContainer), ...about }).toEqual({
    ...bareContainer,
    ...about,
    dialect: 'pod',
    security: { selinux: [], seccomp: 'unconfined', seccompNotNamed: true },
  });
});
