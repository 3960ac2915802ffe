import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, image, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { imageSigned as control } from './image-signed.ts';

const answer = { control: 'image-signed', holds: true, note: 'policy', owner: 'ops', date: '2026-06-01' };
const withSignature = (signed: boolean) =>
  machine({ images: [image({ origin: { built: false, repositories: ['registry.example/shop/web'], signed } })] });

test('it is asked once of the engine, and a person answers', () => {
  expect(judge(control, engine()).status).toBe('unknown');
  expect(control.judge(engine(), { ...contextOf(control), answer })).toMatchObject({ status: 'pass' });
  expect(control.judge(engine(), { ...contextOf(control), answer: { ...answer, holds: false } })).toMatchObject({
    status: 'fail',
  });
});

test("the engine's own record of verified signatures is proof", () => {
  expect(judge(control, engine(), { machine: withSignature(true) }).status).toBe('pass');
  expect(judge(control, engine(), { machine: withSignature(false) }).status).toBe('unknown');
  const other = container({ image: { reference: 'other', id: `sha256:${'0d'.repeat(32)}` } });
  const partly = { ...withSignature(true), containers: [container(), other] };
  expect(judge(control, engine(), { machine: partly }).status).toBe('unknown');
});

test("dockle's CIS-DI-0005 looks at the shell's environment: DOCKER_CONTENT_TRUST is no evidence", () => {
  process.env['DOCKER_CONTENT_TRUST'] = '1';
  expect(judge(control, engine()).status).toBe('unknown');
  delete process.env['DOCKER_CONTENT_TRUST'];
});

test('an engine without images has nothing to sign; without the list nothing is known', () => {
  expect(judge(control, engine({}, { images: known([], 'engine-api', '/') })).status).toBe('not-applicable');
  expect(judge(control, engine({}, { images: hidden })).status).toBe('unknown');
  expect(control.remedy(engine(), contextOf(control)).kind).toBe('manual');
});
