import { describe, expect, test } from 'vitest';
import type { ContainerSpec } from '../model/container-spec.ts';
import { bareContainer, everyField, fieldPaths, withOnly } from './every-field.fixture.ts';
import { lostFields } from './unsaid.ts';

function lost(original: ContainerSpec, reread: ContainerSpec, written = original, hardened = reread): string[] {
  return lostFields(original, written, { reread, hardened }).map(({ en }) => en);
}

test('nothing is lost of what is read as it was', () => {
  expect(lost(everyField, everyField)).toEqual([]);
});

test.each(fieldPaths.filter((path) => !['name', 'image', 'labels', 'exposedPorts'].includes(path)))(
  '%s is missed',
  (path) => {
    expect(lost(withOnly(path), bareContainer)).not.toEqual([]);
    expect(lost(bareContainer, bareContainer)).toEqual([]);
  },
);

describe('other words for the same', () => {
  test.each<[string, Partial<ContainerSpec>, Partial<ContainerSpec>]>([
    [
      'capabilities',
      { capabilities: { add: ['cap_kill', 'CHOWN'], drop: [] } },
      { capabilities: { add: ['CHOWN', 'KILL'], drop: [] } },
    ],
    ['the default profile', { security: { seccomp: 'RuntimeDefault', selinux: [] } }, { security: { selinux: [] } }],
    ['SELinux switched off', { security: { selinux: ['disable'] } }, { security: { selinux: ['type:spc_t'] } }],
    ['a private namespace', { namespaces: { ipc: 'private' } }, {}],
    ['a network by its name', { namespaces: { network: 'shop' } }, { networks: ['shop'] }],
    ['a restart unless it was stopped', { restart: { name: 'unless-stopped' } }, { restart: { name: 'always' } }],
    ['a program before its arguments', { entrypoint: ['a', 'b'] }, { entrypoint: ['a'], command: ['b'] }],
    [
      'a check in a shell',
      { healthCheck: { test: ['CMD-SHELL', 'x'] } },
      { healthCheck: { test: ['CMD', '/bin/sh', '-c', 'x'] } },
    ],
  ])('%s', (_, before, after) => {
    expect(lost({ ...bareContainer, ...before }, { ...bareContainer, ...after })).toEqual([]);
  });
});

test('what was only added to harden it is not missed', () => {
  expect(lost(bareContainer, bareContainer, withOnly('resources.pids'))).toEqual([]);
});

test('what hardening the text took away is', () => {
  const ports = withOnly('ports');
  expect(lost(ports, ports, ports, bareContainer)).toEqual(['published ports']);
});
