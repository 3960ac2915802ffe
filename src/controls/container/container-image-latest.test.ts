import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, judge, machine } from '../../../test/subjects.ts';
import { containerImageLatest as control } from './container-image-latest.ts';

const digits = 'f0'.repeat(32);

function named(reference: string) {
  return container({ image: { reference } });
}

test.each(['nginx', 'nginx:latest', 'library/nginx', 'registry.example:5000/shop/web', 'localhost:5000/web:latest'])(
  '%s can be anything tomorrow',
  (reference) => {
    const verdict = judge(control, named(reference));
    expect(verdict.status).toBe('fail');
    expect(verdict.field).toBe('image.reference');
  },
);

test.each(['nginx:1.27', 'registry.example:5000/shop/web:2', 'nginx:stable'])('%s names a tag', (reference) => {
  expect(judge(control, named(reference)).status).toBe('pass');
});

test.each([`nginx@sha256:${digits}`, `nginx:latest@sha256:${digits}`])(
  '%s is fixed by its digest, whatever its tag',
  (reference) => {
    expect(judge(control, named(reference)).status).toBe('pass');
  },
);

test('an id is fixed, in full or shortened', () => {
  expect(judge(control, named(`sha256:${digits}`)).status).toBe('pass');
  expect(judge(control, named(digits)).status).toBe('pass');
  expect(judge(control, named('0a0a0a0a0a0a')).status).toBe('pass');
  expect(judge(control, named('cafe')).status).toBe('fail');
});

test('which tags name no version is a parameter', () => {
  const parameters = { mutableTags: ['latest', 'stable'] };
  expect(judge(control, named('nginx:stable'), { parameters }).status).toBe('fail');
  expect(judge(control, named('nginx'), { parameters: { mutableTags: [] } }).status).toBe('fail');
});

test('without an image the question does not arise', () => {
  expect(judge(control, named('')).status).toBe('not-applicable');
});

test('a reference with variables is unknown', () => {
  expect(judge(control, named('registry.example/web:${TAG}')).status).toBe('unknown');
});

test('the remedy pins the digest of the image that runs, under the same name', () => {
  const remedy = control.remedy(named('registry.example/shop/web'), contextOf(control));
  expect(remedy).toMatchObject({
    change: { image: { reference: `registry.example/shop/web@sha256:${'0b'.repeat(32)}` } },
  });
});

test('without a digest of that name a person must choose the version', () => {
  expect(control.remedy(named('nginx'), contextOf(control)).kind).toBe('manual');
  const latest = named('registry.example/shop/web:latest');
  const blind = { machine: machine({ engine: engine({}, { images: hidden }) }) };
  expect(control.remedy(latest, contextOf(control, blind)).kind).toBe('manual');
  expect(control.remedy(latest, contextOf(control, { machine: undefined })).kind).toBe('manual');
});

test('no command is made of a reference that cannot be read', () => {
  const remedy = control.remedy(named('web:`id`'), contextOf(control));
  expect(remedy).toMatchObject({ kind: 'manual', commands: [] });
});

test('an image that is built where it is used has no version yet', () => {
  const built = container({ image: { reference: 'shop-web', unnamed: true, id: null } });
  expect(judge(control, built).status).toBe('not-applicable');
});
