import { expect, test } from 'vitest';
import { contextOf, image, judge, machine } from '../../../test/subjects.ts';
import { historyOf } from '../../../test/image-history.ts';
import { imageProvenanceKnown as control } from './image-provenance-known.ts';

const bare = image({ digests: [] }, { labels: {} });

test('an image that says nothing of its origin fails', () => {
  expect(judge(control, bare)).toMatchObject({ status: 'fail', field: 'configuration.labels' });
  expect(judge(control, image({ digests: [] }, { labels: { owner: 'shop' } })).status).toBe('fail');
  expect(judge(control, image({ digests: [] }, { labels: { 'org.opencontainers.image.source': ' ' } })).status).toBe(
    'fail',
  );
  expect(control.remedy(bare, contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test('a label, a registry or a base that is here says enough', () => {
  expect(judge(control, image({ digests: [] })).status).toBe('pass');
  expect(judge(control, image({}, { labels: {} })).status).toBe('pass');
  const base = image({ id: 'sha256:base', layers: ['a'], history: historyOf('ADD file:0a in /') });
  const built = { ...bare, layers: ['a', 'b'], history: historyOf('ADD file:0a in /', 'RUN true') };
  expect(judge(control, built, { machine: machine({ images: [base, built] }) }).status).toBe('pass');
  expect(judge(control, built).status).toBe('fail');
});

test('a digest that Podman gave what it built here is no registry', () => {
  const digests = [`localhost/web@sha256:${'0b'.repeat(32)}`];
  expect(judge(control, { ...bare, digests }).status).toBe('fail');
});

test('only of images in use', () => {
  expect(control.appliesTo?.(image({ usedBy: [] }))).toBe(false);
});
