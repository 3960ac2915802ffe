import { expect, test } from 'vitest';
import { container, contextOf, engine, image, judge, machine } from '../../../test/subjects.ts';
import { historyOf } from '../../../test/image-history.ts';
import type { HealthCheck } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
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

test('that others are built on it is no excuse for what runs; of what nobody runs nothing is asked', () => {
  const base = checked(undefined, { id: image().id, layers: ['a'], history: historyOf('RUN a') });
  const built = image({ id: 'sha256:built', layers: ['a', 'b'], history: historyOf('RUN a', 'RUN b') });
  expect(judge(control, base, { machine: machine({ images: [base, built] }) }).status).toBe('fail');
  expect(control.appliesTo?.(image({ usedBy: [] }))).toBe(false);
});

test('what Podman built here is ours, and must be built in the format that keeps the check', () => {
  const subject = checked(undefined, { digests: [`localhost/web@sha256:${'0b'.repeat(32)}`] });
  const podman = machine({ engine: { ...engine(), kind: 'podman' } });
  expect(judge(control, subject, { machine: podman }).status).toBe('fail');
  const remedyOn = (where: Machine) => control.remedy(subject, contextOf(control, { machine: where }));
  expect(remedyOn(podman)).toMatchObject({ commands: [expect.anything(), 'podman build --format docker .'] });
  expect(remedyOn(machine())).toMatchObject({
    disruption: 'rebuild',
    commands: [expect.stringMatching(/^HEALTHCHECK/)],
  });
});
