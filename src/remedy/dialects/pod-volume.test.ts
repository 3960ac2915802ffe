import { describe, expect, test } from 'vitest';
import type { Mount } from '../../model/container-spec.ts';
import { noVolumes, podVolumes } from './pod-volume.ts';

const mount = (change: Partial<Mount>): Mount => ({
  kind: 'volume',
  target: '/a',
  readOnly: false,
  options: {},
  ...change,
});

describe('a volume of a pod', () => {
  test.each<[string, Partial<Mount>, object]>([
    ['a claim', { source: 'data' }, { name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    [
      'a claim as a pod names it',
      { source: 'data', driver: 'persistentVolumeClaim' },
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    ],
    ['an empty directory', { source: 'cache', driver: 'emptyDir' }, { name: 'cache', emptyDir: {} }],
    [
      'a ConfigMap',
      { source: 'conf', driver: 'configMap', readOnly: true },
      { name: 'conf', configMap: { name: 'conf' } },
    ],
    [
      'a Secret',
      { source: 'keys', driver: 'secret', readOnly: true },
      { name: 'keys', secret: { secretName: 'keys' } },
    ],
    ['the pod’s own data', { source: 'info', driver: 'downwardAPI' }, { name: 'info', downwardAPI: {} }],
    [
      'storage whose settings are not known',
      { source: 'nas', driver: 'nfs' },
      { name: 'nas', persistentVolumeClaim: { claimName: 'nas' } },
    ],
    ['one without a name', { anonymous: true }, { name: 'a', emptyDir: {} }],
    [
      'memory',
      { kind: 'tmpfs', options: { size: '64m' } },
      { name: 'a', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    ],
    ['a path of the node', { kind: 'bind', source: '/srv' }, { name: 'a', hostPath: { path: '/srv' } }],
    ['an image', { kind: 'image', source: 'tools:1' }, { name: 'a', image: { reference: 'tools:1' } }],
  ])('%s', (_, change, expected) => {
    expect(podVolumes([mount(change)]).volumes).toEqual([expected]);
  });
});

test('one volume is mounted wherever it is wanted', () => {
  const known = noVolumes();
  const cache = { source: 'cache', driver: 'emptyDir' };
  const first = podVolumes([mount(cache), mount({ ...cache, target: '/b', readOnly: true })], known);
  const second = podVolumes([mount(cache)], known);
  expect(first.volumes).toEqual([{ name: 'cache', emptyDir: {} }]);
  expect(first.volumeMounts).toEqual([
    { name: 'cache', mountPath: '/a' },
    { name: 'cache', mountPath: '/b', readOnly: true },
  ]);
  expect(second).toEqual({ volumes: [], volumeMounts: [{ name: 'cache', mountPath: '/a' }] });
});

test('memory, and what has no name, is each container’s own', () => {
  const known = noVolumes();
  const own = [mount({ kind: 'tmpfs' }), mount({ anonymous: true })];
  const names = [podVolumes(own, known), podVolumes(own, known)].flatMap(({ volumes }) =>
    volumes.map(({ name }) => name),
  );
  expect(new Set(names).size).toBe(4);
});

test('volumes of one name and different kinds have different names', () => {
  const { volumes } = podVolumes([
    mount({ source: 'shop', driver: 'configMap' }),
    mount({ source: 'shop', driver: 'secret' }),
  ]);
  expect(volumes.map(({ name }) => name)).toEqual(['shop', 'shop-2']);
});
