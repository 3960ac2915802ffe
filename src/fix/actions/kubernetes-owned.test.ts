import { expect, it } from 'vitest';
import { container, machine } from '../../../test/subjects.ts';
import { containerMemoryLimit } from '../../controls/container/container-memory-limit.ts';
import type { Owner } from '../../model/container-spec.ts';
import type { Failure, PlanContext } from '../planning.ts';
import { planKubernetesOwned } from './kubernetes-owned.ts';

const context: PlanContext = {
  machine: machine(),
  file: () => null,
  realPath: () => undefined,
  engine: () => Promise.resolve(null),
  allowRemoval: false,
  now: new Date(Date.UTC(2026, 6, 1)),
};

function failure(kind: Owner['kind']): Failure {
  const value = { ...container(), owner: { kind, project: 'shop', service: 'web-0' } };
  return { control: containerMemoryLimit, subject: { kind: 'container', id: `container/${kind}`, value } };
}

it("refuses to change a pod's container, and says where to change it", async () => {
  const planned = await planKubernetesOwned([failure('kubernetes')], context);
  expect(planned.actions).toEqual([]);
  expect(planned.refused).toMatchObject([
    { control: 'container-memory-limit', subject: 'container/kubernetes', why: 'refused' },
  ]);
  expect(planned.refused[0]?.advice?.en).toContain('plimsoll check --fix');
});

it('leaves containers of others to others', async () => {
  const others = (['none', 'compose', 'swarm'] as const).map(failure);
  expect(await planKubernetesOwned(others, context)).toEqual({ actions: [], refused: [] });
});
