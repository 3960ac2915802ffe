import { describe, expect, test } from 'vitest';
import { inspected } from '../../../test/recorded-engines.ts';
import { containerFromCreateRequest, containerFromInspect } from './container.ts';

describe('what is taken over from others', () => {
  test('links lose the folders of the old namespace, and nothing is no list', () => {
    const HostConfig = {
      Links: ['/db:/web/database', '/cache:/web/cache'],
      ExtraHosts: ['host.docker.internal:host-gateway'],
      VolumesFrom: ['backup:ro'],
      PublishAllPorts: true,
      OomScoreAdj: -600,
    };
    expect(containerFromInspect(inspected('web', { HostConfig }))).toMatchObject({
      links: ['db:database', 'cache:cache'],
      extraHosts: ['host.docker.internal:host-gateway'],
      volumesFrom: ['backup:ro'],
      publishAllPorts: true,
      resources: { oomScoreAdjust: -600 },
    });
    const plain = containerFromInspect(inspected('web'));
    for (const field of ['links', 'extraHosts', 'volumesFrom', 'publishAllPorts'])
      expect(plain).not.toHaveProperty(field);
  });

  test('a create request names links as they were written', () => {
    expect(containerFromCreateRequest({ HostConfig: { Links: ['db:database', 'cache'] } }).links).toEqual([
      'db:database',
      'cache',
    ]);
  });
});

const stopped = (state: 'exited' | 'created' | 'running', FinishedAt: string) =>
  containerFromInspect(
    inspected('web', { others: { State: { Status: state, Running: state === 'running', FinishedAt } } }),
  ).stoppedSince;

test('it has not run since it ended, or was made if it never ran', () => {
  expect(stopped('exited', '2026-11-21T22:59:28.5Z')).toBe(Date.UTC(2026, 10, 21, 22, 59, 28, 500));
  expect(stopped('created', '0001-01-01T00:00:00Z')).toBe(Date.UTC(2026, 10, 21, 22, 59, 27, 470));
  expect(stopped('exited', '0001-01-01T00:00:00Z')).toBeUndefined();
  expect(stopped('running', '2026-11-21T22:59:28Z')).toBeUndefined();
});
