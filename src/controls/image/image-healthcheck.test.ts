import { expect, test } from 'vitest';
import { container, contextOf, image, judge, machine } from '../../../test/subjects.ts';
import { historyOf } from '../../../test/image-history.ts';
import type { HealthCheck } from '../../model/container-spec.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageHealthcheck as control } from './image-healthcheck.ts';

function checked(healthCheck: HealthCheck | undefined, change: Partial<ImageFacts> = {}): ImageFacts {
  const { healthCheck: _, ...configuration } = image().configuration;
  return {
    ...image({ digests: [], ...change }),
    configuration: { ...configuration, ...(healthCheck && { healthCheck }) },
  };
}

test('an image of ours without a check fails, and one with it passes', () => {
  expect(judge(control, checked(undefined))).toMatchObject({ status: 'fail', field: 'configuration.healthCheck' });
  expect(judge(control, checked({ test: ['NONE'] })).status).toBe('fail');
  expect(judge(control, checked({ test: ['CMD', 'web'] })).status).toBe('pass');
});

test("trivy#3814: what somebody else's image lacks is not blamed", () => {
  const { digests } = image();
  expect(judge(control, checked(undefined, { digests })).status).toBe('not-applicable');
  const parameters = { repositories: ['registry.example/shop'] };
  expect(judge(control, checked(undefined, { digests }), { parameters }).status).toBe('fail');
  const origin = { built: true, repositories: [], signed: false };
  expect(judge(control, checked(undefined, { digests, origin })).status).toBe('fail');
});

test("Kubernetes' containers have probes", () => {
  const containers = [{ ...container(), owner: { kind: 'kubernetes' as const } }];
  expect(judge(control, checked(undefined), { machine: machine({ containers }) }).status).toBe('not-applicable');
  expect(
    judge(control, checked(undefined), { machine: machine({ containers: [...containers, container()] }) }).status,
  ).toBe('fail');
});

test('of a base that others are built on, and of what nobody runs, nothing is asked', () => {
  const base = checked(undefined, { id: image().id, layers: ['a'], history: historyOf('RUN a') });
  const built = image({ id: 'sha256:built', layers: ['a', 'b'], history: historyOf('RUN a', 'RUN b') });
  expect(judge(control, base, { machine: machine({ images: [base, built] }) }).status).toBe('not-applicable');
  expect(control.appliesTo?.(image({ usedBy: [] }))).toBe(false);
  expect(control.remedy(base, contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
