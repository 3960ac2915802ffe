import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { type Control, isAskedOf } from '../../model/control.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { controls } from '../registry.ts';
import { isEphemeral, speaksForPod } from './pod-container.ts';

const inPod = (list: string, index: number) => ({
  ...container(),
  dialect: 'pod' as const,
  origin: { file: 'web.yaml', path: ['spec', list, index] },
});

test.each([
  ['containers', 0, true, false],
  ['containers', 1, false, false],
  ['initContainers', 0, false, false],
  ['ephemeralContainers', 0, false, true],
])('%s[%i]', (list, index, speaks, ephemeral) => {
  expect(speaksForPod(inPod(list, index))).toBe(speaks);
  expect(isEphemeral(inPod(list, index))).toBe(ephemeral);
});

test('what is no part of a pod on paper speaks for itself', () => {
  expect(speaksForPod(container())).toBe(true);
  expect(speaksForPod({ ...container(), dialect: 'pod' })).toBe(true);
  expect(isEphemeral({ ...inPod('ephemeralContainers', 0), dialect: 'compose' })).toBe(false);
});

/** Which of the controls fail for a container of a pod, by what is left of their ids after the level. */
function failing(change: SpecChange, rest: Partial<ContainerSpec> = {}): string[] {
  const subject = { ...container(change), dialect: 'pod' as const, ...rest };
  return controls
    .filter((control): control is Control<'container'> => control.subject === 'container')
    .filter((control) => isAskedOf(control, { kind: 'container', id: 'container/web', value: subject }))
    .filter((control) => judge(control, subject, { machine: undefined }).status === 'fail')
    .map(({ id }) => id);
}

test('the PID namespace of the node is said once, of the first container', () => {
  const namespaces = { pid: 'host' };
  expect(failing({ namespaces })).toContain('container-no-host-pid');
  expect(failing({ namespaces }, { origin: inPod('containers', 1).origin })).not.toContain('container-no-host-pid');
});

test('an ephemeral container has no resources to limit', () => {
  const resources = { memory: null, cpus: null, cpuShares: null };
  expect(failing({ resources })).toEqual(expect.arrayContaining(['container-memory-limit', 'container-cpu-limit']));
  expect(failing({ resources }, { origin: inPod('ephemeralContainers', 0).origin })).toEqual([]);
});

test('users of the node and devices that the cluster hands out are nothing that a pod does wrong', () => {
  const devices = [{ source: 'block', target: '/dev/xvda', permissions: 'rwm' }];
  expect(failing({ namespaces: { user: 'host' }, devices, deviceRequests: ['nvidia.com/gpu'] })).toEqual([]);
});

test.each<[string, SpecChange, Partial<ContainerSpec['security']>, string]>([
  ['container-cpu-limit', {}, {}, 'info'],
  ['container-seccomp-on', {}, { seccomp: 'unconfined' }, 'high'],
  ['container-seccomp-on', {}, { seccomp: 'unconfined', seccompNotNamed: true }, 'medium'],
])('%s in a pod with %j %j is of severity %s', (id, change, security, severity) => {
  const control = controls.find((each): each is Control<'container'> => each.id === id);
  const plain = container(change);
  const subject = { ...plain, dialect: 'pod' as const, security: { ...plain.security, ...security } };
  const found = control?.severity;
  if (control === undefined || found === undefined || typeof found === 'string') throw new Error('not contextual');
  expect(found.of(subject, contextOf(control))).toBe(severity);
});

test.each([
  ['/dev/log', 1],
  ['/run/systemd/journal', 1],
  ['/dev', 0],
  ['/', 0],
])('a pod that mounts %s: %i findings about the log', (source, count) => {
  const mounts = [{ kind: 'bind' as const, source, hostPath: source, target: '/host', readOnly: false, options: {} }];
  expect(failing({ mounts }).filter((id) => id === 'container-log-socket-mount')).toHaveLength(count);
});

test.each<[string, boolean, SpecChange, Partial<ContainerSpec>, number]>([
  ['/', true, {}, {}, 0],
  ['/var/run', true, { user: null }, { nonRootDemanded: true }, 0],
  ['/', false, {}, {}, 1],
  ['/', true, { user: '0' }, {}, 1],
  ['/', true, { user: null }, {}, 1],
  ['/', true, {}, { groups: ['999'] }, 1],
  ['/', true, { privileged: true }, {}, 1],
  ['/var/run/docker.sock', true, {}, {}, 1],
])('%s, read-only %s, by %j %j: %i findings of a socket', (source, readOnly, change, rest, count) => {
  const mounts = [{ kind: 'bind' as const, source, hostPath: source, target: '/host', readOnly, options: {} }];
  const found = failing({ ...change, mounts }, { groups: [], ...rest });
  expect(found.filter((id) => id === 'container-no-docker-socket')).toHaveLength(count);
  expect(found).toContain('container-no-sensitive-mounts');
});
