import { expect, test } from 'vitest';
import { container, contextOf, engine, judge, machine } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { networkNoDefaultBridge as control } from './network-no-default-bridge.ts';

const as = (dialect: ContainerSpec['dialect'], network: string | null, networks: string[]): ContainerSpec => ({
  ...container({ namespaces: { network }, networks }),
  dialect,
});

test.each([
  ['engine-api', 'default', ['bridge'], 'networks'],
  ['engine-api', 'shop', ['bridge', 'shop'], 'networks'],
  ['engine-api', null, [], 'namespaces.network'],
  ['compose', 'bridge', [], 'namespaces.network'],
] as const)('%s with mode %j and networks %j is on it', (dialect, mode, networks, field) => {
  expect(judge(control, as(dialect, mode, [...networks]))).toMatchObject({ status: 'fail', field });
});

test.each([
  ['engine-api', 'default', ['shop']],
  ['engine-api', 'host', ['host']],
  ['engine-api', 'none', []],
  ['compose', null, []],
  ['compose', null, ['bridge']],
] as const)('%s with mode %j and networks %j is not', (dialect, mode, networks) => {
  expect(judge(control, as(dialect, mode, [...networks])).status).toBe('pass');
});

test('Podman calls it otherwise', () => {
  const podman = { machine: machine({ engine: engine({}, { kind: 'podman' }) }) };
  expect(judge(control, as('engine-api', 'bridge', ['podman']), podman).status).toBe('fail');
  expect(judge(control, as('engine-api', 'bridge', ['podman'])).status).toBe('pass');
  expect(control.remedy(container(), contextOf(control, podman))).toMatchObject({
    commands: expect.arrayContaining(['podman network disconnect podman web']),
  });
});

test('it is less severe where the bridge keeps its members apart', () => {
  if (typeof control.severity === 'string') throw new Error('the severity depends on the bridge');
  expect(control.severity.of(container(), contextOf(control))).toBe('low');
  expect(control.severity.of(container(), contextOf(control, { machine: undefined }))).toBe('medium');
});

test('of a service only the mode is taken away; a container is moved by hand', () => {
  const service = as('compose', 'bridge', []);
  const remedy = control.remedy(service, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  expect(judge(control, applySpecChange(service, remedy.change)).status).toBe('pass');
  expect(control.remedy(container(), contextOf(control))).toMatchObject({
    commands: expect.arrayContaining(['docker network disconnect bridge web']),
  });
});
